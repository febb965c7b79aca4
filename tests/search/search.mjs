// Asks the engine on an index in a folder: { folder, queries: [[text, options]] } -> its answers.
import { readFileSync } from "node:fs";
import { openIndex } from "../../site_templates/assets/search/engine.js";

const BASE = "https://digest.test/some/where/assets/search/";

const { folder, queries } = JSON.parse(readFileSync(0, "utf8"));

async function fetch(url) {
  if (!url.startsWith(BASE)) throw new Error(`another address was asked: ${url}`);
  return new Response(readFileSync(`${folder}/${url.slice(BASE.length)}`));
}

const index = await openIndex(BASE, { fetch });
const answers = [];
for (const [text, options] of queries) answers.push(await index.search(text, options));
console.log(JSON.stringify(answers));
