import type { Connection } from "../../settings/connection";

/** Answers a value for each connection of this process, made when it is first asked for. It goes with its connection. */
export function ofConnection<Value>(make: () => Value): (connection: Connection) => Value {
  const values = new WeakMap<Connection, { readonly value: Value }>();
  return (connection) => {
    const known = values.get(connection) ?? { value: make() };
    values.set(connection, known);
    return known.value;
  };
}
