// Queries in lunr's own terms, answered from the shards as lunr.Index.query answers them from the whole
// index: the same documents, scores and order. Loaded only where it is asked for, with lunr.js.

import { byHalves } from "./expand.js";
import lunr from "./lunr.js";
import { score } from "./scorer.js";

// [{ ref, score }] for `build(query)`, called as lunr.Index.query calls it; nothing is capped.
export async function exactQuery(index, build) {
  const query = new lunr.Query(index.fields);
  build.call(query, query);
  const expanded = await Promise.all(query.clauses.map((clause) => expand(index, clause)));
  const entries = await index.lookup([...new Set(expanded.flat())]);
  const clauses = query.clauses.map(({ fields, boost, presence }, n) => ({
    entries: expanded[n].flatMap((term) => entries.get(term) ?? []),
    fields: fields.map((name) => numberOf(index, name)),
    boost,
    presence,
  }));
  const { docs, scores } = score(index, clauses);
  const ranked = Array.from(docs, (ref) => ({ ref, score: scores[ref] }));
  return ranked.sort((one, other) => other.score - one.score);
}

function numberOf(index, name) {
  const field = index.fields.indexOf(name);
  if (field < 0) throw new Error(`unknown field ${name}`);
  return field;
}

// The terms that stand for a clause, in lunr's order: lunr's automaton decides, on those that can match at all.
async function expand(index, clause) {
  const found = await candidates(index, clause.term, clause.editDistance);
  const terms = [...new Set(found)].sort();
  return lunr.TokenSet.fromArray(terms).intersect(lunr.TokenSet.fromClause(clause)).toArray();
}

// All terms of the index that can match, and perhaps some that the index does not have.
async function candidates(index, term, distance = 0) {
  if (!distance && !term.includes("*")) return [term];
  const found = await (distance ? near(index, term, distance) : byAffix(index, term));
  return found.map((each) => each.term);
}

// Everything that begins or ends as the pattern does, whichever is longer.
function byAffix(index, pattern) {
  const start = pattern.slice(0, pattern.indexOf("*"));
  const end = pattern.slice(pattern.lastIndexOf("*") + 1);
  if (!start && !end) return index.lexicon();
  return start.length >= end.length ? index.prefix(start) : index.suffix(end);
}

async function near(index, term, distance) {
  const found = distance > 1 || term.includes("*") ? null : await byHalves(index, term);
  return found ?? index.lexicon();
}
