// The search engine: loads the prebuilt index and answers queries. No DOM: the same file runs in browsers
// and in Node 20. Only generator/search/ knows the format of what is loaded here.

import lunr from "./lunr.js";
import { expand, parse } from "./query.js";
import { fold, mark } from "./tokeniser.js";

const ENOUGH = 10; // Fewer full matches than this are filled up with partial ones.
const SNIPPET = 240;

// The index below `baseUrl` (the folder of `current.json`). Rejects where it cannot be loaded.
export async function openIndex(baseUrl, { fetch = globalThis.fetch } = {}) {
  const get = async (name, options) => {
    const response = await fetch(new URL(name, baseUrl).href, options);
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.json();
  };
  const { folder } = await get("current.json", { cache: "no-cache" });
  const [serialised, papers] = await Promise.all([get(`${folder}/index.json`), get(`${folder}/papers.json`)]);
  const index = lunr.Index.load(serialised);
  return { search: (text, options) => search(index, papers, text, options), papers: papers.length };
}

// { total, hits, corrected, query }: papers with all words first, the best of them first, then, where these
// are few, papers with most of the words. `corrected` lists words that were replaced.
async function search(index, papers, text, { limit = 20, offset = 0, typing = false } = {}) {
  const query = parse(text);
  if (!query.length) return { total: 0, hits: [], corrected: [], empty: true };
  const { expansions, corrected } = expand(index, query, typing);
  const ranked = rank(find(index, expansions), query, expansions, papers, text);
  const wanted = new Set([...expansions.values()].flat().map(({ term }) => term));
  const hits = ranked.slice(offset, offset + limit).map((found) => hit(papers[found.ref], found.score, wanted));
  return { total: ranked.length, hits, corrected, empty: false };
}

function find(index, expansions) {
  const boosts = new Map();
  for (const { term, boost } of [...expansions.values()].flat()) {
    boosts.set(term, Math.max(boost, boosts.get(term) ?? 0));
  }
  return index.query((clauses) => {
    for (const [term, boost] of boosts) clauses.term(term, { boost, usePipeline: false });
  });
}

function rank(results, query, expansions, papers, text) {
  const phrase = fold(text).trim();
  const scored = results.map(({ ref, score, matchData }) => {
    const has = (term) => expansions.get(term)?.some((found) => found.term in matchData.metadata);
    const words = query.filter((word) => word.alternatives.some((all) => all.every(has))).length;
    const inTitle = phrase.length > 3 && fold(papers[ref][1]).includes(phrase);
    return { ref: Number(ref), words, score: inTitle ? score * 2 : score };
  });
  scored.sort((a, b) => b.words - a.words || b.score - a.score || a.ref - b.ref);
  const full = scored.filter(({ words }) => words === query.length);
  const partial = scored.slice(full.length).filter(({ words }) => words >= Math.max(1, query.length / 2));
  return full.concat(partial.slice(0, Math.max(0, ENOUGH - full.length)));
}

function hit([id, title, authors, etAl, category, date, abstract, inferred], score, wanted) {
  const matches = (term) => wanted.has(term);
  return {
    id, score, title, authors, etAl: Boolean(etAl), category, inferred: Boolean(inferred), date, url: `papers/${id}/`,
    titleParts: mark(title, matches),
    authorParts: mark(authors.join(", ") + (etAl ? " et al." : ""), matches),
    snippet: snippet(abstract, matches),
  };
}

// The part of the abstract around its first match, on words.
function snippet(abstract, matches) {
  const parts = mark(abstract, matches);
  let before = 0;
  for (const part of parts) {
    if (part.match) break;
    before += part.text.length;
  }
  let start = before >= abstract.length || before < SNIPPET / 2 ? 0 : before - SNIPPET / 3;
  let end = Math.min(start + SNIPPET, abstract.length);
  // On words; Chinese and Japanese have no blanks and are cut where they are.
  const first = abstract.indexOf(" ", start);
  if (start && first >= 0 && first < before) start = first + 1;
  const last = abstract.lastIndexOf(" ", end);
  if (end < abstract.length && last > start + SNIPPET / 2) end = last;
  const shown = abstract.slice(start, end);
  return mark(`${start ? "… " : ""}${shown}${end < abstract.length ? " …" : ""}`, matches);
}
