// The first run of any code is slow: it is not compiled yet. What follows the next request is therefore run once on a
// made-up paper while that request is on its way, when there is nothing else to do.

import { once } from "./once.js";
import { ordered } from "./order.js";
import { find } from "./rank.js";
import { records } from "./records.js";

const FIELDS = ["title", "authors", "abstract"];
const WORD = { text: "a", parts: ["a"], alternatives: [["a"]], terms: ["a"] };
const lengths = Uint16Array.of(1);
const posting = { docs: Uint32Array.of(0), tf: lengths, lengths };
const PAPER = {
  papers: 1, months: [["", 1]], fields: FIELDS, boosts: {}, averages: Object.fromEntries(FIELDS.map((name) => [name, 1])), k1: 1, b: 1,
  abstractLengths: () => lengths,
};

// Ranking, before the postings come.
export const rehearseRanking = once(async () => {
  const entry = { term: "a", index: 0, df: [1, 0, 1], postings: [posting, null, { ...posting, lengths: null }] };
  const words = [0, 1].map((index) => ({ ...WORD, found: new Map([["a", [{ entry: { ...entry, index }, boost: 1 }]]]) }));
  const literal = { terms: new Map([["a", 2]]), length: 2, sequence: ["a", "a"] };
  await ordered(PAPER, await find(PAPER, { words, conditions: [], names: [], literal }, {}), {});
});

// A paper as the store has it, before the papers come.
export const rehearsed = once(() => records(new TextEncoder().encode("A b-c\nD E\n\n\n\n\t\t\nF…"))(0));
