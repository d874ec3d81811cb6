/** How values look to a dynamic provider (`runtime/rpc` of the Pulumi SDK), and how they look to the resources. */
import { Asset } from "../../lifecycle/asset";
import { isPlainObject, omit, type Properties } from "../../lifecycle/properties";
import { unknownValue } from "../../lifecycle/unknown";

/** What the SDK puts where a preview does not know a value yet, at any depth. */
const placeholder = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Marks objects that stand for something else; the value says for what. */
const signature = "4dabf18193072939515e22adb298388d";
const assetSignature = "c44067f5952c0a294b673a41bacd8c17";

/** The text of the provider itself, which the SDK adds to all inputs and states. */
const providerText = "__provider";

/** What a call brings, without the text of the provider. */
export function fromHost(properties: Properties): Properties {
  return mapped(omit(properties, [providerText]), understood);
}

export function toHost(properties: Properties): Properties {
  return mapped(properties, presented);
}

/** A state that the SDK merges nothing into: without the text of the provider nobody could ever delete the object. */
export function withProviderText(state: Properties, inputs: Properties): Properties {
  return { ...state, [providerText]: inputs[providerText] };
}

/** A value of the SDK that no resource takes, such as an archive. */
class Untaken {
  constructor(readonly value: Properties) {}
}

function understood(value: unknown): unknown {
  if (value === placeholder) return unknownValue;
  if (Array.isArray(value)) return value.map(understood);
  if (!isPlainObject(value)) return value;
  if (!(signature in value)) return mapped(value, understood);
  const { [signature]: kind, ...fields } = value;
  return kind === assetSignature ? new Asset(fields) : new Untaken(value);
}

function presented(value: unknown): unknown {
  if (value === unknownValue) return placeholder;
  if (Array.isArray(value)) return value.map(presented);
  if (value instanceof Asset) return { [signature]: assetSignature, ...value.fields };
  if (value instanceof Untaken) return value.value;
  return isPlainObject(value) ? mapped(value, presented) : value;
}

function mapped(properties: Properties, change: (value: unknown) => unknown): Properties {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, change(value)]));
}
