import type { ApiDefinition } from "../apig/schemas/api";
import { refusals } from "./refusals";
import type { Target } from "./router";

export interface Incoming {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Data about the caller and the call. */
  readonly sourceIp: string;
  readonly requestId: string;
}

type Parameter = ApiDefinition["req_params"][number];

/** A request parameter of the API, and what the caller sent for it: several values where a query repeats it. */
export interface Given {
  readonly parameter: Parameter;
  readonly values: readonly string[];
}

/** Reads the parameters that the API declares. A missing one gets its default. */
export function readParameters(target: Target, request: Incoming): Given[] {
  const given = target.definition.req_params.map((parameter) => {
    const values = sent(target, request, parameter);
    const { default_value } = parameter;
    return { parameter, values: values.length > 0 || !default_value ? values : [default_value] };
  });
  if (!given.every(acceptable)) throw refusals.badParameters();
  return given;
}

function sent({ parameters }: Target, { query, headers }: Incoming, { name, location }: Parameter): string[] {
  if (location === "QUERY") return query.getAll(name);
  const value = location === "PATH" ? parameters.get(name) : headers.get(name);
  return value === undefined || value === null ? [] : [value];
}

/** `valid_enable` switches the limits on. A required parameter is required without it, too. */
function acceptable({ parameter, values }: Given): boolean {
  if (values.length === 0) return parameter.required !== 1;
  return parameter.valid_enable !== 1 || values.every((value) => withinLimits(parameter, value));
}

/** A limit of zero means no limit. */
const within = (size: number, min?: number | null, max?: number | null): boolean =>
  (!min || size >= min) && (!max || size <= max);

function withinLimits(parameter: Parameter, value: string): boolean {
  if (parameter.enumerations && !parameter.enumerations.split(",").includes(value)) return false;
  if (parameter.type === "STRING") return within(Array.from(value).length, parameter.min_size, parameter.max_size);
  return (
    /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/iu.test(value) && within(Number(value), parameter.min_num, parameter.max_num)
  );
}
