#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-package-lock swagger-jsdoc@6.3.0

cat >swaggerDef.cjs <<'JS'
module.exports = {
  openapi: "3.0.0",
  info: { title: "Shop", version: "1.0.0", description: "An express application", license: { name: "MIT" } },
  servers: [{ url: "http://localhost:3000/v1", description: "Development server" }],
};
JS
cat >routes.js <<'JS'
/**
 * @swagger
 * components:
 *   securitySchemes:
 *     bearerAuth:
 *       type: http
 *       scheme: bearer
 *       bearerFormat: JWT
 *   schemas:
 *     NewOrder:
 *       type: object
 *       required: [customer, items]
 *       properties:
 *         customer:
 *           type: string
 *           description: The customer's name.
 *           example: ada
 *         items:
 *           type: array
 *           items:
 *             type: object
 *             properties:
 *               sku: { type: string }
 *               quantity: { type: integer, minimum: 1, default: 1 }
 *               price: { type: number, format: double, example: 9.90 }
 *         note:
 *           type: string
 *           nullable: true
 *         due:
 *           type: string
 *           format: date
 *           example: 2024-02-29
 *     Order:
 *       allOf:
 *         - type: object
 *           properties:
 *             id:
 *               type: integer
 *               example: 0
 *             status:
 *               type: string
 *               enum: [open, paid, shipped]
 *         - $ref: '#/components/schemas/NewOrder'
 */

/**
 * @swagger
 * tags:
 *   - name: orders
 *     description: The orders
 */

/**
 * @openapi
 * /orders:
 *   get:
 *     summary: List the orders
 *     tags: [orders]
 *     parameters:
 *       - { in: query, name: paid, schema: { type: boolean, default: false } }
 *       - { in: query, name: tag, schema: { type: array, items: { type: string } } }
 *       - in: query
 *         name: limit
 *         schema:
 *           type: integer
 *           minimum: 1
 *           maximum: 100
 *           default: 20
 *       - in: query
 *         name: minTotal
 *         schema:
 *           type: integer
 *           nullable: true
 *       - in: query
 *         name: status
 *         schema:
 *           type: string
 *           enum: [open, paid, shipped]
 *       - in: header
 *         name: X-Request-Id
 *         schema:
 *           type: string
 *     responses:
 *       200:
 *         description: The orders
 *         content:
 *           application/json:
 *             schema:
 *               type: array
 *               items:
 *                 $ref: '#/components/schemas/Order'
 *   post:
 *     summary: Create an order
 *     tags: [orders]
 *     security:
 *       - bearerAuth: []
 *     requestBody:
 *       required: true
 *       content:
 *         application/json:
 *           schema:
 *             $ref: '#/components/schemas/NewOrder'
 *     responses:
 *       201:
 *         description: Created
 */

/**
 * @openapi
 * /orders/{id}:
 *   parameters:
 *     - in: path
 *       name: id
 *       required: true
 *       schema:
 *         type: integer
 *   get:
 *     tags: [orders]
 *     responses:
 *       200:
 *         description: The order
 *         content:
 *           application/json:
 *             schema:
 *               $ref: '#/components/schemas/Order'
 *       404:
 *         description: No such order
 *   delete:
 *     tags: [orders]
 *     security:
 *       - bearerAuth: []
 *     responses:
 *       204:
 *         description: Gone
 */

/**
 * @openapi
 * /orders/{id}/receipt:
 *   post:
 *     parameters:
 *       - in: path
 *         name: id
 *         required: true
 *         schema:
 *           type: integer
 *     requestBody:
 *       content:
 *         multipart/form-data:
 *           schema:
 *             type: object
 *             properties:
 *               receipt:
 *                 type: string
 *                 format: binary
 *     responses:
 *       204:
 *         description: Stored
 */
JS

npx swagger-jsdoc -d swaggerDef.cjs -o "$here/swagger-jsdoc.json" routes.js
npx swagger-jsdoc -d swaggerDef.cjs -o "$here/swagger-jsdoc.yaml" routes.js
