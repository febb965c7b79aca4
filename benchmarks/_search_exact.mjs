// { data, whole, queries } on standard input -> for each query, whether the shards give what lunr.js gives from
// the whole index: [results, same first 20 documents, same scores of these, all the same].
import { readFileSync } from "node:fs";
import { openIndex } from "../site_templates/assets/search/engine.js";
import lunr from "../site_templates/assets/search/lunr.js";

const BASE = "https://digest.test/";
const { data, whole, queries } = JSON.parse(readFileSync(0, "utf8"));
const fetch = async (url) => new Response(readFileSync(`${data}/${url.slice(BASE.length)}`));
const engine = await openIndex(BASE, { fetch });
const index = lunr.Index.load(JSON.parse(readFileSync(whole, "utf8")));
const same = (one, other) => one.length === other.length && one.every((value, n) => Object.is(value, other[n]));

const rows = [];
for (const clauses of queries) {
  const build = (query) => clauses.forEach(([term, options]) => query.term(term, { usePipeline: false, ...options }));
  const expected = index.query(build).map(({ ref, score }) => [Number(ref), score]);
  const answer = (await engine.lunr(build)).map(({ ref, score }) => [ref, score]);
  const equal = (column, end) => same(expected.slice(0, end).map((row) => row[column]), answer.slice(0, end).map((row) => row[column]));
  rows.push([expected.length, equal(0, 20), equal(1, 20), equal(0) && equal(1)]);
}
console.log(JSON.stringify(rows));
