import { encode } from "./encoding";
import type { CallArguments, Operation } from "./operation";

/** A request ready to be sent, but without credentials. */
export interface WireRequest {
  readonly method: string;
  /** Complete URL. Path and query are encoded as the signature needs it, so that the signed text is the sent text. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text or a form. */
  readonly body?: string | FormData;
}

/**
 * Makes a request.
 *
 * @param root address of the service with trailing slash
 * @param fixed path values that come from the place, not from the arguments
 */
export function buildRequest(
  operation: Pick<Operation<unknown>, "method" | "path">,
  args: CallArguments,
  root: string,
  fixed: Readonly<Record<string, string>>,
): WireRequest {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    pathValue(name, fixed[name] ?? args.path?.[name]),
  );
  const query = queryText(args.query ?? {});
  const url = root + path.replace(/^\//, "") + (query === "" ? "" : `?${query}`);
  const headers = { Accept: "application/json", "User-Agent": "pulumi-apig" };
  if (args.form !== undefined) return { method: operation.method, url, headers, body: formBody(args.form) };
  if (args.body === undefined) return { method: operation.method, url, headers };
  const body = JSON.stringify(args.body);
  return { method: operation.method, url, headers: { ...headers, "Content-Type": "application/json" }, body };
}

/** Sorted by name, as the signature needs it. */
function queryText(query: NonNullable<CallArguments["query"]>): string {
  return Object.entries(query)
    .filter((pair): pair is [string, string | number | boolean] => pair[1] !== undefined)
    .map(([name, value]) => [encode(name), encode(String(value))] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** Encodes a path value. An empty or dotted value is refused: it would address the parent, or the list of all objects. */
function pathValue(name: string, value: string | undefined): string {
  if (value === undefined || value === "" || value === "." || value === "..") {
    throw new TypeError(`${name} must be a usable path segment, not ${JSON.stringify(value)}`);
  }
  return encode(value);
}

function formBody(form: NonNullable<CallArguments["form"]>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(form.fields)) data.append(name, value);
  for (const [name, file] of Object.entries(form.files)) data.append(name, new File([file.content], file.fileName));
  return data;
}
