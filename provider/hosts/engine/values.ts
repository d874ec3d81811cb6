/** How values look on the engine's wire, and how they look to the resources. */
import { Asset } from "../../lifecycle/asset";
import { isPlainObject, omit, type Properties } from "../../lifecycle/properties";
import { unknownValue } from "../../lifecycle/unknown";

/** What the engine puts where a preview does not know a value yet, at any depth. */
const placeholder = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Marks objects that stand for something else; the value says for what. */
const signature = "4dabf18193072939515e22adb298388d";
const assetSignature = "c44067f5952c0a294b673a41bacd8c17";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** The text of a dynamic provider, which the SDK adds to all its inputs and states. */
export const providerText = "__provider";

export function withoutProviderText(properties: Properties): Properties {
  return omit(properties, [providerText]);
}

export function fromEngine(properties: Properties): Properties {
  return mapped(properties, understood);
}

export function toEngine(properties: Properties): Properties {
  return mapped(properties, presented);
}

/** A value of the engine that no resource takes, such as an archive. */
class Untaken {
  constructor(readonly value: Properties) {}
}

function understood(value: unknown): unknown {
  if (value === placeholder) return unknownValue;
  if (Array.isArray(value)) return value.map(understood);
  if (!isPlainObject(value)) return value;
  if (!(signature in value)) return mapped(value, understood);
  const { [signature]: kind, ...fields } = value;
  // An engine that was told that secrets are not accepted marks those of a provider's config all the same.
  if (kind === secretSignature) return understood(value["value"]);
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

/** A value that the engine is to keep secret. */
export function secretToEngine(value: unknown): Properties {
  return { [signature]: secretSignature, value };
}
