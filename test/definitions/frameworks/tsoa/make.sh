#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{ "name": "shop-api", "version": "1.0.0", "description": "", "license": "ISC" }' >package.json
npm install --silent --no-package-lock tsoa@6.6.0 typescript@5.9.3 express@5.1.0 @types/express@5.0.6 @types/node@20.19.0 @types/multer@2.3.0

cat >tsconfig.json <<'JSON'
{ "compilerOptions": { "target": "es2022", "module": "commonjs", "strict": true, "experimentalDecorators": true, "skipLibCheck": true } }
JSON
cat >orders.ts <<'TS'
import {
  Body, Controller, Delete, Example, Get, Header, Path, Post, Query, Response, Route, Security, SuccessResponse, Tags, UploadedFile,
} from "tsoa";

export type Status = "open" | "paid" | "shipped";

export enum Channel {
  Web = 1,
  Shop = 2,
}

export interface Item {
  /** @pattern ^[A-Z]{3}-[0-9]+$ */
  sku: string;
  /**
   * @isInt quantity must be an integer
   * @minimum 1
   * @default 1
   */
  quantity: number;
  price: number;
}

export interface NewOrder {
  /** The customer's name.
   * @maxLength 64
   * @example "ada"
   */
  customer: string;
  items: Item[];
  note?: string | null;
  labels: Record<string, string>;
}

export interface Order extends NewOrder {
  /** @isLong */
  id: number;
  status: Status;
  channel: Channel;
  created: Date;
  discount: number | null;
  replaces?: Order;
}

interface Problem {
  message: string;
  details: { [name: string]: unknown };
}

@Route("orders")
@Tags("orders")
export class OrdersController extends Controller {
  /**
   * Lists the orders, newest first.
   * @summary List the orders
   * @isInt limit
   * @maximum limit 100
   * @isInt minTotal
   */
  @Get()
  public async list(
    @Header("X-Request-Id") requestId?: string,
    @Query() paid: boolean = false,
    @Query() tag?: string[],
    @Query() limit: number = 20,
    @Query() minTotal?: number | null,
    @Query() status?: Status,
  ): Promise<Order[]> {
    return [];
  }

  @Security("bearer")
  @Response<Problem>(422, "Validation failed")
  @SuccessResponse("201", "Created")
  @Post()
  public async create(@Body() order: NewOrder): Promise<Order> {
    throw new Error();
  }

  /**
   * @param id The order's number
   * @isInt id
   */
  @Get("{id}")
  @Response(404, "No such order")
  public async get(@Path() id: number): Promise<Pick<Order, "id" | "status"> & Partial<NewOrder>> {
    throw new Error();
  }

  @Security("bearer")
  @Security("api_key", ["orders:write"])
  @Delete("{id}")
  public async remove(@Path() id: number): Promise<void> {}

  @Post("{id}/receipt")
  public async upload(@Path() id: number, @UploadedFile() receipt: Express.Multer.File): Promise<void> {}
}
TS

document() { # more of the settings, the scheme of bearer, the file, its kind
  cat >tsoa.json <<JSON
{
  "entryFile": "orders.ts",
  "noImplicitAdditionalProperties": "silently-remove-extras",
  "controllerPathGlobs": ["orders.ts"],
  "spec": {
    "outputDirectory": ".",
    $1
    "securityDefinitions": {
      "bearer": $2,
      "api_key": { "type": "apiKey", "name": "X-Api-Key", "in": "header" }
    }
  }
}
JSON
  npx tsoa spec
  cp swagger."$4" "$here/$3"
}
document '' '{ "type": "apiKey", "name": "Authorization", "in": "header" }' tsoa-2.0.json json
document '"specVersion": 3, "yaml": true, "basePath": "/v1",' '{ "type": "http", "scheme": "bearer" }' tsoa-3.0.yaml yaml
