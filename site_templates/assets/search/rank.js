// Which documents are meant, and in which order: those of exactly this title first, then those that have all
// words, by lunr's score, then, where these are few, the best of those that have some.

import { OPTIONAL, score } from "./scorer.js";

export const ENOUGH = 10; // Fewer full matches than this are filled up with partial ones.
const POOL = 100; // Partial matches among which filters choose.
const HALF_LIFE = 36; // Months in which the bonus of a recent paper halves.
const LEAST_WORDS = 3; // Of a title that is recognised although some of its words are not in the index.

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

export function fieldsOf(index, name) {
  return name ? [index.fields.indexOf(name)] : index.fields.map((_, field) => field);
}

// How many of the words each document has.
export function coverage(index, words) {
  const count = new Uint8Array(index.papers);
  const every = fieldsOf(index);
  for (const word of words) {
    const has = documentsWith(index, word, every);
    for (let doc = 0; doc < count.length; doc += 1) count[doc] += has[doc];
  }
  return count;
}

// lunr's scores for all words of the query and of its conditions; a term counts once.
export function relevance(index, query) {
  const boosts = new Map(); // fields and term -> clause
  const add = (fields, entry, boost) => {
    const key = `${fields} ${entry.term}`;
    boosts.set(key, { entries: [entry], fields, presence: OPTIONAL, boost: Math.max(boost, boosts.get(key)?.boost ?? 0) });
  };
  const addAll = (words, fields) => {
    for (const word of words) {
      for (const { entry, boost } of [...word.found.values()].flat()) add(fields, entry, boost);
    }
  };
  addAll(query.words, fieldsOf(index));
  for (const { words, field, negative } of query.conditions) if (words && !negative) addAll(words, fieldsOf(index, field));
  for (const entry of query.names) add(fieldsOf(index, "authors"), entry, 1);
  return boosts.size ? score(index, [...boosts.values()]).scores : new Float64Array(index.papers);
}

// The documents whose title has exactly the terms of the text; a third of them may be unknown.
export function titled(index, query) {
  const { terms, length } = query.literal;
  const field = index.fields.indexOf("title");
  const entries = new Map();
  for (const { found } of wordsOf(query)) {
    for (const [term, [{ entry }]] of found) if (entry.term === term && terms.has(term)) entries.set(term, entry);
  }
  const known = [...entries.keys()].reduce((sum, term) => sum + terms.get(term), 0);
  const lists = [...entries].map(([term, { postings }]) => ({ posting: postings[field], times: terms.get(term) }));
  if (!length || lists.some(({ posting }) => !posting)) return [];
  if (known < length && (entries.size < LEAST_WORDS || known * 3 < length * 2)) return [];
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

// The first `count` of `docs` by `compare`, which must never call two documents equal, where `values` orders
// them roughly: whatever is below the count-th value need not be sorted.
export function first(docs, count, values, compare) {
  let some = docs;
  if (docs.length > 2000 && count < docs.length) {
    const sorted = Float64Array.from(docs, (doc) => values[doc]).sort();
    const least = sorted[sorted.length - count];
    some = docs.filter((doc) => values[doc] >= least);
  }
  return Array.from(some).sort(compare).slice(0, count);
}

// The best partial matches, most words first.
export function partial(docs, cover, scores) {
  const values = Float64Array.from(cover, (count, doc) => count * 1e6 + scores[doc]);
  return first(docs, POOL, values, (one, other) => cover[other] - cover[one] || scores[other] - scores[one] || one - other);
}

// Recent papers count for up to `weight` more, beside the newest month of the index.
export function favourRecent(index, scores, weight) {
  const newest = index.months[0][0];
  const age = (month) => (month ? monthsOf(newest) - monthsOf(month) : Infinity);
  let doc = 0;
  for (const [month, count] of index.months) {
    const factor = 1 + weight * 0.5 ** (age(month) / HALF_LIFE);
    for (const end = doc + count; doc < end; doc += 1) scores[doc] *= factor;
  }
}

const monthsOf = (month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7) || 1);
