// { data, whole, queries } on standard input -> for each query, whether the shards give what lunr.js gives from
// the whole index, a line [results, same first 20 documents, same scores of these, all the same]. The engine is
// opened anew now and then, or it would keep all that these queries ever made it read.
import { readFileSync } from "node:fs";
import { openIndex } from "../site_templates/assets/search/engine.js";
import lunr from "../site_templates/assets/search/lunr.js";

const BASE = "https://digest.test/";
const { data, whole, queries } = JSON.parse(readFileSync(0, "utf8"));
const fetch = async (url) => new Response(readFileSync(`${data}/${url.slice(BASE.length)}`));
const index = lunr.Index.load(JSON.parse(readFileSync(whole, "utf8")));
const same = (one, other) => one.length === other.length && one.every((value, n) => Object.is(value, other[n]));

const TOGETHER = 25;
let engine;
for (const [number, clauses] of queries.entries()) {
  if (number % TOGETHER === 0) engine = await openIndex(BASE, { fetch });
  const build = (query) => clauses.forEach(([term, options]) => query.term(term, { usePipeline: false, ...options }));
  const expected = index.query(build).map(({ ref, score }) => [Number(ref), score]);
  const answer = (await engine.lunr(build)).map(({ ref, score }) => [ref, score]);
  const equal = (column, end) => same(expected.slice(0, end).map((row) => row[column]), answer.slice(0, end).map((row) => row[column]));
  console.log(JSON.stringify([expected.length, equal(0, 20), equal(1, 20), equal(0) && equal(1)]));
}
