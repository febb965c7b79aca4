// Whether the text is the title of a paper. Of a long one, a few words tell it from all others: where they lead to
// it, the rest need not be loaded.

import { sequenceOf } from "./query.js";

const MOST_READ = 4; // Titles that are read because the text may be one of them.
const LEAST_WORDS = 3; // Of a title that is recognised although some of its words are not in the index.
const MANY_WORDS = 8; // More than readers type of a title that they do not paste.
const TELLING = 5; // Words, each of them a request.

// The query with the most telling words of a text that may be a pasted title, or null: rare words, then long ones.
// They find titles only where their whole text is that of the query.
export function pasted(index, query) {
  if (query.words.length <= MANY_WORDS || query.conditions.length) return null;
  const value = ({ text, terms }) => text.length - (terms.some((term) => index.isFrequent(term)) ? 200 : 0) - 100 * terms.length;
  const telling = new Set([...query.words].sort((one, other) => value(other) - value(one)).slice(0, TELLING));
  return { ...query, words: query.words.filter((word) => telling.has(word)), isPart: true };
}

// The documents whose title has exactly the terms of the text, so many times each; some terms may be unknown,
// or were not looked up because they are part of an operator, or because others tell more. Where that leaves a
// doubt, and where conditions do not allow the document, the title itself has to be the text.
export async function titled(index, query, allowed) {
  const { terms, length, sequence } = query.literal;
  const field = index.fields.indexOf("title");
  const lists = new Map();
  for (const { found } of wordsOf(query)) {
    for (const [term, [{ entry }]] of found) {
      if (entry.term === term && terms.has(term)) lists.set(term, { posting: entry.postings[field], times: terms.get(term) });
    }
  }
  const known = [...lists.keys()].reduce((sum, term) => sum + terms.get(term), 0);
  const sure = known === length || (!query.isPart && lists.size >= LEAST_WORDS && known * 3 >= length * 2);
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
