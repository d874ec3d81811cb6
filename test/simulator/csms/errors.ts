import type { Dialect } from "../core/dialect";
import { frontRefusal } from "../core/front";
import { Refusal } from "../core/types";

/** CSMS nests code and text under `error`, on every status of its pages; codes are those of its error-code page. */
export const csmsDialect: Dialect = {
  standard(status, detail) {
    switch (status) {
      case 400:
      case 415:
        return invalid(detail);
      case 401:
        return new Refusal(401, "APIGW.0301", "Incorrect IAM authentication information: decrypt token fail");
      case 403:
        return new Refusal(403, "CSMS.0302", "You are not authorized to perform the requested action.");
      default:
        return frontRefusal(status, detail);
    }
  },
  body: ({ code, message }) => ({ error: { error_code: code, error_msg: message } }),
};

/** 400: a parameter is outside what the page allows. The page's text does not name it, ours does behind it. */
export const invalid = (parameter?: string): Refusal =>
  new Refusal(
    400,
    "CSMS.0002",
    `The value of parameter is invalid.${parameter === undefined ? "" : ` (${parameter})`}`,
  );
