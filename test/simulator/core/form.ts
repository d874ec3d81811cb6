import Busboy from "@fastify/busboy";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Call } from "./types";

export type Form = NonNullable<Call["form"]>;

/**
 * Reads multipart/form-data from bytes in memory: they are read first, because signatures cover the raw bytes. The order
 * of parts and their content types do not matter.
 */
export async function readForm(contentType: string, body: Buffer): Promise<Form> {
  const fields: Record<string, string> = {};
  const files: Record<string, { filename: string; content: Buffer }> = {};
  const parser = new Busboy({ headers: { "content-type": contentType } });
  parser.on("field", (name, value) => (fields[name] = value));
  parser.on("file", (name, stream, filename) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => (files[name] = { filename, content: Buffer.concat(chunks) }));
  });
  await pipeline(Readable.from([body]), parser);
  return { fields, files };
}
