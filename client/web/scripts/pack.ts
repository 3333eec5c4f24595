/** Packs what was built once and as small as can be, so that a hop only has to hand it out: brotli where a browser takes it, else gzip. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const files = (readdirSync(dist, { recursive: true }) as string[]).map((name) => name.replaceAll("\\", "/"));

for (const name of files.filter((name) => /\.(html|js|css|webmanifest|svg)$/.test(name))) {
  const plain = readFileSync(new URL(name, dist));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  writeFileSync(new URL(`${name}.br`, dist), brotliCompressSync(plain, { params }));
  writeFileSync(new URL(`${name}.gz`, dist), gzipSync(plain, { level: 9 }));
}
