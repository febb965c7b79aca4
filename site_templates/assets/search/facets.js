// Filters and counts: by year and month without a request, by everything else through the index's columns.

import { union } from "./lists.js";
import { inMonths } from "./months.js";
import { terms, words } from "./tokeniser.js";

const MOST_VALUES = 20; // That are counted of a facet which has too many to list.

const TIME = { year: 4, month: 7 }; // How many letters of a date name the value.

// For each facet of `chosen` ({ name: [value] }) a function that says whether a document has one of the values.
export async function filters(index, chosen, docs) {
  const made = Object.entries(chosen).map(async ([name, values]) => [name, await filter(index, name, values, docs)]);
  return new Map(await Promise.all(made));
}

async function filter(index, name, values, docs) {
  if (TIME[name]) {
    const has = inMonths(index, (month) => month.length >= TIME[name] && values.includes(month.slice(0, TIME[name])));
    return (doc) => has[doc] === 1;
  }
  const narrow = name === "author" ? await byName(index, values) : null;
  const some = narrow ? docs.filter((doc) => narrow[doc]) : docs;
  const [numbers, valuesOf] = await Promise.all([index.facetIndex(name, values), index.column(name, some)]);
  const wanted = new Set(numbers.filter((number) => number >= 0));
  const pass = (doc) => (!narrow || narrow[doc] === 1) && listed(valuesOf(doc)).some((number) => wanted.has(number));
  // So wide a column is loaded for those alone that can pass, and so it is counted for them alone.
  return Object.assign(pass, { narrow });
}

// Documents that have an author of the last name of one of these slugs, 1 for each; the numbers by which slugs
// tell people of one name apart are no part of the name.
async function byName(index, slugs) {
  const names = slugs.map((slug) => words(slug.replace(/(?:-\d+)+$/, "").replaceAll("-", " ")).at(-1)).filter(Boolean);
  const entries = await index.lookup(names.map((name) => terms(name)[0]));
  const found = new Uint8Array(index.papers);
  const field = index.fields.indexOf("authors");
  for (const { postings } of entries.values()) postings[field]?.docs.forEach((doc) => { found[doc] = 1; });
  return found;
}

const listed = (value) => (typeof value === "number" ? (value < 0 ? [] : [value]) : Array.from(value));

// How many of `docs` have each value of a facet: [{ value, name, count, url }], the most frequent first.
async function counts(index, name, docs) {
  if (TIME[name]) return timeCounts(index, name, docs);
  if (!docs.length) return [];
  const valuesOf = await index.column(name, docs);
  const tally = new Map();
  for (const doc of docs) for (const number of listed(valuesOf(doc))) tally.set(number, (tally.get(number) ?? 0) + 1);
  const ranked = [...tally].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
  const shown = index.facets[name].values ? ranked : ranked.slice(0, MOST_VALUES);
  const values = await index.facetValues(name, shown.map(([number]) => number));
  return values.map((value, n) => ({ ...value, count: shown[n][1] }));
}

function timeCounts(index, name, docs) {
  const tally = new Map();
  let end = 0;
  let at = 0;
  for (const [month, count] of index.months) {
    const before = at;
    end += count;
    while (at < docs.length && docs[at] < end) at += 1;
    const value = month.slice(0, TIME[name]);
    if (at > before && value.length === TIME[name]) tally.set(value, (tally.get(value) ?? 0) + at - before);
  }
  return [...tally].map(([value, count]) => ({ value, name: value, count, url: null }));
}

// The counts of these facets: { facets: { name: { value: count } }, names: { name: { value: display name } } }.
// The values chosen of a facet do not restrict its own counts.
export async function counted(index, names, { base, more, passes }) {
  const facets = {};
  const shown = {};
  await Promise.all(names.map(async (name) => {
    const others = [...passes].filter(([each]) => each !== name).map(([, pass]) => pass);
    const narrow = passes.get(name)?.narrow;
    const isIn = (doc) => (!narrow || narrow[doc]) && others.every((pass) => pass(doc));
    const all = more.length ? union([base, more]) : base;
    const docs = narrow || others.length ? all.filter(isIn) : all;
    const values = await counts(index, name, docs);
    facets[name] = Object.fromEntries(values.map(({ value, count }) => [value, count]));
    shown[name] = Object.fromEntries(values.map(({ value, name: text }) => [value, text]));
  }));
  return { facets: inOrder(names, facets), names: inOrder(names, shown) };
}

const inOrder = (names, made) => Object.fromEntries(names.map((name) => [name, made[name]]));
