// The search engine: answers queries from the shards of the index. No DOM: the same file runs in browsers and
// in Node 20. docs/searching.md is the query language.

import { doubt, expand } from "./expand.js";
import { counted } from "./facets.js";
import { failure } from "./files.js";
import { named, shown } from "./hits.js";
import { ordered } from "./order.js";
import { parse } from "./query.js";
import { ENOUGH, find } from "./rank.js";
import { rehearseRanking } from "./rehearsal.js";
import { openShards } from "./shards.js";
import { pasted } from "./titles.js";
import { STOP_WORDS } from "./tokeniser.js";

const FREE = ["year", "month"]; // Facets whose counts cost no request.
const [MOST_HITS, MOST_WEIGHT] = [1e9, 1e6];
const SHOWN = ["category", "topic", "affiliation", "author", "code", "year", "month", "score"]; // All that readers filter by.

// The index below `baseUrl`, the folder of `current.json`, with or without a slash at its end. What fails throws an
// Error whose `kind` is "offline", "http" or "gone"; a deployment in the middle of a visit is no failure: the index is
// opened anew, once.
export async function openIndex(baseUrl, { fetch = (...request) => globalThis.fetch(...request), open = openShards } = {}) {
  const base = asFolder(baseUrl);
  let index = await open(base, { fetch });
  let renewing = null; // Several questions of one moment open one new index.

  async function asked(answer) {
    const used = index;
    try {
      return await answer(used);
    } catch (error) {
      if (error.kind !== "gone") throw error;
      renewing ??= used === index ? open(base, { fetch }).finally(() => { renewing = null; }) : null;
      if (renewing) index = await renewing;
      if (index.folder === used.folder) throw failure("http", error.message, error); // Nothing newer is there.
      return answer(index);
    }
  }

  return {
    get papers() { return index.papers; },
    get folder() { return index.folder; }, // Another one after a deployment: what came before is of another digest.
    get hasVotes() { return Boolean(index.facets.votes?.values?.some(({ value }) => Number(value) > 0)); },
    get facetNames() { return SHOWN.filter((name) => index.facets[name]); },
    isAtHand: (name) => index.isAtHand(name), // Whether counting that facet costs no request.
    search: (text, options) => asked((current) => search(current, text, options)),
    suggest: (text, options) => asked((current) => suggest(current, text, options)),
    named: (text, { hits, corrected }, limit) => named(index, text, { hits: hits.slice(0, limit), corrected }, limit),
    lunr: (build) => asked(async (current) => (await import("./exact.js")).exactQuery(current, build)),
  };
}

function asFolder(url) {
  const folder = new URL(url, globalThis.document?.baseURI);
  if (!folder.pathname.endsWith("/")) folder.pathname += "/";
  return folder.href;
}

const shared = new Map(); // Address -> the index that box and page of one visit share.

export function sharedIndex(baseUrl) {
  if (!shared.has(baseUrl)) {
    const opening = openIndex(baseUrl);
    shared.set(baseUrl, opening);
    opening.catch(() => forgetIndex(baseUrl));
  }
  return shared.get(baseUrl);
}

// After a failure the next search opens the index anew.
export const forgetIndex = (baseUrl) => shared.delete(baseUrl);

// { total, partial, hits, corrected, facets, names, empty, notes }; the last `partial` ones of all hits have only some
// of the words.
async function search(index, text, asked) {
  const { limit, offset, facets, first, ...options } = asOptions(asked ?? {});
  const { chosen, wanted } = asFacets(index, facets);
  const typed = parse(String(text ?? ""));
  if (!typed.words.length && !typed.conditions.length && !Object.keys(chosen).length) return { ...NOTHING };
  const { query, report, found } = await answered(index, text, typed, chosen, options);
  const end = offset + limit;
  const docs = await ordered(index, found, { ...options, end: Math.max(end, first) });
  const corrected = corrections(report, docs[0]);
  // The order of the first ones is known when all of them are there, however few of them are wanted.
  const start = limit && offset < first ? 0 : offset;
  const loaded = docs.slice(start, start ? end : limit && Math.max(end, first));
  const [hits, counts] = await Promise.all([
    shown(index, query, found, loaded, { first: start ? 0 : first, corrected, ...options }).then((all) => all.slice(offset - start, end - start)),
    counted(index, wanted, found),
  ]);
  return {
    total: found.full.length + found.fill.length, partial: found.fill.length, hits, corrected, ...counts,
    empty: false, notes: notes(report, hits),
  };
}

// What was found, and by which reading of the text: where the reader's own finds nothing, words that hardly any
// paper has are taken for mistakes, then phrases for words, and at last operators, too, if that may be a title.
async function answered(index, text, typed, chosen, options) {
  const title = await asTitle(index, typed, chosen, options);
  if (title) return title;
  let query = typed;
  let report = await lookedUp(index, query, options);
  let found = await find(index, query, chosen, options);
  const isNothing = () => !options.exact && found.full.length + found.fill.length === 0;
  if (query.words.length > 1 && !found.full.length && !options.exact && (await doubt(index, query, report))) {
    found = await find(index, query, chosen, options);
  }
  if (isNothing() && query.conditions.some(isAddress)) {
    ({ query, found } = await byAddress(index, query, report, chosen, options, found));
  }
  if (isNothing() && query.conditions.some(isPhrase)) {
    query = withoutPhrases(query);
    found = await find(index, query, chosen, options);
    report.note = "No paper has the exact phrase; these have its words.";
  }
  if (isNothing() && query.conditions.length) {
    const plain = parse(text, { isPlain: true });
    const again = await expand(index, plain, { ...options, exact: true });
    const other = await find(index, plain, chosen, options);
    const note = "No paper fits all conditions; these have the words.";
    const isTitle = other.titles.size || (isLikeTitle(query) && other.full.length + other.fill.length);
    if (isTitle) return { query: plain, report: { ...again, note }, found: other };
  }
  return { query, report, found };
}

// What has the address, whatever words stand beside it; where nothing has, what these find.
async function byAddress(index, query, report, chosen, options, nothing) {
  const alone = { ...query, words: [] };
  const found = await find(index, alone, chosen, options);
  if (found.full.length) return { query: alone, found };
  const conditions = query.conditions.filter((each) => !isAddress(each));
  report.unknown.push(...query.conditions.filter(isAddress).map(({ text }) => text));
  const rest = { ...query, conditions };
  return { query: rest, found: query.words.length ? await find(index, rest, chosen, options) : nothing };
}

// What was found by the most telling words of a title that was pasted, if it was one.
async function asTitle(index, typed, chosen, options) {
  const query = pasted(index, typed);
  if (!query) return null;
  const report = await lookedUp(index, query, { exact: true });
  const found = await find(index, query, chosen, options);
  return found.titles.size ? { query, report, found } : null;
}

// Looks the words up, and prepares what comes next while they are on their way.
function lookedUp(index, query, options) {
  const looking = expand(index, query, options);
  index.abstractLengths();
  rehearseRanking();
  return looking;
}

const NOTHING = { total: 0, partial: 0, hits: [], corrected: [], facets: {}, names: {}, empty: true, notes: [] };

// The options as numbers in their bounds, whatever they are.
function asOptions({ limit, offset, first, recency, popularity, ...others }) {
  const whole = (value, otherwise) => Math.trunc(within(value ?? otherwise, otherwise, MOST_HITS));
  return {
    ...others, limit: whole(limit, 10), offset: whole(offset, 0), first: whole(first, ENOUGH),
    recency: within(recency, 0, MOST_WEIGHT), popularity: within(popularity, 0, MOST_WEIGHT),
  };
}

const within = (value, otherwise, most) => (Number.isNaN(Number(value)) ? otherwise : Math.max(0, Math.min(most, Number(value))));

// Which facets filter, and which are counted.
function asFacets(index, wantedFacets) {
  const known = (name) => SHOWN.includes(name) && index.facets[name];
  const facets = typeof wantedFacets === "string" ? [wantedFacets] : wantedFacets;
  if (!facets || facets === true || Array.isArray(facets)) {
    return { chosen: {}, wanted: (facets === true ? SHOWN : facets || FREE).filter(known) };
  }
  const pairs = Object.entries(facets).filter(([name]) => known(name)).map(([name, values]) => [name, [values ?? []].flat()]);
  const chosen = pairs.filter(([, values]) => values.length).map(([name, values]) => [name, values.map(String)]);
  return { chosen: Object.fromEntries(chosen), wanted: [...new Set([...pairs.map(([name]) => name), ...FREE])].filter(known) };
}

const isAddress = ({ kind }) => kind === "address";
const isPhrase = ({ kind, negative }) => kind === "phrase" && !negative;
const IN_TITLES = [undefined, "title", "abstract"];

// Some words and something that looks like an operator. Who asks for a year or an author means it.
const isLikeTitle = ({ words, conditions }) => words.length > 1 && conditions.length > 0
  && conditions.every(({ kind, field }) => (kind === "words" || kind === "phrase") && IN_TITLES.includes(field));

// The query with the words of its phrases instead of these.
function withoutPhrases(query) {
  const words = query.conditions.filter((each) => isPhrase(each) && !each.field).flatMap((each) => each.words);
  const others = query.conditions.filter((each) => !isPhrase(each) || each.field);
  const conditions = others.map((each) => (isPhrase(each) ? { ...each, kind: "words" } : each));
  return { ...query, words: [...query.words, ...words], conditions };
}

// What was searched for instead of each word: the nearest one that the first paper has.
function corrections({ corrected }, doc) {
  const has = ({ entry }) => entry.postings.some((posting) => posting?.docs.includes(doc));
  return corrected.map(({ word, entries }) => ({ word, instead: (entries.find(has) ?? entries[0]).entry.term }));
}

function notes({ unknown, completed, capped, note }, hits) {
  return [
    ...completed.map((word) => `No paper has “${word}”; these have words that begin so.`),
    ...unknown.map((word) => (STOP_WORDS.has(word.toLowerCase())
      ? `“${word}” is too frequent to be searched for.` : `No paper has “${word}”.`)),
    ...capped.map((word) => `“${word}” stands for very many words; the most frequent were searched for.`),
    ...(note && hits.length ? [note] : []),
  ];
}

// What the box offers while the reader types: { papers, authors, topics, categories, corrected }.
async function suggest(index, typed, { limit = 5, ...options } = {}) {
  const text = String(typed ?? "");
  const { hits, corrected } = await search(index, text, { typing: true, first: limit, ...options, limit, facets: [] });
  return { papers: hits, ...named(index, text, { hits, corrected }, limit), corrected };
}
