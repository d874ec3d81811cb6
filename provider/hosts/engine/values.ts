/** Translates values between the engine's wire format and the resources. */
import { Asset } from "../../lifecycle/asset";
import { isPlainObject, omit, type Properties } from "../../lifecycle/properties";
import { unknownValue } from "../../lifecycle/unknown";

/** Stands for a value that a preview does not know yet, at any depth. */
const placeholder = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A key that marks an object as a special value. Its value names the kind. */
const signature = "4dabf18193072939515e22adb298388d";
const assetSignature = "c44067f5952c0a294b673a41bacd8c17";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** The key of a dynamic provider's text. The SDK adds it to all inputs and states. */
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

/** A value of the engine that no resource accepts, such as an archive. It is passed on unchanged. */
class Untaken {
  constructor(readonly value: Properties) {}
}

function understood(value: unknown): unknown {
  if (value === placeholder) return unknownValue;
  if (Array.isArray(value)) return value.map(understood);
  if (!isPlainObject(value)) return value;
  if (!(signature in value)) return mapped(value, understood);
  const { [signature]: kind, ...fields } = value;
  // The engine marks secrets in a provider's config even for providers that do not accept secrets.
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

/** Marks a value for the engine as secret. */
export function secretToEngine(value: unknown): Properties {
  return { [signature]: secretSignature, value };
}
