/** Replaces the two services of the FastAPI example: servers on loopback that record their requests. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface ShopServices {
  readonly url: string;
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export async function openShopServices(): Promise<ShopServices> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
      response.writeHead(status, { "content-type": "application/json" }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

async function answer(request: IncomingMessage): Promise<{ status: number; body: string }> {
  const { pathname } = new URL(request.url ?? "/", "http://services");
  if (request.method === "POST") return { status: 201, body: `{"id":1,"order":${await text(request)}}` };
  if (pathname === "/orders") return { status: 200, body: "[]" };
  return { status: 200, body: JSON.stringify(pathname) };
}
