#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-package-lock fastify@5.12.8 @fastify/swagger@9.9.3 @fastify/multipart@10.1.9

cat >main.mjs <<'JS'
import { writeFileSync } from "node:fs";
import multipart from "@fastify/multipart";
import swagger from "@fastify/swagger";
import fastify from "fastify";

const newOrder = {
  $id: "NewOrder",
  type: "object",
  required: ["customer", "items"],
  additionalProperties: false,
  properties: {
    customer: { type: "string", minLength: 1, maxLength: 64, examples: ["ada"] },
    items: {
      type: "array",
      items: {
        type: "object",
        required: ["sku", "price"],
        properties: {
          sku: { type: "string", pattern: "^[A-Z]{3}-[0-9]+$" },
          quantity: { type: "integer", exclusiveMinimum: 0, default: 1 },
          price: { type: "number" },
        },
      },
    },
    note: { type: ["string", "null"] },
    discount: { type: "integer", nullable: true },
    labels: { type: "object", patternProperties: { "^[a-z]+$": { type: "string" } } },
  },
};
const order = {
  $id: "Order",
  allOf: [
    { $ref: "NewOrder#" },
    {
      type: "object",
      required: ["id"],
      properties: {
        id: { type: "integer" },
        status: { type: "string", enum: ["open", "paid", "shipped"] },
        created: { type: "string", format: "date-time" },
        kind: { const: "order" },
      },
    },
  ],
};
const id = { type: "object", properties: { id: { type: "integer", minimum: 1 } }, required: ["id"] };
const bearer = [{ bearer: [] }];

/** The application with the plugin's options, and its document. */
async function document(options) {
  const app = fastify();
  await app.register(swagger, options);
  await app.register(multipart);
  app.addSchema(newOrder);
  app.addSchema(order);
  app.get(
    "/orders",
    {
      schema: {
        tags: ["orders"],
        summary: "List the orders",
        querystring: {
          type: "object",
          properties: {
            paid: { type: "boolean", default: false },
            tag: { type: "array", items: { type: "string" } },
            limit: { type: "integer", minimum: 1, maximum: 100, default: 20 },
            minTotal: { type: ["integer", "null"] },
            status: { type: "string", enum: ["open", "paid", "shipped"] },
          },
        },
        headers: { type: "object", properties: { "X-Request-Id": { type: "string", format: "uuid" } } },
        response: { 200: { description: "The orders", type: "array", items: { $ref: "Order#" } } },
      },
    },
    async () => [],
  );
  app.post(
    "/orders",
    { schema: { tags: ["orders"], body: { $ref: "NewOrder#" }, response: { 201: { $ref: "Order#" } }, security: bearer } },
    async () => ({}),
  );
  app.get("/orders/:id", { schema: { tags: ["orders"], params: id, response: { 200: { $ref: "Order#" } } } }, async () => ({}));
  app.delete(
    "/orders/:id",
    { schema: { tags: ["orders"], params: id, response: { 204: { type: "null", description: "Gone" } }, security: bearer } },
    async () => undefined,
  );
  app.post("/orders/:id/receipt", { schema: { params: id, consumes: ["multipart/form-data"] } }, async () => undefined);
  app.get("/orders/:id/:part(^[0-9]+$)", async () => undefined);
  app.get("/files/*", async () => "");
  app.head("/ping", async () => undefined);
  await app.ready();
  return JSON.stringify(app.swagger(), null, 2);
}

const schemes = { bearer: { type: "http", scheme: "bearer" } };
const info = { title: "Shop", version: "1.0.0" };
writeFileSync(
  `${process.argv[2]}/fastify-2.0.json`,
  await document({
    swagger: {
      host: "localhost:3000",
      schemes: ["http"],
      consumes: ["application/json"],
      produces: ["application/json"],
      securityDefinitions: { bearer: { type: "apiKey", name: "Authorization", in: "header" } },
    },
  }),
);
writeFileSync(
  `${process.argv[2]}/fastify-3.0.json`,
  await document({ openapi: { info, servers: [{ url: "http://localhost:3000" }], components: { securitySchemes: schemes } } }),
);
writeFileSync(
  `${process.argv[2]}/fastify-3.1.json`,
  await document({ openapi: { openapi: "3.1.0", info, components: { securitySchemes: schemes } } }),
);
JS

node main.mjs "$here"
