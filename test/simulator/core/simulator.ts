import type { AddressInfo } from "node:net";
import { instanceOf } from "../apig/instance";
import { routes as apigRoutes } from "../apig/routes";
import { authenticateBkci } from "../bkci/authenticate";
import { bkciDialect } from "../bkci/errors";
import { routes as bkciRoutes } from "../bkci/routes";
import { bkciState } from "../bkci/state";
import { issueAccessToken } from "../bkci/token";
import { mountControl } from "../control/control";
import { seedAll } from "../control/seed";
import { csmsDialect } from "../csms/errors";
import { csmsState } from "../csms/model";
import { routes as csmsRoutes } from "../csms/routes";
import { startGateway } from "../gateway/server";
import { authenticateHuawei } from "../iam/authenticate";
import { iamDialect } from "../iam/errors";
import { routes as iamRoutes } from "../iam/routes";
import { iamState, renewReadyToken } from "../iam/state";
import type { Machinery } from "./exchange";
import { filesIn, noFiles } from "./files";
import { apigDialect } from "./front-gateway";
import { Journal } from "./journal";
import { mount, newServer } from "./server";
import type { Service } from "./service";
import { Troubles } from "./troubles";
import type { World } from "./types";
import { SimulatedWorld } from "./world";

/** Addresses and credentials of the simulator: the JSON line that `npm run simulator` prints. */
export interface Info {
  url: string;
  /** Host roots, to which clients append `/v2/…`, `/v1/…` and `/v3/…`. */
  apig: string;
  kms: string;
  iam: string;
  /** Base to which clients append `/ms/openapi/api/…`. */
  bkci: string;
  gateway: string;
  control: string;
  projectId: string;
  instanceId: string;
  accessKey: string;
  secretKey: string;
  token: string;
  /** Percent-encoded, as the token endpoint returns it. */
  bkciAccessToken: string;
  bkciProjectId: string;
}

export interface Simulator {
  readonly info: Info;
  close(): Promise<void>;
}

export interface Settings {
  /** Default 0: a free port. */
  readonly port?: number;
  readonly gatewayPort?: number;
  /** Folder in which the state is saved. Default: in memory only. */
  readonly data?: string;
}

const services: readonly Service[] = [
  { name: "iam", routes: iamRoutes, dialect: iamDialect },
  { name: "csms", routes: csmsRoutes, dialect: csmsDialect },
  { name: "bkci", routes: bkciRoutes, dialect: bkciDialect },
  { name: "apig", routes: apigRoutes, dialect: apigDialect },
];

/** Starts every service on one port of 127.0.0.1, and the gateway on another. */
export async function startSimulator({ port = 0, gatewayPort = 0, data }: Settings = {}): Promise<Simulator> {
  const world = new SimulatedWorld(data === undefined ? noFiles : filesIn(data));
  openStores(world);
  renewReadyToken(world);
  const machinery: Machinery = {
    world,
    journal: new Journal(),
    troubles: new Troubles(),
    authenticators: { huawei: authenticateHuawei, bkci: authenticateBkci },
  };
  const app = newServer(world);
  mount(app, machinery, services);
  mountControl(app, machinery, { openStores, seed: seedAll });
  await app.listen({ host: "127.0.0.1", port });
  const gateway = await startGateway(world, gatewayPort).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  // Only when both ports are open: a folder of another simulator on the same ports must not be changed.
  world.saveAll();
  return {
    info: describe(world, `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, gateway.url),
    async close() {
      await Promise.all([app.close(), gateway.close()]);
    },
  };
}

/** Makes the stores that do not exist yet, so that `GET state` has the same shape before and after the first call. */
function openStores(world: World): void {
  iamState(world);
  csmsState(world);
  bkciState(world);
  for (const { projectId, instanceId } of world.places) instanceOf(world, projectId, instanceId);
}

function describe(world: SimulatedWorld, url: string, gateway: string): Info {
  const { places, keys, token, bkci } = world.identity;
  const [place] = places;
  const [key] = keys;
  if (place === undefined || key === undefined) throw new Error("the data folder holds no project or no key");
  return {
    url,
    apig: url,
    kms: url,
    iam: url,
    bkci: url,
    gateway,
    control: `${url}/control`,
    projectId: place.projectId,
    instanceId: place.instanceId,
    accessKey: key.accessKey,
    secretKey: key.secretKey,
    token,
    bkciAccessToken: issueAccessToken(world, bkci.login.userId).accessToken,
    bkciProjectId: bkci.projectId,
  };
}
