/** Names of types and functions in programs, states and the schema. */
export const tokens = "apig:index:";

/** `App` is `apig:index:App`. */
export const tokenOf = (name: string): string => tokens + name;
