/** A gateway with two groups, and one publication in it. */
import { handlersFor } from "../../support/handlers";
import { Life } from "../../support/life";
import { Outside } from "../../simulator/outside";
import { openSimulator, type TestSimulator } from "../../simulator/open";

export const envId = "DEFAULT_ENVIRONMENT_RELEASE_ID";
export const hex = (digit: string) => digit.repeat(32);
export const [pets, shop, other] = [hex("a"), hex("b"), hex("c")];

interface ListedApi {
  readonly id: string;
  readonly run_env_id: string;
  readonly publish_id: string;
}

export let simulator: TestSimulator;
export let outside: Outside;
export let life: Life;

/** Makes the objects for each test of the suite that calls this. */
export function setUp(): void {
  before(async () => {
    simulator = await openSimulator();
    outside = new Outside(simulator.info);
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    await simulator.control.quotas({ apis: 5000, apisPerGroup: 5000 });
    await simulator.control.seed({
      environments: [{ id: hex("e"), name: "testing" }],
      groups: [
        { id: pets, name: "pets" },
        { id: shop, name: "shop" },
      ],
      apis: [api("1"), api("2"), api("3"), api("9", shop)],
    });
    life = new Life(() => handlersFor(simulator).ApiPublication);
  });
}

export const api = (digit: string, group = pets) => ({ id: hex(digit), definition: definition(`api_${digit}`, group) });
export const definition = (name: string, group_id: string) => ({
  group_id,
  name,
  type: 1,
  req_protocol: "HTTPS",
  req_method: "GET",
  req_uri: `/${name}`,
  auth_type: "APP",
  backend_type: "MOCK",
  mock_info: {},
});
const listed = async () => (await outside.apig<{ apis: ListedApi[] }>("GET", "/apis?limit=500")).apis;
/** First digits of the ids of the APIs that are published in RELEASE. */
export const online = async () =>
  (await listed())
    .filter(({ run_env_id }) => run_env_id.split("|").includes(envId))
    .map(({ id }) => id[0])
    .sort()
    .join("");
/** Ids of the publications by the first digit of the API. */
export const publishIds = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await listed()).map(({ id, publish_id }) => [id.charAt(0), publish_id]));
export const act = (action: string, digit: string) =>
  outside.apig("POST", "/apis/action", { action, env_id: envId, api_id: hex(digit) });
export const ids = (...digits: string[]) => digits.map(hex);
