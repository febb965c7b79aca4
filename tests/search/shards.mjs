// Asks the storage layer on an index in a folder: { folder, asks: [[method, ...arguments]], native } -> { answers,
// requests }. Without `native`, DecompressionStream is missing, as in older browsers.
import { readFileSync } from "node:fs";

const { folder, asks, native = true } = JSON.parse(readFileSync(0, "utf8"));
if (!native) delete globalThis.DecompressionStream;
const { openShards } = await import("../../site_templates/assets/search/shards.js");

const BASE = "https://digest.test/some/where/assets/search/";
const requests = [];

async function fetch(url) {
  if (!url.startsWith(BASE)) throw new Error(`another address was asked: ${url}`);
  requests.push(url.slice(BASE.length));
  return new Response(readFileSync(`${folder}/${url.slice(BASE.length)}`));
}

// Maps and typed arrays as JSON has them.
function plain(value) {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, each]) => [key, plain(each)]));
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return Array.from(value, plain);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  }
  return value;
}

async function answer(shards, [method, ...rest]) {
  if (method === "facts") return plain({ ...shards });
  if (method === "column") {
    const of = await shards.column(...rest);
    return rest[1].map((doc) => plain(of(doc)));
  }
  const found = plain(await shards[method](...rest));
  return method === "lookup" ? withLengths(found) : found;
}

// Postings of abstracts, with the lengths that others bring along.
function withLengths(found) {
  const lengths = shards.abstractLengths();
  const postings = Object.values(found).flatMap((entry) => entry.postings).filter((posting) => posting && !posting.lengths);
  for (const posting of postings) posting.lengths = posting.docs.map((doc) => lengths[doc]);
  return found;
}

const shards = await openShards(BASE, { fetch });
const answers = [];
for (const ask of asks) answers.push(await answer(shards, ask));
console.log(JSON.stringify({ answers, requests }));
