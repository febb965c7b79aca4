// Which files are asked for again, by a cache of that many bytes: { most, sizes: { name: bytes }, asks: [[name]] } on
// standard input -> the names in the order of their requests.
import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { Files } from "../../site_templates/assets/search/files.js";

const { most, sizes, asks } = JSON.parse(readFileSync(0, "utf8"));
const BASE = new URL("https://digest.test/");
const requests = [];

async function fetch(url) {
  const name = url.slice(BASE.href.length);
  requests.push(name);
  return new Response(deflateSync(new Uint8Array(sizes[name])));
}

const files = new Files(fetch, BASE, new Map([["known", new Uint8Array(9)]]), most);
for (const names of asks) await Promise.all(names.map((name) => files.decoded(name, (bytes) => bytes.length)));
console.log(JSON.stringify(requests));
