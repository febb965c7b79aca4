// The search engine: answers queries from the shards of the index. No DOM: the same file runs in browsers and
// in Node 20. docs/searching.md is the query language.

import { doubt, expand } from "./expand.js";
import { parse } from "./query.js";
import { ENOUGH, find, ordered } from "./rank.js";
import { openShards } from "./shards.js";
import { STOP_WORDS, mark, partsOf, terms, words } from "./tokeniser.js";

const FREE = ["year", "month"]; // Facets whose counts cost no request.
const SHOWN = ["category", "topic", "affiliation", "author", "code", "year", "month"]; // All that readers filter by.

// The index below `baseUrl`, the folder of `current.json`. What fails throws an Error whose `kind` is "offline",
// "http" or "gone"; a deployment in the middle of a visit is no failure: the index is opened anew, once.
export async function openIndex(baseUrl, { fetch = (...request) => globalThis.fetch(...request), open = openShards } = {}) {
  const once = () => open(baseUrl, { fetch });
  const opened = () => once().catch((error) => (error.kind === "gone" ? once() : Promise.reject(error)));
  let index = await opened();
  let renewing = null; // Several questions of one moment open one new index.

  async function asked(answer) {
    const used = index;
    try {
      return await answer(used);
    } catch (error) {
      if (error.kind !== "gone") throw error;
      renewing ??= used === index ? opened().finally(() => { renewing = null; }) : null;
      if (renewing) index = await renewing;
      return answer(index);
    }
  }

  return {
    get papers() { return index.papers; },
    get facetNames() { return SHOWN.filter((name) => index.facets[name]); },
    search: (text, options) => asked((current) => search(current, text, options)),
    suggest: (text, options) => asked((current) => suggest(current, text, options)),
    lunr: (build) => asked(async (current) => (await import("./exact.js")).exactQuery(current, build)),
  };
}

// { total, hits, corrected, facets, names, empty, notes }
async function search(index, text, { limit = 10, offset = 0, facets, ...options } = {}) {
  const { chosen, wanted } = asFacets(index, facets);
  const typed = parse(text);
  if (!typed.words.length && !typed.conditions.length && !Object.keys(chosen).length) return { ...NOTHING };
  const counting = wanted.length ? import("./facets.js") : { counted: () => ({ facets: {}, names: {} }) };
  const { query, report, found } = await answered(index, text, typed, chosen, options);
  const docs = await ordered(index, found, { ...options, end: offset + limit });
  const corrected = corrections(report, docs[0]);
  const [hits, counts] = await Promise.all([
    shown(index, query, found, docs.slice(offset), { isFirst: offset === 0, corrected, ...options }),
    Promise.resolve(counting).then(({ counted }) => counted(index, wanted, found)),
  ]);
  return {
    total: found.full.length + found.fill.length, hits, corrected, ...counts,
    empty: false, notes: notes(report, hits),
  };
}

// What was found, and by which reading of the text: where the reader's own finds nothing, words that hardly any
// paper has are taken for mistakes, then phrases for words, and at last operators, too: titles may have them.
async function answered(index, text, typed, chosen, options) {
  let query = typed;
  let report = await expand(index, query, options);
  let found = await find(index, query, chosen, options);
  const isNothing = () => !options.exact && found.full.length + found.fill.length === 0;
  if (query.words.length > 1 && !found.full.length && !options.exact && (await doubt(index, query, report))) {
    found = await find(index, query, chosen, options);
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
    if (other.full.length + other.fill.length) return { query: plain, report: { ...again, note }, found: other };
  }
  return { query, report, found };
}

const NOTHING = { total: 0, hits: [], corrected: [], facets: {}, names: {}, empty: true, notes: [] };

// Which facets filter, and which are counted.
function asFacets(index, facets) {
  const known = (name) => SHOWN.includes(name) && index.facets[name];
  if (!facets || facets === true || Array.isArray(facets)) {
    return { chosen: {}, wanted: (facets === true ? SHOWN : facets ?? FREE).filter(known) };
  }
  const pairs = Object.entries(facets).filter(([name]) => known(name));
  const chosen = pairs.filter(([, values]) => values.length).map(([name, values]) => [name, values.map(String)]);
  return { chosen: Object.fromEntries(chosen), wanted: [...new Set([...pairs.map(([name]) => name), ...FREE])].filter(known) };
}

const isPhrase = ({ kind, negative }) => kind === "phrase" && !negative;

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

function notes({ unknown, capped, note }, hits) {
  return [
    ...unknown.map((word) => `No paper has “${word}”.`),
    ...capped.map((word) => `“${word}” stands for very many words; the most frequent were searched for.`),
    ...(note && hits.length ? [note] : []),
  ];
}

// The documents as hits. Of the first page, those go first that have the words in their title as they were typed,
// or at least in this order: they are known when their titles are there.
async function shown(index, query, { full, scores, titles }, docs, { isFirst, corrected, sort = "relevance" }) {
  const stored = await index.stored(docs);
  const hits = docs.map((doc, n) => hit(stored[n], scores[doc], marked(index, query)));
  const typed = sequence(query.words.map(({ text }) => text).join(" "), corrected);
  if (!isFirst || sort !== "relevance" || typed.length < 2) return hits;
  const head = hits.slice(0, Math.min(ENOUGH, full.length));
  const place = head.map(({ title }, n) => (titles.has(docs[n]) ? 4 : 0) + likeness(sequence(title), typed));
  const ranked = head.map((_, n) => n).sort((one, other) => place[other] - place[one] || one - other);
  return [...ranked.map((n) => head[n]), ...hits.slice(head.length)];
}

// The words of a text, without stop words; instead of those that were corrected, the right ones.
function sequence(text, corrected = []) {
  const instead = new Map(corrected.map((each) => [each.word, each.instead]));
  const parts = words(text).flatMap(partsOf).map((part) => instead.get(part) ?? terms(part)[0]);
  return parts.filter((term) => term && !STOP_WORDS.has(term));
}

// How much of what was typed a title is: 3 the whole title, 2 words side by side, 1 words in this order, or 0.
function likeness(title, typed) {
  const [all, some] = [title, typed].map((each) => ` ${each.join(" ")} `);
  if (all.includes(some)) return all === some ? 3 : 2;
  let found = 0;
  for (const term of title) if (term === typed[found]) found += 1;
  return found === typed.length ? 1 : 0;
}

// For each field, whether a term of it was searched for.
function marked(index, query) {
  const wanted = new Map(index.fields.map((field) => [field, new Set(field === "authors" ? query.names.map(({ term }) => term) : [])]));
  const add = (all, fields) => {
    for (const word of all) for (const { entry } of [...word.found.values()].flat()) for (const field of fields) wanted.get(field).add(entry.term);
  };
  add(query.words, index.fields);
  for (const { words: all, field, negative } of query.conditions) if (all && !negative) add(all, field ? [field] : index.fields);
  return (field) => (term) => wanted.get(field).has(term);
}

function hit(stored, score, isWanted) {
  const { id, title, authors, people, etAl, categories, snippet, ...facts } = stored;
  return {
    id, score, title, url: `papers/${id}/`, authors, etAl, category: categories[0] ?? "", categories, ...facts,
    people: authors.map((name, n) => ({ name, url: people[n] ? `authors/${people[n]}/` : null })),
    titleParts: mark(title, isWanted("title")),
    authorParts: mark(authors.join(", ") + (etAl ? " et al." : ""), isWanted("authors")),
    snippet: mark(snippet, isWanted("abstract")),
  };
}

// What the box offers while the reader types: { papers, authors, topics, categories, corrected }.
async function suggest(index, text, { limit = 5, ...options } = {}) {
  const found = await search(index, text, { typing: true, ...options, limit, facets: [] });
  const typed = words(text);
  const fits = (name) => isNamed(name, typed);
  const authors = new Map();
  for (const { people } of found.hits) {
    for (const { name, url } of people) if (fits(name) && !authors.has(url ?? name)) authors.set(url ?? name, { name, url, count: null });
  }
  const groups = (name) => (index.facets[name]?.values ?? []).filter((value) => fits(`${value.name} ${value.value}`))
    .slice(0, limit).map(({ name: shownName, url, count, value }) => ({ name: shownName, url, count, value }));
  return {
    papers: found.hits, authors: [...authors.values()].slice(0, limit),
    topics: groups("topic"), categories: groups("category"), corrected: found.corrected,
  };
}

// Whether every word that was typed begins a word of the name.
function isNamed(name, typed) {
  const all = words(name).flatMap((word) => [word, ...partsOf(word)]);
  return typed.length > 0 && typed.every((part) => all.some((word) => word.startsWith(part)));
}
