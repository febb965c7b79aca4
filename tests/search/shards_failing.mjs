// What the storage layer says where requests fail: { folder } -> name of the failure -> kinds, and what a second
// try gives.
import { readFileSync } from "node:fs";
import { openShards } from "../../site_templates/assets/search/shards.js";

const { folder } = JSON.parse(readFileSync(0, "utf8"));
const BASE = "https://digest.test/assets/search/";
const ok = (url) => new Response(readFileSync(`${folder}/${url.slice(BASE.length)}`));

const FAILURES = {
  missing: () => new Response("", { status: 404 }),
  offline: () => { throw new TypeError("no network"); },
  "broken off": () => ({ ok: true, status: 200, arrayBuffer: () => Promise.reject(new TypeError("lost")) }),
  server: () => new Response("", { status: 503 }),
  html: () => new Response("<!doctype html>"),
};

const attempt = (promise) => promise.then((found) => (found.size ? "found" : "nothing"), ({ kind }) => kind);
const found = {};
for (const [name, fail] of Object.entries(FAILURES)) {
  let isFailing = false;
  const shards = await openShards(BASE, { fetch: async (url) => (isFailing ? fail() : ok(url)) });
  isFailing = true;
  const first = await attempt(shards.lookup(["searcher"]));
  isFailing = false;
  found[name] = [first, await attempt(shards.lookup(["searcher"]))];
}
const opening = (content) => openShards(BASE, { fetch: async () => new Response(content) });
found["no pointer"] = [await attempt(openShards(BASE, { fetch: async () => new Response("", { status: 404 }) }))];
found.pointer = [await attempt(opening("<!doctype html>"))];
found.version = [await attempt(opening('{"folder":"x","papers":1,"version":99}'))];

// Whoever asks for the same file at the same time shares one request.
let requests = 0;
const counted = await openShards(BASE, { fetch: async (url) => ok(url, (requests += /\/p\//.test(url) ? 1 : 0)) });
await Promise.all([counted.lookup(["searcher"]), counted.has(["searcher", "gpt"]), counted.lookup(["gpt"])]);
found.requests = requests;
console.log(JSON.stringify(found));
