// Which documents are meant, and in which order: those of exactly this title first, then those that have all
// words, by lunr's score, then, where these are few, the best of those that have some.

import { isFound } from "./expand.js";
import { sequenceOf } from "./query.js";
import { favourRecent, fieldsOf, relevance } from "./scorer.js";

export const ENOUGH = 10; // Fewer full matches than this are filled up with partial ones.
const POOL = 100; // Partial matches among which filters choose.
const MOST_WEIGHED = 1000; // Papers among the best of which popularity is weighed.
const MOST_READ = 4; // Titles that are read because the text may be one of them.
const LEAST_WORDS = 3; // Of a title that is recognised although some of its words are not in the index.

// What matches, by numbers of documents, ascending where not said otherwise:
// { full, fill, base, passes, scores, titles, cover }: with all words and through all filters; partial matches
// that fill these up, the best first; what `full` would be without the filters by facet; these filters by
// name; scores of all documents; those of exactly this title.
export async function find(index, query, chosen, { recency = 0 } = {}) {
  const allowed = await allowedBy(index, query.conditions);
  const known = query.words.filter(isFound);
  const cover = coverage(index, known);
  const scores = relevance(index, query);
  if (recency) favourRecent(index, scores, recency);
  const isHopeless = query.words.length > 0 && !known.length && !query.conditions.some(isSought);
  const titles = await titled(index, query, allowed);
  const isFull = (doc) => titles.has(doc) || (allowed[doc] && cover[doc] === known.length && !isHopeless);
  const all = numbers(index, isFull);
  const few = all.length < ENOUGH || Object.keys(chosen).length > 0;
  const isPart = (doc) => allowed[doc] && cover[doc] > 0 && cover[doc] * 2 >= known.length && !isFull(doc);
  const pool = few && known.length > 1 ? partial(numbers(index, isPart), cover, scores) : [];

  const { base, passes } = await filtered(index, query, chosen, all, pool);
  const isIn = (doc) => [...passes.values()].every((pass) => pass(doc));
  const full = base.filter(isIn);
  const fill = pool.filter(isIn).slice(0, Math.max(0, ENOUGH - full.length));
  return { full, fill, base, passes, scores, titles, cover };
}

const isSought = ({ kind, negative }) => !negative && (kind === "words" || kind === "phrase");

function numbers(index, isWanted) {
  const found = [];
  for (let doc = 0; doc < index.papers; doc += 1) if (isWanted(doc)) found.push(doc);
  return Uint32Array.from(found);
}

// The documents that all conditions of the query allow, 1 for each; whether they have code is looked up later.
async function allowedBy(index, conditions) {
  const allowed = new Uint8Array(index.papers).fill(1);
  const phrases = conditions.filter(({ kind }) => kind === "phrase");
  for (const condition of [...conditions.filter(({ kind }) => kind !== "phrase" && kind !== "code"), ...phrases]) {
    const fields = fieldsOf(index, condition.field);
    const sets = condition.kind === "period"
      ? [inMonths(index, (month) => isInPeriod(month, condition))]
      : condition.words.map((word) => documentsWith(index, word, fields));
    if (condition.kind === "phrase" && sets.every((set) => set.includes(1))) {
      const { documentsWithPhrase } = await import("./phrase.js");
      const within = allowed.map((was, doc) => was && sets.every((set) => set[doc]));
      sets.push(await documentsWithPhrase(index, condition.text, fields, within));
    }
    const wanted = condition.negative ? 0 : 1;
    for (let doc = 0; doc < allowed.length; doc += 1) {
      if (Number(sets.every((set) => set[doc])) !== wanted) allowed[doc] = 0;
    }
  }
  return allowed;
}

// What passes the condition `has:code`, and the filters by facet.
async function filtered(index, { conditions }, chosen, all, pool) {
  const codes = conditions.filter(({ kind }) => kind === "code");
  if (!codes.length && !Object.keys(chosen).length) return { base: all, passes: new Map() };
  const { filters } = await import("./facets.js");
  const docs = Uint32Array.from(new Set([...all, ...pool])).sort();
  const passes = await filters(index, chosen, docs);
  if (!codes.length) return { base: all, passes };
  const hasCode = (await filters(index, { code: ["yes"] }, docs)).get("code");
  const fits = (doc) => codes.every(({ negative }) => hasCode(doc) !== negative);
  const name = Symbol("has:code"); // No facet: it restricts every count.
  return { base: all.filter(fits), passes: new Map([...passes, [name, fits]]) };
}

// The first `end` of what was found, as numbers of documents.
export async function ordered(index, { full, fill, scores, titles }, { sort = "relevance", popularity = 0, end = 10 }) {
  const byScore = (one, other) => titles.has(other) - titles.has(one) || scores[other] - scores[one] || one - other;
  let best;
  if (sort === "newest") best = await newest(index, full, end);
  else if (sort === "votes") best = await mostVotes(index, full, byScore);
  else {
    if (popularity) await favourPopular(index, full, scores, popularity);
    const values = titles.size ? scores.map((score, doc) => (titles.has(doc) ? Infinity : score)) : scores;
    best = first(full, end, values, byScore);
  }
  return [...best, ...fill].slice(0, end);
}

// Documents are numbered by month, so that only the days of some months have to be known.
async function newest(index, docs, end) {
  const month = new Uint16Array(index.papers);
  let start = 0;
  index.months.forEach(([, count], n) => month.fill(n, start, (start += count)));
  const last = docs.length > end ? month[docs[end - 1]] : Infinity;
  const some = docs.filter((doc) => month[doc] <= last);
  const day = await index.column("day", some);
  return Array.from(some).sort((one, other) => month[one] - month[other] || day(other) - day(one) || one - other);
}

async function mostVotes(index, docs, byScore) {
  const votes = await index.column("votes", docs);
  return Array.from(docs).sort((one, other) => votes(other) - votes(one) || byScore(one, other));
}

// The paper with most votes counts for `weight` more, one without for nothing more.
async function favourPopular(index, docs, scores, weight) {
  const some = first(docs, MOST_WEIGHED, scores, (one, other) => scores[other] - scores[one] || one - other);
  const column = await index.column("votes", Uint32Array.from(some).sort());
  const values = index.facets.votes.values ?? [];
  const votes = (doc) => Math.max(0, Number(values[column(doc)]?.value ?? 0));
  const most = Math.max(1, Number(values.at(-1)?.value ?? 1));
  for (const doc of some) scores[doc] *= 1 + (weight * Math.log1p(votes(doc))) / Math.log1p(most);
}

// The documents with a word, 1 for each: they have all terms of one of its alternatives in these fields.
export function documentsWith(index, word, fields) {
  const found = new Uint8Array(index.papers);
  for (const all of word.alternatives) {
    if (!all.every((term) => word.found.has(term))) continue;
    const count = new Uint8Array(index.papers);
    all.forEach((term, n) => {
      for (const { docs } of postingsOf(word.found.get(term), fields)) {
        for (let i = 0; i < docs.length; i += 1) if (count[docs[i]] === n) count[docs[i]] = n + 1;
      }
    });
    for (let doc = 0; doc < count.length; doc += 1) if (count[doc] === all.length) found[doc] = 1;
  }
  return found;
}

function* postingsOf(found, fields) {
  for (const { entry } of found) {
    for (const field of fields) if (entry.postings[field]) yield entry.postings[field];
  }
}

// How many of the words each document has.
function coverage(index, words) {
  const count = new Uint8Array(index.papers);
  const every = fieldsOf(index);
  for (const word of words) {
    const has = documentsWith(index, word, every);
    for (let doc = 0; doc < count.length; doc += 1) count[doc] += has[doc];
  }
  return count;
}

// The documents whose title has exactly the terms of the text, so many times each; some terms may be unknown,
// or were not looked up because they are part of an operator. Where that leaves a doubt, and where conditions do
// not allow the document, the title itself has to be the text.
async function titled(index, query, allowed) {
  const { terms, length, sequence } = query.literal;
  const field = index.fields.indexOf("title");
  const lists = new Map();
  for (const { found } of wordsOf(query)) {
    for (const [term, [{ entry }]] of found) {
      if (entry.term === term && terms.has(term)) lists.set(term, { posting: entry.postings[field], times: terms.get(term) });
    }
  }
  const known = [...lists.keys()].reduce((sum, term) => sum + terms.get(term), 0);
  const sure = known === length || (lists.size >= LEAST_WORDS && known * 3 >= length * 2);
  const found = sameTitles([...lists.values()], length);
  const certain = found.filter((doc) => sure && allowed[doc]);
  const others = found.filter((doc) => !sure || !allowed[doc]);
  if (!others.length || lists.size < 2 || others.length > MOST_READ) return new Set(certain);
  const stored = await index.stored(others);
  const isText = ({ title }) => sequenceOf(title).join(" ") === sequence.join(" ");
  return new Set([...certain, ...others.filter((_, n) => isText(stored[n]))]);
}

function sameTitles(lists, length) {
  if (!lists.length || lists.some(({ posting }) => !posting)) return [];
  lists.sort((one, other) => one.posting.docs.length - other.posting.docs.length);
  const [{ posting: { docs, lengths } }] = lists;
  return Array.from(docs).filter((doc, i) => lengths[i] === length && lists.every(({ posting, times }) => times === timesIn(posting, doc)));
}

const wordsOf = ({ words, conditions }) => [...words, ...conditions.flatMap((condition) => condition.words ?? [])];

function timesIn({ docs, tf }, doc) {
  let low = 0;
  let high = docs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (docs[middle] < doc) low = middle + 1;
    else high = middle;
  }
  return docs[low] === doc ? tf[low] : 0;
}

// The first `count` of `docs` by `compare`, which calls no two documents equal, where `values` orders them
// roughly: what is below the count-th value need not be sorted.
function first(docs, count, values, compare) {
  let some = docs;
  if (docs.length > 2000 && count < docs.length) {
    const least = Float64Array.from(docs, (doc) => values[doc]).sort().at(-count);
    some = docs.filter((doc) => values[doc] >= least);
  }
  return Array.from(some).sort(compare).slice(0, count);
}

// The best partial matches, most words first.
function partial(docs, cover, scores) {
  const values = Float64Array.from(cover, (count, doc) => count * 1e6 + scores[doc]);
  return first(docs, POOL, values, (one, other) => cover[other] - cover[one] || scores[other] - scores[one] || one - other);
}

// Documents of the months that pass, 1 for each.
export function inMonths(index, passes) {
  const found = new Uint8Array(index.papers);
  let doc = 0;
  for (const [month, count] of index.months) {
    if (passes(month)) found.fill(1, doc, doc + count);
    doc += count;
  }
  return found;
}

// Whether a month, or a year where the month is not known, is in a period; what is undated never is.
function isInPeriod(month, { from, to }) {
  return month !== "" && month.slice(0, from.length) >= from && (!to || month.slice(0, to.length) <= to);
}
