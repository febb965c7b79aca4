// Exact phrases, by the positions of their words.
//
// The index numbers the words of a text, stop words included, and all terms of one compound have one number.
// So `chain of thought` and `chain-of-thought` differ in numbers alone: from one word to the next the number
// may grow by less than the reader's words do, never by more; but a word does not follow itself.

import { STOP_WORDS, partsOf, terms, words } from "./tokeniser.js";

// The documents with the phrase in one of these fields, 1 for each, of those in `allowed`.
export async function documentsWithPhrase(index, text, fields, allowed) {
  const isName = fields.every((field) => index.fields[field] === "authors");
  const steps = stepsOf(text, isName);
  const wanted = steps.flatMap(({ parts, joined }) => [...parts.flatMap((part) => part.terms), ...joined]);
  const positions = await index.positions([...new Set(wanted)]);
  const found = new Uint8Array(index.papers);
  for (const field of fields) {
    const has = (term) => positions.get(term)?.[field];
    const [{ parts: [start], joined }] = steps;
    const docs = new Set([start.terms[0], ...joined].flatMap((term) => [...(has(term)?.keys() ?? [])]));
    for (const doc of docs) {
      if (allowed[doc] && hasPhrase(steps, (term) => has(term)?.get(doc) ?? [])) found[doc] = 1;
    }
  }
  return found;
}

// The compounds of the phrase: [{ parts: [{ terms, gap }], joined: [term], gap }]. A gap says how many words
// after the last one something stands at most. Names have no stop words.
function stepsOf(text, isName) {
  const steps = [];
  let gap = 0;
  for (const word of words(text)) {
    const parts = [];
    const before = gap;
    for (const part of partsOf(word)) {
      gap += 1;
      const [main, ...others] = terms(part);
      if (!main || (!isName && STOP_WORDS.has(main))) continue;
      // A part in Chinese or Japanese is all its pairs of characters, any other its first term.
      parts.push({ terms: /^[\p{L}\p{N}]{1,2}$/u.test(main) && /\p{Lo}/u.test(main) ? [main, ...others] : [main], gap });
      gap = 0;
    }
    const joined = partsOf(word).length > 1 ? terms(partsOf(word).join("")).slice(0, 1) : [];
    if (parts.length) steps.push({ parts, joined, gap: before + 1 });
  }
  return steps;
}

function hasPhrase(steps, positionsOf) {
  let ends = null; // Where the phrase so far may end; null before its beginning.
  let last; // Its last term.
  for (const { parts, joined, gap } of steps) {
    const alone = joined.flatMap((term) => following(ends, positionsOf(term), gap, Number(term === last)));
    ends = [...new Set([...together(ends, parts, positionsOf, last), ...alone])];
    if (!ends.length) return false;
    last = parts.at(-1).terms[0];
  }
  return true;
}

function together(before, parts, positionsOf, last) {
  let ends = before;
  let previous = last;
  for (const { terms: all, gap } of parts) {
    const [first, ...others] = all.map(positionsOf);
    const places = Array.from(first).filter((at) => others.every((each) => each.includes(at)));
    ends = following(ends, places, gap, Number(all[0] === previous));
    [previous] = all;
  }
  return ends;
}

// The places that follow one of `ends` after `least` to `gap` words.
function following(ends, places, gap, least) {
  return Array.from(places).filter((at) => ends === null || ends.some((end) => at - end >= least && at - end <= gap));
}
