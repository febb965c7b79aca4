// What the reader typed, as groups of terms that the index knows. No DOM, no fetch.

import lunr from "./lunr.js";
import { STOP_WORDS, partsOf, terms, words } from "./tokeniser.js";

const MOST_WORDS = 60; // Of a pasted abstract, these tell it from all others.
const MOST_COMPLETIONS = 30;
const MOST_CORRECTIONS = 3;
const SHORTEST_CORRECTED = 4;
const LONG_WORD = 8; // From here on two letters may be wrong.

// The words of a query: { text, alternatives, terms }. A word is found where all terms of one of its
// alternatives are: `gpt-4v` by `gpt4v`, or by `gpt` and `4v`. Stop words count where there is nothing else:
// names and some titles consist of them.
export function parse(text) {
  const found = words(text).slice(0, MOST_WORDS);
  const query = wordsOf(found, (term) => !STOP_WORDS.has(term));
  return query.length ? query : wordsOf(found, () => true);
}

function wordsOf(found, counts) {
  const wanted = found.map((word) => {
    const parts = partsOf(word);
    const main = parts.map((part) => terms(part)[0]).filter((term) => term && counts(term));
    const all = terms(word).filter(counts);
    const joined = parts.length > 1 ? all.filter((term) => !parts.some((part) => terms(part).includes(term))) : [];
    const alternatives = main.length ? [main, ...joined.slice(-1).map((term) => [term])] : [];
    return { text: word, alternatives, terms: all };
  });
  return wanted.filter((word) => word.alternatives.length);
}

// Each term of the words -> the terms of the index that stand for it, with their weight.
// The last word is completed while it is being typed; a word that is not in the index is corrected.
export function expand(index, query, typing) {
  const expansions = new Map();
  const corrected = [];
  query.forEach((word, n) => {
    const complete = typing && n === query.length - 1;
    for (const term of word.terms) expansions.set(term, known(index, term, complete));
    const found = word.alternatives.some((all) => all.every((term) => expansions.get(term)?.length));
    if (found) return;
    for (const term of word.alternatives[0]) {
      if (expansions.get(term)?.length) continue;
      const near = similar(index, term);
      expansions.set(term, near.map((found) => ({ term: found, boost: 0.5 })));
      if (near.length) corrected.push({ word: term, instead: near[0] });
    }
  });
  return { expansions, corrected };
}

function known(index, term, complete) {
  const exact = index.invertedIndex[term] ? [{ term, boost: 1 }] : [];
  if (!complete || term.length < 2) return exact;
  const completions = matching(index, lunr.TokenSet.fromString(`${term}*`)).filter((found) => found !== term);
  return [...exact, ...completions.slice(0, MOST_COMPLETIONS).map((found) => ({ term: found, boost: 0.4 }))];
}

// The most frequent terms of the index that differ in a letter or two.
function similar(index, term) {
  if (term.length < SHORTEST_CORRECTED) return [];
  for (const distance of term.length >= LONG_WORD ? [1, 2] : [1]) {
    const found = matching(index, lunr.TokenSet.fromFuzzyString(term, distance));
    if (found.length) return found.slice(0, MOST_CORRECTIONS);
  }
  return [];
}

// The terms of a token set, the most frequent first, then by code unit.
function matching(index, tokenSet) {
  const found = index.tokenSet.intersect(tokenSet).toArray();
  const frequency = new Map(found.map((term) => [term, documents(index, term)]));
  return found.sort((a, b) => frequency.get(b) - frequency.get(a) || (a < b ? -1 : 1));
}

function documents(index, term) {
  const posting = index.invertedIndex[term];
  return index.fields.reduce((sum, field) => sum + Object.keys(posting[field]).length, 0);
}
