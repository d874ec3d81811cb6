/** Properties as the provider protocol carries them: a `Struct` of protocol buffers. */
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../../lifecycle/properties";
import { fromEngine, secretToEngine, toEngine } from "../engine/values";

/** What a request brings; nothing where it brings nothing. */
export function propertiesOf(struct: Struct | undefined): Properties {
  return struct === undefined ? {} : fromEngine(struct.toJavaScript());
}

/** What an answer takes, with the values of some properties as secrets, which the engine encrypts. */
export function structOf(properties: Properties, secrets: readonly string[] = []): Struct {
  const values = Object.entries(toEngine(properties)).filter(([, value]) => value !== undefined);
  const marked = values.map(([key, value]) => [key, secrets.includes(key) ? secretToEngine(value) : value]);
  return Struct.fromJavaScript(Object.fromEntries(marked) as Record<string, JavaScriptValue>);
}
