import type { Dialect } from "../core/dialect";
import { frontRefusal } from "../core/front-gateway";
import { Refusal } from "../core/types";

/** CSMS nests code and text under `error`, on every status of its pages; codes are those of its error-code page. */
export const csmsDialect: Dialect = {
  standard(status, detail) {
    switch (status) {
      case 400:
      case 415:
        return detail === "body" ? unreadable() : invalid(detail);
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

const badRequest = (code: string, message: string) => (): Refusal => new Refusal(400, code, message);

const unreadable = badRequest("CSMS.0004", "The requested body format is wrong.");

/** 400: a parameter is outside what the page allows. The page's text does not name it, ours does behind it. */
export const invalid = (parameter?: string): Refusal =>
  new Refusal(
    400,
    "CSMS.0002",
    `The value of parameter is invalid.${parameter === undefined ? "" : ` (${parameter})`}`,
  );

/** 400, not 404: CSMS says "missing" with its code only. */
export const missing = {
  resource: badRequest("CSMS.0005", "The resource does not exist."),
  name: badRequest("CSMS.0106", "The secret name not found int the db."),
};

export const taken = badRequest("CSMS.0101", "The secret name already exists.");

export const deletion = {
  pending: badRequest("CSMS.0103", "The secret is in the scheduled deletion state."),
  already: badRequest("CSMS.0107", "The secret is in schedule delete state."),
  not: badRequest("CSMS.0108", "The secret is not in schedule delete state."),
};

export const quota = {
  secrets: badRequest("CSMS.0202", "The number of secret has reached the upper limit."),
  stages: badRequest("CSMS.0203", "The number of stage has reached the upper limit."),
};

export const notEnabled = (): Refusal => new Refusal(403, "CSMS.0109", "The secret state is not enabled.");
