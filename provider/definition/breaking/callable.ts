import { listMember, objectMember, textMember, type Json } from "../json";
import type { Operation } from "../operation";

/** What callers see of an API. */
export interface Callable extends Pick<
  Operation,
  "key" | "method" | "path" | "matchMode" | "requestType" | "authentication" | "protocol" | "cors"
> {
  /** As OpenAPI 3.0 writes them. Undefined where nobody can see them. */
  readonly parameters: readonly Json[] | undefined;
  /** The function that a custom authorizer asks. Undefined where nobody can see it. */
  readonly authorizer: string | undefined;
  readonly tags: readonly string[];
}

/** What callers see of an operation. */
export function callableOf(operation: Operation): Callable {
  const { projection } = operation;
  const authorizer = objectMember(projection.scheme ?? undefined, "x-apigateway-authorizer");
  return {
    ...operation,
    parameters: listMember(projection.operation, "parameters"),
    authorizer: textMember(authorizer, "authorizer_uri"),
    tags: listMember(projection.operation, "tags").filter((tag) => typeof tag === "string"),
  };
}
