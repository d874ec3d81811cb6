#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-package-lock hono@4.13.19 @hono/zod-openapi@1.6.3 zod@4.6.7

cat >main.mjs <<'JS'
import { writeFileSync } from "node:fs";
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";

const Status = z.enum(["open", "paid", "shipped"]).openapi("Status");
const Item = z.object({ sku: z.string().regex(/^[A-Z]{3}-\d+$/), quantity: z.number().int().min(1).max(100).default(1), price: z.number().positive() });
const NewOrder = z
  .object({
    customer: z.string().min(1).max(64).openapi({ example: "ada" }),
    items: z.array(Item).min(1),
    note: z.string().nullable().optional(),
    labels: z.record(z.string(), z.string()).default({}),
  })
  .openapi("NewOrder");
const Order = NewOrder.extend({
  id: z.number().int(),
  status: Status,
  created: z.iso.datetime(),
  discount: z.number().int().nullable(),
  payment: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("card"), last4: z.string().length(4) }),
      z.object({ kind: z.literal("invoice"), due: z.iso.date() }),
    ])
    .nullish(),
}).openapi("Order");
const Id = z.object({ id: z.coerce.number().int().positive().openapi({ param: { name: "id", in: "path" }, example: 17 }) });
const json = (schema) => ({ content: { "application/json": { schema } } });

const app = new OpenAPIHono().basePath("/v1");
app.openAPIRegistry.registerComponent("securitySchemes", "Bearer", { type: "http", scheme: "bearer" });

app.openapi(
  createRoute({
    method: "get",
    path: "/orders",
    request: {
      query: z.object({
        paid: z.stringbool().optional(),
        tag: z.union([z.string(), z.array(z.string())]).optional(),
        limit: z.coerce.number().int().min(1).max(100).default(20),
        minTotal: z.coerce.number().int().nullable().optional(),
        status: Status.optional(),
      }),
      headers: z.object({ "x-request-id": z.uuid().optional() }),
      cookies: z.object({ session: z.string().optional() }),
    },
    responses: { 200: { description: "The orders", ...json(z.array(Order)) } },
  }),
  (c) => c.json([]),
);
app.openapi(
  createRoute({
    method: "post",
    path: "/orders",
    security: [{ Bearer: [] }],
    request: { body: { required: true, ...json(NewOrder) } },
    responses: { 201: { description: "Made", ...json(Order) } },
  }),
  (c) => c.json({}, 201),
);
app.openapi(
  createRoute({ method: "get", path: "/orders/{id}", request: { params: Id }, responses: { 200: { description: "The order", ...json(Order) }, 404: { description: "None" } } }),
  (c) => c.json({}),
);
app.openapi(
  createRoute({ method: "delete", path: "/orders/{id}", security: [{ Bearer: [] }], request: { params: Id }, responses: { 204: { description: "Gone" } } }),
  (c) => c.body(null, 204),
);
app.openapi(
  createRoute({
    method: "post",
    path: "/orders/{id}/receipt",
    request: { params: Id, body: { content: { "multipart/form-data": { schema: z.object({ receipt: z.file().openapi({ type: "string", format: "binary" }) }) } } } },
    responses: { 204: { description: "Stored" } },
  }),
  (c) => c.body(null, 204),
);
app.openapi(
  createRoute({ method: "get", path: "/files/{path}", request: { params: z.object({ path: z.string() }) }, responses: { 200: { description: "The file" } } }),
  (c) => c.text(""),
);

// What a client gets of the documented endpoints, as the server sends it.
app.doc("/doc", { openapi: "3.0.0", info: { title: "Shop", version: "1.0.0" } });
app.doc31("/doc31", (c) => ({ openapi: "3.1.0", info: { title: "Shop", version: "1.0.0" }, servers: [{ url: new URL(c.req.url).origin, description: "Current environment" }] }));
for (const [path, file] of [["/v1/doc", "hono-3.0.json"], ["/v1/doc31", "hono-3.1.json"]]) {
  const response = await app.request(path);
  writeFileSync(`${process.argv[2]}/${file}`, Buffer.from(await response.arrayBuffer()));
}
JS

node main.mjs "$here"
