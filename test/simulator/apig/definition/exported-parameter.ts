import type { ApiDefinition } from "../schemas/api";
import type { Dialect } from "./words";

type Parameter = ApiDefinition["req_params"][number];

/** A request parameter as exports write it. */
export function exportedParameter(parameter: Parameter, version: Dialect): object {
  const { name, location, required, remark, sample_value = "", orchestrations = [] } = parameter;
  const common = {
    name,
    in: location.toLowerCase(),
    required: location === "PATH" || required === 1,
    description: remark ?? "",
    "x-apigateway-orchestrations": orchestrations,
    "x-apigateway-pass-through": parameter.pass_through === 1 ? "always" : "never",
  };
  return version === "2.0"
    ? { ...common, ...schema(parameter, version), "x-apigateway-sample": sample_value }
    : { ...common, schema: schema(parameter, version), example: sample_value };
}

/** A bound that is not set is a zero; the pages' exports in 3.0 lack `minLength` then. */
function schema({ type, default_value, enumerations, ...limits }: Parameter, version: Dialect): object {
  const { min_num, max_num, min_size, max_size } = limits;
  const value = (text: string): string | number =>
    type === "NUMBER" && text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
  return {
    type: type.toLowerCase(),
    maximum: max_num ?? 0,
    minimum: min_num ?? 0,
    maxLength: max_size ?? 0,
    ...((version === "2.0" || min_size) && { minLength: min_size ?? 0 }),
    ...(default_value !== undefined && { default: value(default_value) }),
    ...(enumerations && { enum: enumerations.split(",").map(value) }),
  };
}
