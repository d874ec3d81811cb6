import type { Dialect } from "../core/dialect";
import { Refusal } from "../core/types";

const titles: Readonly<Record<number, readonly [title: string, message: string]>> = {
  400: ["Bad Request", "Request parameter is invalid."],
  401: ["Unauthorized", "The request you have made requires authentication."],
  403: ["Forbidden", "You are not authorized to perform the requested action."],
  404: ["Not Found", "The resource could not be found."],
  413: ["Request Entity Too Large", "The request entity is too large."],
  429: ["Too Many Requests", "The throttling threshold has been reached"],
};

/** IAM v3: `{"error": {"code": 401, "message": "…", "title": "Unauthorized"}}`; the refusal's code is the title. */
export const iamDialect: Dialect = {
  standard(status, detail) {
    const known = status === 415 ? 400 : status;
    const [title, message] = titles[known] ?? ["Internal Server Error", "An unexpected error occurred."];
    return new Refusal(known, title, detail === undefined ? message : `${message} (${detail})`);
  },
  body: ({ status, code, message }) => ({ error: { code: status, message, title: code } }),
};

export const invalid = (parameter: string): Refusal => iamDialect.standard(400, parameter);

export const unauthorized = (): Refusal => iamDialect.standard(401);

export const wrongPassword = (): Refusal => new Refusal(401, "Unauthorized", "The username or password is wrong.");
