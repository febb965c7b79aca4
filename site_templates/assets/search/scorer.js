// Lunr's arithmetic on postings: bit for bit what lunr.js 2.3.9 computes on the whole index.
//
// lunr divides by the length of the query's vector alone, so nothing has to be known of a document but the
// query's own terms. What looks odd below is kept because it decides the last bit: a term counts in the
// query's vector of every field of its clause, also where no document has it there; products are added in
// the order of the terms in the index, and fields in the order in which they first matched.

import { placesIn, union } from "./lists.js";

export const OPTIONAL = 1; // As lunr.Query.presence.
export const REQUIRED = 2;
export const PROHIBITED = 3;

const HALF_LIFE = 36; // Months in which the bonus of a recent paper halves.

// What the rows of a posting in these places weigh, as lunr stores it: with three decimals; nothing at -1.
function weights(index, entry, field, places) {
  const { docs, tf, lengths } = entry.postings[field];
  const { k1, b } = index;
  const name = index.fields[field];
  const boost = index.boosts[name] || 1;
  const average = index.averages[name];
  const idf = rarity(index, entry);
  const found = new Float64Array(places.length);
  const byDocument = lengths ? null : index.abstractLengths();
  for (let n = 0; n < places.length; n += 1) {
    const i = places[n];
    if (i < 0) continue;
    const length = byDocument === null ? lengths[i] : byDocument[docs[i]];
    let weight = idf * ((k1 + 1) * tf[i]) / (k1 * (1 - b + b * (length / average)) + tf[i]);
    weight *= boost;
    found[n] = Math.round(weight * 1000) / 1000;
  }
  return found;
}

// lunr's idf: the rarer the term, the more; `df` is summed over the fields.
export function rarity(index, entry) {
  const df = entry.df.reduce((sum, each) => sum + each, 0);
  return Math.log(1 + Math.abs((index.papers - df + 0.5) / (df + 0.5)));
}

// The scores of the documents that match `clauses`: [{ entries, fields, boost, presence }], where `entries` are the
// terms of the index that stand for the clause and `fields` numbers of fields; of those `among` them, if it is given.
// { docs, scores }: documents in the order in which they first matched, and scores by document.
export function score(index, clauses, among = null) {
  const { vectors, steps, required, prohibited } = collect(index, clauses);
  const isOut = (doc) => (required !== null && !required[doc]) || (prohibited !== null && prohibited[doc]);
  const scores = new Float64Array(index.papers);
  if (clauses.every(({ presence }) => presence === PROHIBITED)) {
    const docs = Uint32Array.from({ length: index.papers }, (_, doc) => doc);
    return { docs: docs.filter((doc) => !isOut(doc)), scores };
  }
  const wanted = among ?? union(steps.map(({ entry, field }) => entry.postings[field].docs)).filter((doc) => !isOut(doc));
  const fields = vectors.map((vector, field) => (vector.size ? similarities(index, vector, field, wanted) : null));
  const seen = new Uint8Array(wanted.length); // One bit for each field that has been added.
  const docs = new Uint32Array(wanted.length);
  let count = 0;
  for (const { entry, field } of steps) {
    const bit = 1 << field;
    const { products, length, rows } = fields[field];
    const places = rows.get(entry.index);
    for (let n = 0; n < places.length; n += 1) {
      if (places[n] < 0 || seen[n] & bit) continue;
      const doc = wanted[n];
      if (!seen[n]) docs[count++] = doc;
      seen[n] |= bit;
      scores[doc] += products[n] / length || 0;
    }
  }
  return { docs: docs.subarray(0, count), scores };
}

// The query's vector of each field, the pairs of term and field in the order in which lunr meets them, and
// the documents that are required and prohibited (null where no clause says so).
function collect(index, clauses) {
  const vectors = index.fields.map(() => new Map()); // term's number -> { entry, boost }
  const steps = [];
  let required = null;
  let prohibited = null;
  for (const { entries, fields, boost, presence } of clauses) {
    const matches = presence === REQUIRED && fields.length ? new Uint8Array(index.papers) : null;
    for (const entry of entries) {
      for (const field of fields) {
        const posting = entry.postings[field];
        if (presence === PROHIBITED) {
          prohibited ??= new Uint8Array(index.papers);
          posting?.docs.forEach((doc) => { prohibited[doc] = 1; });
          continue;
        }
        if (matches) posting?.docs.forEach((doc) => { matches[doc] = 1; });
        const known = vectors[field].get(entry.index);
        vectors[field].set(entry.index, { entry, boost: known ? known.boost + boost : boost });
        if (!known && posting) steps.push({ entry, field });
      }
    }
    if (matches) required = required ? required.map((was, doc) => was & matches[doc]) : matches;
  }
  return { vectors, steps, required, prohibited };
}

// For each of the wanted documents, the product of its vector of this field and the query's; the length of the latter,
// by which it is to be divided; and for each term that the field has, where its rows of these documents are.
function similarities(index, vector, field, wanted) {
  const products = new Float64Array(wanted.length);
  const rows = new Map();
  let squares = 0;
  const terms = [...vector.values()].sort((one, other) => one.entry.index - other.entry.index);
  for (const { entry, boost } of terms) {
    squares += boost * boost;
    if (!entry.postings[field]) continue;
    const places = placesIn(entry.postings[field].docs, wanted);
    const weight = weights(index, entry, field, places);
    for (let n = 0; n < places.length; n += 1) if (places[n] >= 0) products[n] += boost * weight[n];
    rows.set(entry.index, places);
  }
  return { products, length: Math.sqrt(squares), rows };
}

// lunr's scores of these documents for all words of the query and of its conditions; a term counts once.
export function relevance(index, query, docs) {
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
  return boosts.size ? score(index, [...boosts.values()], docs).scores : new Float64Array(index.papers);
}

export function fieldsOf(index, name) {
  return name ? [index.fields.indexOf(name)] : index.fields.map((_, field) => field);
}

// Recent papers count for up to `weight` more, beside the newest month of the index.
export function favourRecent(index, scores, weight) {
  const newest = monthsOf(index.months[0]?.[0] ?? "");
  let doc = 0;
  for (const [month, count] of index.months) {
    const factor = month ? 1 + weight * 0.5 ** ((newest - monthsOf(month)) / HALF_LIFE) : 1;
    for (const end = doc + count; doc < end; doc += 1) scores[doc] *= factor;
  }
}

const monthsOf = (month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7) || 1);
