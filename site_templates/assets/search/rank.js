// Which documents are meant, and in which order: those of exactly this title first, then those that have all
// words, by lunr's score, then, where these are few, the best of those that have some.

import { isFound } from "./expand.js";
import { filters } from "./facets.js";
import { inMonths, isInPeriod } from "./months.js";
import { first } from "./order.js";
import { documentsWithPhrase } from "./phrase.js";
import { favourRecent, fieldsOf, relevance } from "./scorer.js";
import { titled } from "./titles.js";

export const ENOUGH = 10; // Fewer full matches than this are filled up with partial ones.
const POOL = 100; // Partial matches among which filters choose.

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
  const all = withTitles(covered(cover, isHopeless ? Infinity : known.length, known.length, allowed), titles);
  const few = all.length < ENOUGH || Object.keys(chosen).length > 0;
  const least = Math.max(1, Math.ceil(known.length / 2));
  const some = few && known.length > 1 ? covered(cover, least, known.length - 1, allowed) : new Uint32Array();
  const pool = partial(some.filter((doc) => !titles.has(doc)), cover, scores);

  const { base, passes } = await filtered(index, query, chosen, all, pool);
  const isIn = (doc) => [...passes.values()].every((pass) => pass(doc));
  const full = passes.size ? base.filter(isIn) : base;
  const fill = pool.filter(isIn).slice(0, Math.max(0, ENOUGH - full.length));
  return { full, fill, base, passes, scores, titles, cover };
}

const isSought = ({ kind, negative }) => !negative && (kind === "words" || kind === "phrase");

// The allowed documents that have so many of the words.
function covered(cover, least, most, allowed) {
  const found = new Uint32Array(cover.length);
  let count = 0;
  for (let doc = 0; doc < cover.length; doc += 1) {
    if (cover[doc] >= least && cover[doc] <= most && allowed[doc]) found[count++] = doc;
  }
  return found.slice(0, count);
}

function withTitles(docs, titles) {
  return titles.size ? Uint32Array.from(new Set([...docs, ...titles])).sort() : docs;
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
  const docs = Uint32Array.from(new Set([...all, ...pool])).sort();
  const passes = await filters(index, chosen, docs);
  if (!codes.length) return { base: all, passes };
  const hasCode = (await filters(index, { code: ["yes"] }, docs)).get("code");
  const fits = (doc) => codes.every(({ negative }) => hasCode(doc) !== negative);
  const name = Symbol("has:code"); // No facet: it restricts every count.
  return { base: all.filter(fits), passes: new Map([...passes, [name, fits]]) };
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
  const counted = new Uint8Array(index.papers); // The last word that has been counted, by its number.
  const every = fieldsOf(index);
  words.forEach((word, n) => {
    const [[term, ...others]] = word.alternatives;
    if (!others.length && word.alternatives.length === 1) {
      for (const { docs } of postingsOf(word.found.get(term), every)) {
        for (let i = 0; i < docs.length; i += 1) {
          if (counted[docs[i]] === n + 1) continue;
          counted[docs[i]] = n + 1;
          count[docs[i]] += 1;
        }
      }
    } else {
      const has = documentsWith(index, word, every);
      for (let doc = 0; doc < count.length; doc += 1) count[doc] += has[doc];
    }
  });
  return count;
}

// The best partial matches, most words first.
function partial(docs, cover, scores) {
  const compare = (one, other) => cover[other] - cover[one] || scores[other] - scores[one] || one - other;
  return first(docs, POOL, (doc) => cover[doc] * 1e6 + scores[doc], compare);
}
