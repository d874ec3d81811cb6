import { Refusal } from "../core/types";

/** Error answers to callers of published APIs: codes, texts and statuses of the gateway's error-code table. */
export const refusals = {
  unknownApi: () =>
    new Refusal(404, "APIG.0101", "The API does not exist or has not been published in the environment"),
  unknownMethod: () => new Refusal(404, "APIG.0101", "The API does not exist"),
  badParameters: () => new Refusal(400, "APIG.0201", "API request error"),
  backendUnavailable: () => new Refusal(502, "APIG.0201", "Backend unavailable"),
  backendTimeout: () => new Refusal(504, "APIG.0201", "Backend timeout"),
  badIam: () => new Refusal(401, "APIG.0301", "Incorrect IAM authentication information"),
  badApp: (detail: string) => new Refusal(401, "APIG.0303", `Incorrect app authentication information: ${detail}`),
  appNotAuthorized: () => new Refusal(403, "APIG.0304", "The app is not authorized to access the API"),
  badAuthorizer: () => new Refusal(401, "APIG.0305", "Incorrect authentication information"),
  internal: () => new Refusal(500, "APIG.0601", "Internal server error"),
};
