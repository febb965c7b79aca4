// Reads bytes: { streams: [hex], planes: [length], counts: [numbers, words] } -> for each stream, once with
// DecompressionStream and once without, { numbers, words }, or "failed".
import { readFileSync } from "node:fs";
import { Reader, frontCoded, inflated } from "../../site_templates/assets/search/bytes.js";

const { streams, planes, counts } = JSON.parse(readFileSync(0, "utf8"));

async function read(stream) {
  try {
    const reader = new Reader(await inflated(Buffer.from(stream, "hex")));
    const [numbers, ...words] = planes.map((length) => new Reader(reader.take(length)));
    if (!numbers) return "empty";
    return { numbers: Array.from(numbers.numbers(counts[0], Float64Array)), words: frontCoded(counts[1], ...words) };
  } catch {
    return "failed";
  }
}

const found = [];
for (const stream of streams) found.push(await read(stream));
delete globalThis.DecompressionStream;
for (const stream of streams) found.push(await read(stream));
console.log(JSON.stringify(found));
