// Which documents are meant, and in which order: those of exactly this title first, then those that have all
// words, by lunr's score, then, where these are few, the best of those that have some.

import { isFound } from "./expand.js";
import { filters } from "./facets.js";
import { marked, placesIn, union, within } from "./lists.js";
import { inMonths, isInPeriod } from "./months.js";
import { first } from "./order.js";
import { documentsWithPhrase } from "./phrase.js";
import { favourRecent, fieldsOf, relevance } from "./scorer.js";
import { titled } from "./titles.js";

export const ENOUGH = 10; // Fewer full matches than this are filled up with partial ones.
const POOL = 100; // Partial matches among which filters choose.

// What matches, by numbers of documents, ascending where not said otherwise:
// { full, fill, base, more, passes, scores, titles }: with all words and through all filters; partial matches
// that fill these up, the best first; what both would be without the filters by facet; these filters by
// name; scores of all these documents; those of exactly this title.
// So filters only ever leave less of what was there without them, as their counts say; but where they would leave
// nothing, other partial matches may pass them.
export async function find(index, query, chosen, { recency = 0 } = {}) {
  const allowed = await allowedBy(index, query.conditions);
  const known = query.words.filter(isFound);
  const isHopeless = query.words.length > 0 && !known.length && !query.conditions.some(isSought);
  const titles = await titled(index, query, allowed);
  const words = known.map((word) => listsOf(index, word));
  const all = withTitles(isHopeless ? new Uint32Array() : withAll(words, allowed), titles);
  const few = all.length < ENOUGH || Object.keys(chosen).length > 0;
  const least = Math.max(1, Math.ceil(known.length / 2));
  const { some, cover } = few && known.length > 1 ? withSome(index, words, least, allowed) : { some: new Uint32Array() };
  const others = some.filter((doc) => !titles.has(doc));
  const scores = relevance(index, query, union([all, others]));
  if (recency) favourRecent(index, scores, recency);
  const pool = partial(others, cover, scores);

  const { base, passes, allows } = await filtered(index, query, chosen, all, pool);
  const isIn = (doc) => [...passes.values()].every((pass) => pass(doc));
  const full = passes.size ? base.filter(isIn) : base;
  const usual = pool.filter(allows).slice(0, Math.max(0, ENOUGH - base.length));
  const left = usual.filter(isIn);
  const fill = full.length + left.length ? left : pool.filter(isIn).slice(0, ENOUGH);
  return { full, fill, base, more: union([usual, fill].map((docs) => Uint32Array.from(docs).sort())), passes, scores, titles };
}

const isSought = ({ kind, negative }) => !negative && (kind === "words" || kind === "phrase" || kind === "address");

function withTitles(docs, titles) {
  return titles.size ? union([docs, Uint32Array.from(titles).sort()]) : docs;
}

// The documents that all conditions of the query allow, 1 for each; whether they have code is looked up later.
async function allowedBy(index, conditions) {
  const allowed = new Uint8Array(index.papers).fill(1);
  const phrases = conditions.filter(({ kind }) => kind === "phrase");
  for (const condition of [...conditions.filter(({ kind }) => kind !== "phrase" && kind !== "code"), ...phrases]) {
    const fields = fieldsOf(index, condition.field);
    const sets = await setsOf(index, condition, fields);
    if (condition.kind === "phrase" && sets.every((set) => set.includes(1))) {
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

// The documents that each part of a condition allows, 1 for each.
async function setsOf(index, { kind, text, words, periods }, fields) {
  if (kind === "address") return [await (await import("./addresses.js")).documentsAt(index, text)];
  if (kind === "period") return [inMonths(index, (month) => periods.some((period) => isInPeriod(month, period)))];
  return words.map((word) => documentsWith(index, word, fields));
}

// { base, passes, allows }: what passes the condition `has:code`, the filters by facet with that, and that alone.
async function filtered(index, { conditions }, chosen, all, pool) {
  const codes = conditions.filter(({ kind }) => kind === "code");
  const allows = () => true;
  if (!codes.length && !Object.keys(chosen).length) return { base: all, passes: new Map(), allows };
  const docs = Uint32Array.from(new Set([...all, ...pool])).sort();
  const passes = await filters(index, chosen, docs);
  if (!codes.length) return { base: all, passes, allows };
  const hasCode = (await filters(index, { code: ["yes"] }, docs)).get("code");
  const fits = (doc) => codes.every(({ negative }) => hasCode(doc) !== negative);
  const name = Symbol("has:code"); // No facet: it restricts every count.
  return { base: all.filter(fits), passes: new Map([...passes, [name, fits]]), allows: fits };
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

// How to find the documents that have a word: { lists, size }, a list for each field, or one that is made; `size` is
// how long they are together.
function listsOf(index, word) {
  const [[term, ...others]] = word.alternatives;
  const isSimple = !others.length && word.alternatives.length === 1;
  const every = fieldsOf(index);
  const lists = isSimple
    ? Array.from(postingsOf(word.found.get(term), every), ({ docs }) => docs)
    : [marked(documentsWith(index, word, every))];
  return { lists, size: lists.reduce((sum, { length }) => sum + length, 0) };
}

const bySize = (one, other) => one.size - other.size;

// The allowed documents that have all of these words, the rarest looked at first.
function withAll(words, allowed) {
  if (!words.length) return marked(allowed);
  const [first, ...others] = [...words].sort(bySize).map(({ lists }) => lists);
  return others.reduce(within, union(first)).filter((doc) => allowed[doc]);
}

// The allowed documents that have so many of these words, but not all, and how many each has: { some, cover }. They
// have one of the rarest, so that the most frequent ones need not be looked through.
function withSome(index, words, least, allowed) {
  const cover = new Uint8Array(index.papers);
  const sorted = [...words].sort(bySize).map(({ lists }) => union(lists));
  const docs = union(sorted.slice(0, sorted.length - least + 1));
  for (const list of sorted) placesIn(list, docs).forEach((place, n) => { if (place >= 0) cover[docs[n]] += 1; });
  const fits = (doc) => allowed[doc] && cover[doc] >= least && cover[doc] < words.length;
  return { some: docs.filter(fits), cover };
}

// The best partial matches, most words first.
function partial(docs, cover, scores) {
  const compare = (one, other) => cover[other] - cover[one] || scores[other] - scores[one] || one - other;
  return first(docs, POOL, (doc) => cover[doc] * 1e6 + scores[doc], compare);
}
