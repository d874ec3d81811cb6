/** APIs of a group, whose ids differ in their first digit. */
export const envId = "DEFAULT_ENVIRONMENT_RELEASE_ID";
export const hex = (digit: string) => digit.repeat(32);
export const ids = (...digits: string[]) => digits.map(hex);
export const group = hex("f");

/** An API to be seeded, with the fields of its definition that a test is about. */
export const api = (digit: string, fields: object = {}, publish = [envId]) => ({
  id: hex(digit),
  publish,
  definition: {
    group_id: group,
    name: `api_${digit}`,
    type: 1,
    req_protocol: "HTTPS",
    req_method: "GET",
    req_uri: `/${digit}`,
    auth_type: "APP",
    backend_type: "MOCK",
    mock_info: {},
    ...fields,
  },
});
