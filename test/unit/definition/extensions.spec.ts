/** The extensions of the service's pages: misspelt, misplaced or wrong ones are reported at preview. */
import assert from "node:assert/strict";
import { Asset } from "../../../provider/lifecycle/asset";
import { loadDocument } from "../../../provider/resources/api-import/document";

const options = { createsGroup: false, mockMode: true, defaults: { auth: "NONE" } } as const;

const backend = "type: HTTP, httpEndpoints: {address: a.example.com, scheme: https, method: GET, path: /a}";

/** A definition in YAML: extensions of the operation in line 8, of its parameter, of the scheme and of the root behind it. */
function definition({ operation = "", item = "", parameter = "", scheme = "", root = "" }): string {
  return `openapi: 3.0.3
info: {title: extensions, version: "1"}
paths:
  /a:
    ${item === "" ? "summary: none" : item}
    get:
      operationId: getA
      ${operation === "" ? "x-apigateway-cors: true" : operation}
      security: [{app: []}]
      parameters: [{name: q, in: query, schema: {type: string}${parameter && `, ${parameter}`}}]
      responses: {default: {description: x}}
components:
  securitySchemes:
    app: {type: apiKey, in: header, name: Authorization${scheme && `, ${scheme}`}}
${root}
`;
}

async function complaintsOf(text: string): Promise<string[]> {
  try {
    await loadDocument(new Asset({ text }), options);
    return [];
  } catch (error) {
    assert.ok(error instanceof Error);
    return error.message.split("\n").slice(1);
  }
}

type Parts = Parameters<typeof definition>[0];

describe("An extension", () => {
  const wrong: Readonly<Record<string, readonly [Parts, RegExp]>> = {
    "misspelt on an operation": [
      { operation: "x-apigateway-request-typ: private" },
      /line 8, .*did you mean x-apigateway-request-type\?/,
    ],
    "without its hyphens": [
      { operation: "x-apigateway-matchmode: SWA" },
      /line 8, .*did you mean x-apigateway-match-mode\?/,
    ],
    "in the wrong place": [
      { operation: "x-apigateway-auth-type: AppSigv1" },
      /belongs in a security scheme, not in an operation/,
    ],
    "of an unknown word": [
      { operation: "x-apigateway-match-mode: SWAP" },
      /"SWAP": must be one of NORMAL, SWA; did you mean SWA\?/,
    ],
    "that is no flag": [{ operation: 'x-apigateway-cors: "yes"' }, /"yes": must be true or false/],
    "that names a policy that is nowhere": [
      { operation: "x-apigateway-ratelimit: slow" },
      /no such policy in x-apigateway-ratelimits/,
    ],
    "with a misspelt member": [
      { operation: `x-apigateway-backend: {${backend.replace("method", "methd")}}` },
      /line 8, .*httpEndpoints\/methd: .*did you mean method\?/,
    ],
    "without a mandatory member": [
      { operation: `x-apigateway-backend: {${backend.replace("scheme: https, ", "")}}` },
      /httpEndpoints: scheme is missing/,
    ],
    "of a back end that is none": [{ operation: "x-apigateway-backend: {type: HTTPS}" }, /did you mean HTTP\?/],
    "with an endless time limit": [
      { operation: `x-apigateway-backend: {${backend.replace("path: /a", "path: /a, timeout: 60001")}}` },
      /timeout: 60001: must be a number from 0 to 60000/,
    ],
    "of a policy without conditions": [
      { operation: `x-apigateway-backend-policies: [{name: one, ${backend}}]` },
      /backend-policies\/0: conditions is missing/,
    ],
    "of a parameter": [
      { parameter: "x-apigateway-pass-trough: always" },
      /line 10, .*did you mean x-apigateway-pass-through\?/,
    ],
    "of a security scheme": [
      { scheme: "x-apigateway-auth-typ: AppSigv1" },
      /line 14, .*did you mean x-apigateway-auth-type\?/,
    ],
    "with an unknown authentication": [{ scheme: "x-apigateway-auth-type: AppSigV2" }, /did you mean AppSigv1\?/],
    "with options that are misspelt": [
      { scheme: "x-apigateway-auth-type: AppSigv1, x-apigateway-auth-opt: {appcode-auth-typ: header}" },
      /did you mean appcode-auth-type\?/,
    ],
    "of the root": [{ root: "x-apigateway-ratelimit: {}" }, /line 15, .*belongs in an operation, not in the root/],
    "for all methods that is another cloud's": [
      { item: "x-amazon-apigateway-any-method: {}" },
      /line 5, .*did you mean x-apigateway-any-method\?/,
    ],
  };
  for (const [what, [parts, message]] of Object.entries(wrong)) {
    it(`${what} is told, with its line`, async () => {
      const complaints = await complaintsOf(definition(parts));
      assert.equal(complaints.length, 1, complaints.join("\n"));
      assert.match(complaints[0]!, message);
    });
  }

  const right: Readonly<Record<string, Parts>> = {
    "in the spellings that the pages use among themselves": {
      operation: `x-apigateway-backend: {${backend.replace("scheme: https", "scheme: HTTPS, retryCount: 1, enableClientSsl: false")}}`,
      scheme: "x-apigateway-auth-type: appsigv1, x-apigateway-auth-opt: {appcode-auth-type: HEADER}",
    },
    "of a VPC channel with its host": {
      operation:
        "x-apigateway-backend: {type: HTTP-VPC, httpVpcEndpoints: {name: c, host: h.example.com, scheme: http, method: GET, path: /}}",
    },
    "of a function": {
      operation:
        "x-apigateway-backend: {type: FUNCTION, functionEndpoints: {function-urn: u, version: v, invocation-type: synchronous}}",
    },
    "with a policy of the root": {
      operation: "x-apigateway-ratelimit: slow",
      root: "x-apigateway-ratelimits: {slow: {api-limit: 1, interval: 1, unit: minute}}",
    },
    "with conditions": {
      operation: `x-apigateway-backend-policies: [{name: one, ${backend}, conditions: [{type: equal, value: x, origin: request_parameter, parameter_name: q}]}]`,
    },
    "that is newer than this package": { operation: "x-apigateway-quantum-mode: {on: true}" },
    "with a member that is newer": { operation: `x-apigateway-backend: {${backend}, telepathy: true}` },
    "of somebody else": { operation: "x-internal: true" },
  };
  for (const [what, parts] of Object.entries(right)) {
    it(`${what} is taken`, async () => {
      assert.deepEqual(await complaintsOf(definition(parts)), []);
    });
  }
});

describe("A definition", () => {
  it("whose security names a scheme that is nowhere is refused, and so is a path with # or ?", async () => {
    const scheme = definition({}).replace("[{app: []}]", "[{nobody: []}]");
    assert.match((await complaintsOf(scheme)).join(), /line 9, .*"nobody", and there is no such scheme/);
    const path = definition({}).replace("/a:", "/a?b=c:");
    assert.match((await complaintsOf(path)).join(), /line 6, .*contains # or \?/);
  });

  it("in JSON has lines, too", async () => {
    const text = JSON.stringify(
      {
        openapi: "3.0.3",
        info: { title: "json", version: "1" },
        paths: {
          "/a": { get: { operationId: "getA", responses: { default: { description: "x" } }, "x-apigateway-cors": 1 } },
        },
      },
      null,
      2,
    );
    assert.match((await complaintsOf(text)).join(), /line 16, .*1: must be true or false/);
  });
});
