// Asks the engine on indexes in folders: { folder, asks: [[method, text, options]], next, together } -> the answers
// and the requests. With `next`, the site is replaced by that folder's before the first question; with
// `together`, all questions are asked at once; `engine` is the file of another engine than the sources', `base` how the
// address of the index is written.
import { existsSync, readFileSync } from "node:fs";

const BASE = "https://digest.test/some/where/assets/search/";
const SOURCE = "../../site_templates/assets/search/engine.js";
const { folder, asks, next, together = false, engine: file = SOURCE, base = BASE } = JSON.parse(readFileSync(0, "utf8"));
const { openIndex } = await import(file);
let deployed = folder;
const requests = [];

async function fetch(url) {
  const name = url.slice(BASE.length);
  requests.push(name);
  const path = `${deployed}/${name}`;
  return existsSync(path) ? new Response(readFileSync(path)) : new Response("", { status: 404 });
}

const engine = await openIndex(base, { fetch });
if (next) deployed = next;
const ask = ([method, ...rest]) => engine[method](...rest).catch(({ kind, message }) => ({ kind, message }));
const answers = [];
if (together) answers.push(...(await Promise.all(asks.map(ask))));
else for (const each of asks) answers.push(await ask(each));
console.log(JSON.stringify({ answers, requests, papers: engine.papers, facetNames: engine.facetNames }));
