/** A small shop on the engine: an imported and published API with callers, and the answers that these get. */
import * as pulumi from "@pulumi/pulumi";
import * as apig from "../../support/apig";
import { visit } from "../../simulator/gateway/visit";
import { delivered } from "../../support/delivered";
import { Outside } from "../../simulator/outside";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { TestStack, type OperationOptions } from "../../support/stack";

/** One operation, served by the gateway itself. */
const definition = {
  openapi: "3.0.3",
  info: { title: "late_shop", version: "1" },
  paths: {
    "/pets": {
      get: {
        operationId: "listPets",
        responses: { 200: { description: "fine" } },
        security: [{ app: [] }],
        "x-apigateway-backend": { type: "MOCK", mockEndpoints: { "result-content": "[]" } },
      },
    },
  },
  components: {
    securitySchemes: {
      app: {
        type: "apiKey",
        in: "header",
        name: "Authorization",
        "x-apigateway-auth-type": "AppSigv1",
        "x-apigateway-auth-opt": { "appcode-auth-type": "header" },
      },
    },
  },
};

export type Ids = pulumi.Output<string[]>;

/** The resources that every program here has. */
export interface Shop {
  readonly shop: apig.ApiImport;
  readonly env: apig.Environment;
  /** Declares an app with a code, both with that name. */
  caller(name: string, args?: Partial<apig.AppArgs>): apig.App;
}

export class ShopStack {
  private constructor(
    readonly simulator: TestSimulator,
    readonly stack: TestStack,
  ) {}

  static async open(): Promise<ShopStack> {
    const simulator = await openSimulator();
    const stack = await TestStack.open({ program: () => Promise.resolve(), config: simulator.config });
    return new ShopStack(simulator, stack);
  }

  async close(): Promise<void> {
    await this.stack.close();
    await this.simulator.close();
  }

  declare(program: (shop: Shop) => void): void {
    this.stack.use(() => {
      const shop = new apig.ApiImport("shop", { definition });
      const env = new apig.Environment("test", { name: "late_test" });
      const codes: Record<string, pulumi.Output<string>> = {};
      const caller = (name: string, args: Partial<apig.AppArgs> = {}) => {
        const app = new apig.App(name, { name: `late_${name}`, ...args });
        codes[name] = new apig.AppCode(name, { appId: app.appId, propagationSeconds: 0 }).appCode;
        return app;
      };
      program({ shop, env, caller });
      return Promise.resolve({ groupId: shop.groupId, codes: pulumi.secret(pulumi.all(codes)) });
    });
  }

  async up(program: (shop: Shop) => void, options: OperationOptions = {}) {
    this.declare(program);
    return this.stack.up(options);
  }

  /** The stack's own settings, for an explicit provider. */
  providerArgs(): apig.ProviderArgs {
    const settings = Object.entries(this.simulator.config).filter(([key]) => key.startsWith("huaweicloud:"));
    const huaweicloud = settings.map(([key, { value }]) => [key.split(":")[1], value] as const);
    return { huaweicloud: Object.fromEntries(huaweicloud) as NonNullable<apig.ProviderArgs["huaweicloud"]> };
  }

  /** The URN of a resource of the stack. */
  async urn(type: string, name: string): Promise<string> {
    const { resources } = (await this.stack.exportState()).deployment as { resources: { urn: string }[] };
    const found = resources.find(({ urn }) => urn.endsWith(`:${type}::${name}`));
    if (found === undefined) throw new Error(`The stack has no ${type} ${name}.`);
    return found.urn;
  }

  async apps(): Promise<{ id: string; name: string }[]> {
    return (await new Outside(this.simulator.info).apig<{ apps: { id: string; name: string }[] }>("GET", "/apps")).apps;
  }

  /** All AppCodes of the first app. */
  async codes(): Promise<string[]> {
    const [app] = await this.apps();
    const path = `/apps/${app?.id ?? ""}/app-codes`;
    const { app_codes } = await new Outside(this.simulator.info).apig<{ app_codes: { app_code: string }[] }>(
      "GET",
      path,
    );
    return app_codes.map((code) => code.app_code);
  }

  /** The value of a credential, as a pipeline gets it. */
  delivered(credentialId: string): Promise<string> {
    return delivered(this.simulator.control, this.simulator.info.bkciProjectId, credentialId);
  }

  /** The status of a call of each caller that the last successful `up` declared. */
  async statuses(): Promise<Record<string, number>> {
    // Changes reach the gateway some seconds later.
    await this.simulator.control.clock({ advance: 15_000 });
    const outputs = await this.stack.outputs();
    const groupId = outputs["groupId"]?.value as string;
    const codes = outputs["codes"]?.value as Record<string, string>;
    const all = Object.entries(codes).map(async ([name, code]) => {
      const { status } = await visit(this.simulator.info, { groupId, path: "/pets", stage: "late_test", code });
      return [name, status] as const;
    });
    return Object.fromEntries(await Promise.all(all));
  }
}

export const idsOf = ({ published }: apig.ApiPublication): Ids =>
  published.apply((all) => all.map(({ apiId }) => apiId));
