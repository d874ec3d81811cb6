#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-package-lock hapi-swagger@17.3.2 @hapi/hapi@21.4.10 @hapi/inert@7.1.2 @hapi/vision@7.0.3 joi@17.13.3

cat >main.mjs <<'JS'
import { writeFileSync } from "node:fs";
import Hapi from "@hapi/hapi";
import Inert from "@hapi/inert";
import Vision from "@hapi/vision";
import HapiSwagger from "hapi-swagger";
import Joi from "joi";

const status = Joi.string().valid("open", "paid", "shipped");
const newOrder = Joi.object({
  customer: Joi.string().max(64).required().example("ada"),
  items: Joi.array()
    .items(Joi.object({ sku: Joi.string().required(), quantity: Joi.number().integer().positive().default(1), price: Joi.number().min(0) }).label("Item"))
    .required(),
  note: Joi.string().allow(null),
  discount: Joi.number().integer().allow(null),
  labels: Joi.object().pattern(Joi.string(), Joi.string()),
}).label("NewOrder");
const order = newOrder.keys({ id: Joi.number().integer().required(), status, created: Joi.date().iso() }).label("Order");
const params = Joi.object({ id: Joi.number().integer().min(1).required().description("The order's number") });

/** What a server with these options sends for its document. */
async function document(options) {
  const server = Hapi.server({ port: 3000, host: "localhost" });
  await server.register([Inert, Vision, { plugin: HapiSwagger, options: { info: { title: "Shop", version: "1.0.0" }, ...options } }]);
  const handler = () => "";
  server.route([
    {
      method: "GET",
      path: "/orders",
      handler,
      options: {
        tags: ["api", "orders"],
        description: "List the orders",
        validate: {
          query: Joi.object({
            paid: Joi.boolean().default(false),
            tag: Joi.array().items(Joi.string()),
            limit: Joi.number().integer().min(1).max(100).default(20),
            minTotal: Joi.number().integer().allow(null),
            status,
          }),
          headers: Joi.object({ "x-request-id": Joi.string() }).unknown(),
        },
        response: { schema: Joi.array().items(order).label("Orders") },
      },
    },
    {
      method: "POST",
      path: "/orders",
      handler,
      options: { tags: ["api", "orders"], validate: { payload: newOrder }, response: { status: { 201: order } }, plugins: { "hapi-swagger": { security: [{ jwt: [] }] } } },
    },
    { method: "GET", path: "/orders/{id}", handler, options: { tags: ["api"], validate: { params }, response: { schema: order } } },
    { method: "DELETE", path: "/orders/{id}", handler, options: { tags: ["api"], validate: { params }, response: { emptyStatusCode: 204 } } },
    {
      method: "POST",
      path: "/orders/{id}/receipt",
      handler,
      options: {
        tags: ["api"],
        payload: { multipart: true },
        validate: { params, payload: Joi.object({ receipt: Joi.any().meta({ swaggerType: "file" }) }) },
        plugins: { "hapi-swagger": { payloadType: "form" } },
      },
    },
    { method: "GET", path: "/files/{path*}", handler, options: { tags: ["api"] } },
    { method: "*", path: "/echo/{part?}", handler, options: { tags: ["api"] } },
  ]);
  await server.initialize();
  return (await server.inject({ url: options.OAS === "v3.0" ? "/openapi.json" : "/swagger.json" })).rawPayload;
}

writeFileSync(
  `${process.argv[2]}/hapi-swagger-2.0.json`,
  await document({ securityDefinitions: { jwt: { type: "apiKey", name: "Authorization", in: "header" } } }),
);
writeFileSync(
  `${process.argv[2]}/hapi-swagger-3.0.json`,
  await document({ OAS: "v3.0", securityDefinitions: { jwt: { type: "http", scheme: "bearer" } } }),
);
JS

node main.mjs "$here"
