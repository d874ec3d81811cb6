#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-package-lock elysia@1.4.30 @elysiajs/openapi@1.4.16 @sinclair/typebox@0.34.52 typescript@5.9.3

cat >main.mjs <<'JS'
import { writeFileSync } from "node:fs";
import { openapi } from "@elysiajs/openapi";
import { Elysia, t } from "elysia";

const Status = t.UnionEnum(["open", "paid", "shipped"]);
const NewOrder = t.Object({
  customer: t.String({ minLength: 1, maxLength: 64 }),
  items: t.Array(t.Object({ sku: t.String(), quantity: t.Integer({ minimum: 1, default: 1 }), price: t.Number() })),
  note: t.Optional(t.Nullable(t.String())),
  discount: t.MaybeEmpty(t.Integer()),
  labels: t.Record(t.String(), t.String()),
});
const Order = t.Composite([NewOrder, t.Object({ id: t.Integer(), status: Status, created: t.Date() })]);
const Id = t.Object({ id: t.Numeric() });

const app = new Elysia()
  .use(
    openapi({
      documentation: {
        info: { title: "Shop", version: "1.0.0" },
        tags: [{ name: "orders", description: "The orders" }],
        components: { securitySchemes: { bearerAuth: { type: "http", scheme: "bearer", bearerFormat: "JWT" } } },
      },
    }),
  )
  .model({ NewOrder })
  .group("/orders", (orders) =>
    orders
      .get("/", () => [], {
        query: t.Object({
          paid: t.Optional(t.Boolean()),
          tag: t.Optional(t.Array(t.String())),
          limit: t.Integer({ minimum: 1, maximum: 100, default: 20 }),
          minTotal: t.Optional(t.Nullable(t.Integer())),
          status: t.Optional(Status),
        }),
        headers: t.Object({ "x-request-id": t.Optional(t.String()) }),
        cookie: t.Cookie({ session: t.Optional(t.String()) }),
        response: { 200: t.Array(Order) },
        detail: { summary: "List the orders", tags: ["orders"] },
      })
      .post("/", ({ body }) => body, {
        body: "NewOrder",
        response: { 201: Order },
        detail: { tags: ["orders"], security: [{ bearerAuth: [] }] },
      })
      .get("/:id", () => ({}), { params: Id, response: Order, detail: { tags: ["orders"] } })
      .delete("/:id", () => {}, { params: Id, response: { 204: t.Void() }, detail: { tags: ["orders"], security: [{ bearerAuth: [] }] } })
      .post("/:id/receipt", () => {}, { params: Id, body: t.Object({ receipt: t.File({ maxSize: "2m" }) }) }),
  )
  .get("/files/*", ({ params }) => params["*"])
  .all("/echo", ({ body }) => body);

const response = await app.handle(new Request("http://localhost/openapi/json"));
writeFileSync(process.argv[2], Buffer.from(await response.arrayBuffer()));
JS

node main.mjs "$here/elysia.json"
