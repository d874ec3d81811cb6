/** How the properties of a dynamic provider look to the resources: without the text of the provider, which the SDK adds. */
import type { Properties } from "../../lifecycle/properties";
import { fromEngine, providerText, toEngine, withoutProviderText } from "../engine/values";

/** What a call brings. */
export function fromHost(properties: Properties): Properties {
  return fromEngine(withoutProviderText(properties));
}

export const toHost = toEngine;

/** Whether a state was written by the plugin: the first update gives it the text of the provider, and needs no call for that. */
export function comesFromPlugin(state: Properties, inputs: Properties): boolean {
  return providerText in inputs && !(providerText in state);
}

/** A state that the SDK merges nothing into: without the text of the provider nobody could ever delete the object. */
export function withProviderText(state: Properties, inputs: Properties): Properties {
  return { ...state, [providerText]: inputs[providerText] };
}
