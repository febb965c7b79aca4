// Facets of documents: columns in files of a range of documents each, and the values of large facets in
// blocks.

import { countUpTo, decodeText, frontCoded, parts } from "./bytes.js";
import { simpleSlug } from "./records.js";

const RANGE = 16384; // Documents of a file.
const BLOCK = 256; // Values of a block.

// For documents (ascending) a function: document -> number of its value or -1, or an array of numbers.
export async function column({ facets, months, begins, papers, files }, wanted, docs) {
  const name = columnOf(wanted);
  if (name === "month" || name === "year") return timeColumn(months, begins, name);
  const facet = known(facets, name);
  if (!facet.count) return () => (facet.list ? [] : -1);
  const ranges = new Map(Array.from(docs, (doc) => [Math.floor(doc / RANGE), null]));
  await Promise.all([...ranges.keys()].map(async (n) => {
    if (n * RANGE >= papers) throw new RangeError(`there is no document ${n * RANGE}`);
    ranges.set(n, await files.decoded(`c/${name}/${n}.bin`, facet.list ? lists : numbers));
  }));
  return (doc) => ranges.get(Math.floor(doc / RANGE))(doc % RANGE);
}

// Whether column and values of a facet are there without a request: told by the numbers of the documents, empty,
// or part of the manifest.
export function isAtHand({ facets, inline }, wanted) {
  const name = columnOf(wanted);
  if (name === "month" || name === "year") return true;
  const { count, values } = known(facets, name);
  return !count || (Boolean(values) && inline.has(`c/${name}/0.bin`));
}

// The score of a paper is its votes.
const columnOf = (name) => (name === "score" ? "votes" : name);

function known(facets, name) {
  if (!Object.hasOwn(facets, name)) throw new RangeError(`there is no facet ${name}`);
  return facets[name];
}

// Months and years are told by the numbers of the documents.
function timeColumn(months, begins, name) {
  const length = name === "year" ? 4 : 7;
  const values = [...new Set(months.map(([month]) => month.slice(0, length)).filter((value) => value.length === length))];
  const numbers = months.map(([month]) => values.indexOf(month.slice(0, length)));
  return (doc) => numbers[countUpTo(begins, doc) - 1];
}

function numbers(bytes) {
  const { head: [count], planes: [plane] } = parts(bytes, 1, 1);
  const values = plane.numbers(count, Int32Array, -1);
  return (doc) => values[doc];
}

function lists(bytes) {
  const { head: [count], planes: [counts, flat] } = parts(bytes, 1, 2);
  const begins = new Uint32Array(count + 1);
  counts.numbers(count).forEach((each, n) => { begins[n + 1] = begins[n] + each; });
  const values = flat.numbers(begins[count]);
  return (doc) => values.subarray(begins[doc], begins[doc + 1]);
}

// The values of these numbers: [{ value, name, count, url }].
export async function facetValues({ facets, files }, shown, name, numbers) {
  if (shown[name]?.values) return Array.from(numbers, (number) => shown[name].values[number]);
  known(facets, name);
  const blocks = new Map(Array.from(numbers, (number) => [Math.floor(number / BLOCK), null]));
  await Promise.all([...blocks.keys()].map(async (n) => blocks.set(n, await block(files, name, n))));
  return Array.from(numbers, (number) => blocks.get(Math.floor(number / BLOCK))[number % BLOCK]);
}

function block(files, name, number) {
  return files.decoded(`v/${name}/${number}.bin`, (bytes) => {
    const { head: [count], planes } = parts(bytes, 1, 4);
    const [names, slugs, unlinked] = planes.slice(0, 3).map((plane) => decodeText(plane.bytes).split("\n"));
    const counts = planes[3].numbers(count);
    const exceptions = new Map(slugs.map((pair) => pair.split("=")));
    const without = new Set(unlinked);
    return names.map((shown, n) => {
      const value = exceptions.get(String(n)) ?? simpleSlug(shown);
      return { value, name: shown, count: counts[n], url: without.has(String(n)) ? null : `${FOLDERS[name]}/${value}/` };
    });
  });
}

const FOLDERS = { author: "authors", affiliation: "affiliations", topic: "topics", category: "categories" };

// The numbers of these values; -1 for what the facet does not have.
export async function facetIndex({ facets, files }, shown, name, values) {
  if (shown[name]?.values) {
    const places = new Map(shown[name].values.map(({ value }, n) => [String(value), n]));
    return values.map((value) => places.get(String(value)) ?? -1);
  }
  known(facets, name);
  const firsts = await files.decoded(`v/${name}/firsts.bin`, (bytes) => {
    const { head: [count], planes } = parts(bytes, 1, 3);
    return frontCoded(count, ...planes);
  });
  return Promise.all(values.map(async (value) => {
    const number = countUpTo(firsts, value) - 1;
    if (number < 0) return -1;
    const place = (await block(files, name, number)).findIndex((each) => each.value === value);
    return place < 0 ? -1 : number * BLOCK + place;
  }));
}
