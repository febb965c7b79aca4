// { data, queries } on standard input -> for each query the ids of the first ten papers, by our engine.
import { readFileSync } from "node:fs";
import { openIndex } from "../site_templates/assets/search/engine.js";

const BASE = "https://digest.test/";
const { data, queries } = JSON.parse(readFileSync(0, "utf8"));
const fetch = async (url) => new Response(readFileSync(`${data}/${url.slice(BASE.length)}`));
const engine = await openIndex(BASE, { fetch });
const answers = [];
for (const query of queries) answers.push((await engine.search(query, { limit: 10 })).hits.map(({ id }) => id));
console.log(JSON.stringify(answers));
