import type { Dialect } from "./dialect";
import { Refusal } from "./types";

/** Codes of the front gateway of Huawei Cloud, the same for every service. */
const front: Readonly<Record<number, readonly [code: string, message: string]>> = {
  404: ["APIG.0101", "The API does not exist or has not been published in the environment"],
  413: ["APIG.0201", "Request entity too large"],
  502: ["APIG.0201", "Backend unavailable"],
  504: ["APIG.0201", "Backend timeout"],
};

/** The front gateway's refusal of a status, for services whose own pages have none. */
export function frontRefusal(status: number, detail?: string): Refusal {
  if (status === 429)
    return new Refusal(
      429,
      "APIGW.0308",
      `The throttling threshold has been reached: policy user over ratelimit,limit:${detail ?? "0"}`,
    );
  const [code, message] = front[status] ?? ["APIG.0601", "Internal server error"];
  return new Refusal(status, code, message);
}

/** APIG: `{error_code, error_msg}`, texts of its operation pages. */
export const apigDialect: Dialect = {
  standard(status, detail) {
    switch (status) {
      case 400:
      case 415:
        return new Refusal(
          400,
          "APIG.2012",
          `Invalid parameter value,parameterName:${detail ?? "body"}. Please refer to the support documentation`,
        );
      case 401:
        return new Refusal(401, "APIG.1002", "Incorrect token or token resolution failed");
      case 403:
        return new Refusal(403, "APIG.1005", "No permissions to request this method");
      case 500:
        return new Refusal(500, "APIG.9999", "System error");
      default:
        return frontRefusal(status, detail);
    }
  },
  body: ({ code, message }) => ({ error_code: code, error_msg: message }),
};
