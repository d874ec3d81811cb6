import { Refusal } from "../core/types";

/**
 * Codes and texts of the APIG error-code table and of the operation pages' samples. The texts carry no full stop,
 * as in the samples.
 */

/** 400: a field, query or path parameter is missing, unknown, of the wrong type or outside its limits. */
export const invalid = (parameter: string): Refusal =>
  new Refusal(
    400,
    "APIG.2012",
    `Invalid parameter value,parameterName:${parameter}. Please refer to the support documentation`,
  );

export const forbidden = (): Refusal => new Refusal(403, "APIG.1005", "No permissions to request this method");

/** 404, by kind of object; with the id where a sample has it. */
export const missing = {
  group: (id: string) => new Refusal(404, "APIG.3001", `API group ${id} does not exist`),
  /** The import page has a text of its own. */
  importGroup: () => new Refusal(404, "APIG.3001", "API group not found"),
  api: (id: string) => new Refusal(404, "APIG.3002", `API ${id} does not exist`),
  environment: () => new Refusal(404, "APIG.3003", "The environment does not exist"),
  app: (id: string) => new Refusal(404, "APIG.3004", `App ${id} does not exist`),
  authorization: () => new Refusal(404, "APIG.3009", "The app authorization record does not exist"),
  variable: () => new Refusal(404, "APIG.3011", "The environment variable does not exist"),
  publication: () => new Refusal(404, "APIG.3015", "The API publication record does not exist"),
  version: (id: string) => new Refusal(404, "APIG.3022", `The API version does not exist,id:${id}`),
  instance: (id: string) => new Refusal(404, "APIG.3030", `The instance does not exist;id:${id}`),
  task: () => new Refusal(404, "APIG.3072", "The specified task does not exist"),
  appCode: () => new Refusal(404, "APIG.3082", "The AppCode does not exist"),
};

/** 400: the name or key is taken. */
export const taken = {
  groupName: () => new Refusal(400, "APIG.3201", "The API group name already exists"),
  apiName: () => new Refusal(400, "APIG.3202", "The API name already exists"),
  appName: () => new Refusal(400, "APIG.3203", "The app name already exists"),
  environmentName: () => new Refusal(400, "APIG.3205", "The environment name already exists"),
  variable: () => new Refusal(400, "APIG.3303", "The environment variable already exists"),
  appKey: () => new Refusal(400, "APIG.3310", "The AppKey already exists"),
  authorization: () => new Refusal(400, "APIG.3316", "The API authorization record already exists"),
  /** Worded as in the sample of the import page. */
  route: (apiName: string) =>
    new Refusal(
      400,
      "APIG.3301",
      "The API already exists, An API with the same combination of the method, path, and x-apigateway-match-mode " +
        `fields already exists. API name: ${apiName}`,
    ),
};

const exceeded = (code: string, what: string): Refusal =>
  new Refusal(403, code, `The number of ${what} exceeds the maximum allowed limit`);

/** 403: a limit of the instance is reached. */
export const quota = {
  groups: () => exceeded("APIG.3101", "API groups"),
  apis: () => exceeded("APIG.3102", "APIs"),
  apps: () => exceeded("APIG.3103", "apps"),
  environments: () => exceeded("APIG.3104", "environments"),
  variables: () => exceeded("APIG.3106", "variables"),
  parameters: () => exceeded("APIG.3111", "parameters in req_params"),
  apisPerGroup: () => exceeded("APIG.3125", "APIs in the API group"),
  apisPerImport: (limit: number) =>
    new Refusal(
      403,
      "APIG.3127",
      `The number of APIs has reached the upper limit. A maximum of ${limit} APIs can be imported at a time`,
    ),
  appCodes: () => exceeded("APIG.3131", "AppCodes"),
  tags: () => exceeded("APIG.3133", "API tags"),
};

/** The object is still used. Where the operation pages have another status than the table's 403, theirs is used. */
export const inUse = {
  fixed: () => new Refusal(403, "APIG.3400", "The resource cannot be changed"),
  notByApp: () => new Refusal(403, "APIG.3408", "The API is not accessed through App authentication"),
  group: () => new Refusal(412, "APIG.3415", "The API group cannot be deleted because it contains APIs"),
  api: () => new Refusal(409, "APIG.3416", "The API cannot be deleted because it has been published"),
  environment: () => new Refusal(403, "APIG.3418", "The environment contains published APIs"),
};

/** 400: the imported file as a whole. */
export const badFile = {
  title: () => new Refusal(400, "APIG.2044", "Invalid API group name in the title of the file"),
  format: () => new Refusal(400, "APIG.3600", "JSON or YAML format error"),
  version: () => new Refusal(400, "APIG.3601", "The Swagger file version must be 2.0 or the OpenAPI file version 3.0"),
  syntax: (detail: string) => new Refusal(400, "APIG.3602", `Syntax error in the Swagger file, ${detail}`),
  tooLong: () => new Refusal(400, "APIG.3603", "The Swagger file content is too long"),
  empty: () => new Refusal(400, "APIG.3609", "The file is empty"),
};
