// Lunr's arithmetic on postings: bit for bit what lunr.js 2.3.9 computes on the whole index.
//
// lunr divides by the length of the query's vector alone, so nothing has to be known of a document but the
// query's own terms. What looks odd below is kept because it decides the last bit: a term counts in the
// query's vector of every field of its clause, also where no document has it there; products are added in
// the order of the terms in the index, and fields in the order in which they first matched.

export const OPTIONAL = 1; // As lunr.Query.presence.
export const REQUIRED = 2;
export const PROHIBITED = 3;

const HALF_LIFE = 36; // Months in which the bonus of a recent paper halves.

// What each document of a posting weighs in that field, as lunr stores it: with three decimals.
export function weights(index, entry, field) {
  const { tf, lengths } = entry.postings[field];
  const { k1, b } = index;
  const name = index.fields[field];
  const boost = index.boosts[name] || 1;
  const average = index.averages[name];
  const idf = rarity(index, entry);
  const found = new Float64Array(tf.length);
  for (let i = 0; i < found.length; i += 1) {
    let weight = idf * ((k1 + 1) * tf[i]) / (k1 * (1 - b + b * (lengths[i] / average)) + tf[i]);
    weight *= boost;
    found[i] = Math.round(weight * 1000) / 1000;
  }
  return found;
}

// lunr's idf: the rarer the term, the more; `df` is summed over the fields.
export function rarity(index, entry) {
  const df = entry.df.reduce((sum, each) => sum + each, 0);
  return Math.log(1 + Math.abs((index.papers - df + 0.5) / (df + 0.5)));
}

// The scores of all documents that match `clauses`: [{ entries, fields, boost, presence }], where `entries`
// are the terms of the index that stand for the clause and `fields` numbers of fields.
// { docs, scores }: documents in the order in which they first matched, and a score for every document.
export function score(index, clauses) {
  const { vectors, steps, required, prohibited } = collect(index, clauses);
  const isOut = (doc) => (required !== null && !required[doc]) || (prohibited !== null && prohibited[doc]);
  const isAnyOut = required !== null || prohibited !== null;
  const scores = new Float64Array(index.papers);
  if (clauses.every(({ presence }) => presence === PROHIBITED)) {
    const docs = Uint32Array.from({ length: index.papers }, (_, doc) => doc);
    return { docs: docs.filter((doc) => !isOut(doc)), scores };
  }
  const fields = vectors.map((vector, field) => (vector.size ? similarities(index, vector, field) : null));
  const seen = new Uint8Array(index.papers); // One bit for each field that has been added.
  const docs = new Uint32Array(index.papers);
  let count = 0;
  for (const { entry, field } of steps) {
    const bit = 1 << field;
    const { products, length } = fields[field];
    const posting = entry.postings[field].docs;
    for (let i = 0; i < posting.length; i += 1) {
      const doc = posting[i];
      if (seen[doc] & bit || (isAnyOut && isOut(doc))) continue;
      if (!seen[doc]) docs[count++] = doc;
      seen[doc] |= bit;
      scores[doc] += products[doc] / length || 0;
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

// For every document, the product of its vector of this field and the query's; and the length of the latter, by
// which it is to be divided.
function similarities(index, vector, field) {
  const found = new Float64Array(index.papers);
  let squares = 0;
  const terms = [...vector.values()].sort((one, other) => one.entry.index - other.entry.index);
  for (const { entry, boost } of terms) {
    squares += boost * boost;
    if (!entry.postings[field]) continue;
    const weight = weights(index, entry, field);
    const { docs } = entry.postings[field];
    for (let i = 0; i < weight.length; i += 1) found[docs[i]] += boost * weight[i];
  }
  return { products: found, length: Math.sqrt(squares) };
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
