#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-package-lock @nestjs/swagger@12.0.2 @nestjs/core@12.5.1 @nestjs/common@12.5.1 \
  @nestjs/platform-express@12.5.1 reflect-metadata@0.2.2 rxjs@7.8.2 class-validator@0.15.1 class-transformer@0.5.1 \
  typescript@5.9.3 @types/node@20.19.0 @types/express@5.0.6

cat >main.ts <<'TS'
import "reflect-metadata";
import { writeFileSync } from "node:fs";
import {
  Body, Controller, Delete, Get, Headers, HttpCode, Module, Param, ParseIntPipe, Post, Query, UploadedFile, UseInterceptors,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { FileInterceptor } from "@nestjs/platform-express";
import {
  ApiBearerAuth, ApiBody, ApiConsumes, ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional,
  ApiSecurity, ApiTags, DocumentBuilder, SwaggerModule,
} from "@nestjs/swagger";

enum Status {
  Open = "open",
  Paid = "paid",
  Shipped = "shipped",
}

class Item {
  @ApiProperty() sku!: string;
  @ApiProperty({ minimum: 1, maximum: 100, default: 1 }) quantity!: number;
  @ApiProperty() price!: number;
}

class CreateOrderDto {
  @ApiProperty({ maxLength: 64, example: "ada" }) customer!: string;
  @ApiProperty({ type: [Item] }) items!: Item[];
  @ApiPropertyOptional({ nullable: true, type: String }) note?: string | null;
  @ApiProperty({ type: "object", additionalProperties: { type: "string" } }) labels!: Record<string, string>;
}

class Order extends CreateOrderDto {
  @ApiProperty() id!: number;
  @ApiProperty({ enum: Status, enumName: "Status" }) status!: Status;
  @ApiProperty() created!: Date;
  @ApiProperty({ type: () => Order, nullable: true }) replaces!: Order | null;
}

class OrdersQuery {
  @ApiPropertyOptional({ default: false }) paid?: boolean;
  @ApiPropertyOptional({ type: [String] }) tag?: string[];
  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 20 }) limit?: number;
  @ApiPropertyOptional({ type: "integer", nullable: true }) minTotal?: number | null;
  @ApiPropertyOptional({ enum: Status }) status?: Status;
}

@ApiTags("orders")
@Controller("orders")
class OrdersController {
  @Get()
  @ApiOperation({ summary: "List the orders" })
  @ApiHeader({ name: "X-Request-Id", required: false })
  @ApiOkResponse({ type: [Order] })
  list(@Query() query: OrdersQuery, @Headers("accept-language") language: string): Order[] {
    return [];
  }

  @Post()
  @ApiBearerAuth()
  @ApiCreatedResponse({ type: Order, headers: { Location: { schema: { type: "string" } } } })
  create(@Body() order: CreateOrderDto): Order {
    throw new Error();
  }

  @Get(":id")
  @ApiOkResponse({ type: Order })
  get(@Param("id", ParseIntPipe) id: number): Order {
    throw new Error();
  }

  @Delete(":id")
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiSecurity("X-Api-Key")
  @ApiNoContentResponse()
  remove(@Param("id") id: number): void {}

  @Post(":id/receipt")
  @ApiConsumes("multipart/form-data")
  @ApiBody({ schema: { type: "object", properties: { receipt: { type: "string", format: "binary" } } } })
  @ApiCreatedResponse({ description: "Stored" })
  @UseInterceptors(FileInterceptor("receipt"))
  upload(@Param("id") id: number, @UploadedFile() receipt: unknown): void {}
}

@Controller("files")
class FilesController {
  @Get("*path")
  file(@Param("path") path: string[]): string {
    return path.join("/");
  }
}

@Module({ controllers: [OrdersController, FilesController] })
class AppModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: ["error"] });
  app.setGlobalPrefix("api");
  const config = new DocumentBuilder()
    .setTitle("Shop")
    .setDescription("The shop API")
    .setVersion("1.0")
    .addServer("http://localhost:3000", "development")
    .addBearerAuth()
    .addApiKey({ type: "apiKey", name: "X-Api-Key", in: "header" }, "X-Api-Key")
    .build();
  writeFileSync(process.argv[2]!, JSON.stringify(SwaggerModule.createDocument(app, config), null, 2));
}

void main();
TS

npx tsc --outDir out --target es2022 --module nodenext --moduleResolution nodenext --skipLibCheck --strict \
  --experimentalDecorators --emitDecoratorMetadata main.ts
node out/main.js "$here/nestjs.json"
