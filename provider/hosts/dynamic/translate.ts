/**
 * Translates the properties of a dynamic provider for the resources: removes the text of the provider, which the SDK
 * adds.
 */
import type { Properties } from "../../lifecycle/properties";
import { fromEngine, providerText, toEngine, withoutProviderText } from "../engine/values";

/** Properties of a call of the host. */
export function fromHost(properties: Properties): Properties {
  return fromEngine(withoutProviderText(properties));
}

export const toHost = toEngine;

/**
 * Whether the plugin wrote a state. Then the first update of the dynamic provider adds the text of the provider,
 * without a call to the service.
 */
export function comesFromPlugin(state: Properties, inputs: Properties): boolean {
  return providerText in inputs && !(providerText in state);
}

/**
 * A state for errors. The SDK does not add the text of the provider to it, and without that text nobody could ever
 * delete the object.
 */
export function withProviderText(state: Properties, inputs: Properties): Properties {
  return { ...state, [providerText]: inputs[providerText] };
}
