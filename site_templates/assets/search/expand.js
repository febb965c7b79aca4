// The terms of the index that stand for the reader's words: as typed, completed while she types, by wildcard,
// and what is nearest to a word that the index does not have.

import { terms } from "./tokeniser.js";

const MOST_COMPLETIONS = 5; // Each may be a file of its own.
const MOST_WILDCARDS = 25;
const MOST_CORRECTIONS = 3;
const MOST_CORRECTED = 6; // Words of one query: a text in another language is not misspelt.
const SHORTEST_COMPLETED = 3;
const SHORTEST_CORRECTED = 4;
const LONG_WORD = 8; // From here on two letters may be wrong.
const FAR_MORE = 50; // Times as frequent is a word that a rare one is a mistake for.
const COMPLETED = 0.4, MOST_LIKELY = 0.9, CORRECTED = 0.5; // What these weigh beside what was typed.

// Gives each word of the query `found`: Map of its term -> [{ entry, boost }], and `names` their entries.
// Resolves to { corrected, completed, unknown, capped }: the words that were replaced, those that no paper has and
// that were taken for beginnings, those that nothing stands for, and those that stand for more terms than are
// searched for.
export async function expand(index, query, { typing = false, exact = false } = {}) {
  const conditions = query.conditions.filter(({ words }) => words);
  const all = [...query.words, ...conditions.flatMap(({ words }) => words)];
  const positive = [...query.words, ...conditions.filter(({ negative }) => !negative).flatMap(({ words }) => words)];
  const report = { corrected: [], completed: [], unknown: [], capped: [] };
  const [entries] = await Promise.all([
    index.lookup([...new Set([...all.flatMap((word) => word.terms), ...query.names])]),
    ...all.map(async (word) => {
      const isOpen = typing && word.last && positive.includes(word);
      word.more = await entriesOf(index, await others(index, word, isOpen, report));
    }),
  ]);
  for (const word of all) word.found = foundOf(word, entries);
  query.names = query.names.flatMap((term) => entries.get(term) ?? []);
  const quoted = new Set(conditions.filter((each) => each.exact).flatMap(({ words }) => words));
  const isLacking = (word) => !isFound(word);
  const isFree = (word) => !exact && !quoted.has(word) && !word.fuzzy && !word.prefix;
  const last = typing ? undefined : positive.find((word) => word.last && isLacking(word) && isFree(word));
  if (last && (await complete(index, last))) report.completed.push(last.text);
  const lacking = positive.filter(isLacking);
  const misspelt = lacking.filter(isFree).slice(0, MOST_CORRECTED);
  report.corrected = (await Promise.all(misspelt.map((word) => correct(index, word)))).flat();
  report.unknown = [...new Set(lacking.filter(isLacking).map(({ text }) => text))];
  return report;
}

export const isFound = ({ alternatives, found }) => alternatives.some((all) => all.every((term) => found.has(term)));

function foundOf(word, entries) {
  const found = new Map();
  for (const term of word.terms) if (entries.has(term)) found.set(term, [{ entry: entries.get(term), boost: 1 }]);
  const open = openTerm(word);
  const more = word.more.filter(({ entry }) => entry.term !== open);
  if (more.length) found.set(open, [...(found.get(open) ?? []), ...more]);
  return found;
}

// The term that a star, a tilde or the cursor stands behind.
const openTerm = (word) => word.alternatives[0].at(-1);

// Further terms that a word stands for: [{ term, boost }].
async function others(index, word, isOpen, report) {
  if (word.prefix) return some(await index.prefix(word.parts.at(-1)), MOST_WILDCARDS, 1, word, report);
  if (word.fuzzy) return some(await near(index, openTerm(word), word.fuzzy), MOST_WILDCARDS, CORRECTED, word, report);
  return isOpen ? completions(index, word) : [];
}

async function completions(index, word) {
  const beginning = word.parts.at(-1);
  if (Array.from(beginning).length < SHORTEST_COMPLETED) return [];
  return some(await index.prefix(beginning), MOST_COMPLETIONS, COMPLETED);
}

// Has what begins with the word stand for it; whether there is anything. So a search that was begun while the reader
// typed is the same when she presses Enter, comes back, or follows a link to it. Where a word that is nearly the same
// is far more frequent, that is what she meant.
async function complete(index, word) {
  const open = openTerm(word);
  const [found, rivals] = await Promise.all([completions(index, word), isCorrectable(open) ? near(index, open, 1) : []]);
  const entries = await entriesOf(index, found);
  const most = Math.max(...entries.map(({ entry }) => frequency(entry)));
  if (!entries.length || rivals.some(({ df }) => df >= FAR_MORE * most)) return false;
  word.found.set(open, entries);
  return isFound(word);
}

const frequency = ({ df }) => df.reduce((sum, each) => sum + each, 0);

function some(found, most, boost, word, report) {
  if (report && found.length > most) report.capped.push(word.text);
  return found.sort(byFrequency).slice(0, most).map(({ term }) => ({ term, boost }));
}

const byFrequency = (one, other) => other.df - one.df || (one.term < other.term ? -1 : 1);

async function entriesOf(index, terms) {
  const entries = terms.length ? await index.lookup(terms.map(({ term }) => term)) : new Map();
  return terms.filter(({ term }) => entries.has(term)).map(({ term, boost }) => ({ entry: entries.get(term), boost }));
}

// Puts the most frequent of the nearest terms in the place of those that the index does not have: what was corrected.
async function correct(index, word) {
  const corrected = [];
  for (const term of word.alternatives[0]) {
    if (word.found.has(term) || !isCorrectable(term)) continue;
    let found = await near(index, term, 1);
    if (!found.length && term.length >= LONG_WORD) found = await near(index, term, 2);
    corrected.push(...(await replace(index, word, term, found)));
  }
  return corrected;
}

const isCorrectable = (term) => term.length >= SHORTEST_CORRECTED && !/\p{N}/u.test(term);

async function replace(index, word, term, found) {
  const best = found.sort(byFrequency).slice(0, MOST_CORRECTIONS);
  const weighed = best.map(({ term: other }, n) => ({ term: other, boost: n ? CORRECTED : MOST_LIKELY }));
  const entries = await entriesOf(index, weighed);
  if (!entries.length) return [];
  word.found.set(term, [...(word.found.get(term) ?? []), ...entries]);
  const typed = word.parts.find((part) => terms(part)[0] === term) ?? term;
  return [{ word: typed, instead: entries[0].entry.term, entries }];
}

// Some authors misspell, too: where no paper has all words, those that hardly any paper has are taken for
// mistakes if a word beside them is far more frequent. Resolves to whether anything was added.
export async function doubt(index, query, report) {
  const most = Math.max(2, index.papers / 20_000);
  const corrected = await Promise.all(query.words.slice(0, MOST_CORRECTED).map(async (word) => {
    if (word.prefix || word.fuzzy || word.alternatives[0].length > 1) return [];
    const [term] = word.alternatives[0];
    const [known] = word.found.get(term) ?? [];
    const df = known ? frequency(known.entry) : 0;
    if (!known || known.entry.term !== term || df > most || !isCorrectable(term)) return [];
    const found = await near(index, term, 1);
    return replace(index, word, term, found.filter((each) => each.df >= FAR_MORE * df));
  }));
  report.corrected.push(...corrected.flat());
  return corrected.flat().length > 0;
}

// The terms within that distance: [{ term, df }]. Within one, all of them; within two, those that have the
// first or the last third as it is.
async function near(index, term, distance) {
  const found = (distance > 1 ? await byThirds(index, term) : await byHalves(index, term)) ?? [];
  const unique = new Map(found.map((each) => [each.term, each]));
  return [...unique.values()].filter((each) => isWithin(each.term, term, distance));
}

async function byThirds(index, term) {
  const third = Math.max(2, Math.round(term.length / 3));
  return (await Promise.all([index.prefix(term.slice(0, third)), index.suffix(term.slice(-third))])).flat();
}

// All terms that one edit can make of `term`, and others: an edit leaves the first half or the second half as
// it is, unless it swaps the two letters between them. null where the term is too short to have halves.
export async function byHalves(index, term) {
  let half = term.length >> 1;
  if (/[\udc00-\udfff]/.test(term.charAt(half))) half += 1; // Not between the halves of one character.
  if (!half || half >= term.length) return null;
  const swapped = term.slice(0, half - 1) + term[half] + term[half - 1] + term.slice(half + 1);
  const [starts, ends, known] = await Promise.all([
    index.prefix(term.slice(0, half)), index.suffix(term.slice(half)), index.has([swapped]),
  ]);
  return [...starts, ...ends, ...Array.from(known, ([found, df]) => ({ term: found, df }))];
}

// Whether so many insertions, deletions, substitutions and swaps of neighbours make one of the other.
export function isWithin(one, other, distance) {
  if (Math.abs(one.length - other.length) > distance) return false;
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > distance) return false;
    [before, row] = [row, next];
  }
  return row[other.length] <= distance;
}
