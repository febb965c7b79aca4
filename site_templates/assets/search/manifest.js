// What is needed before any query: the pointer with the manifest in it. The twin of generator/search/manifest.py.

import { decodeText, frontCoded, inflated, parts } from "./bytes.js";
import { failure, load } from "./files.js";
import { once } from "./once.js";

const VERSION = 2;

// The pointer below `baseUrl`, and the manifest that it holds: { folder, manifest }.
export async function loadManifest(fetch, baseUrl) {
  const url = new URL("current.json", baseUrl);
  const { folder, version, manifest } = parsed(await load(fetch, url, "http", { cache: "no-cache" }));
  if (version !== VERSION) throw failure("http", `the search index is of version ${version}, not ${VERSION}`);
  try {
    return { folder: new URL(`${folder}/`, baseUrl), manifest: read(await inflated(fromBase64(manifest))) };
  } catch (error) {
    throw failure("http", "the manifest cannot be read", error);
  }
}

function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text); // Of newer browsers, at once.
  const decoded = atob(text);
  const bytes = new Uint8Array(decoded.length);
  for (let n = 0; n < bytes.length; n += 1) bytes[n] = decoded.charCodeAt(n);
  return bytes;
}

// A proxy may have put a page of its own in the pointer's place.
function parsed(pointer) {
  try {
    return JSON.parse(decodeText(pointer));
  } catch (error) {
    throw failure("http", "current.json cannot be read", error);
  }
}

// { facts, lists, begins, abstracts, dictionary, inline }: of the planes, `lists` are the beginnings of shards, the
// terms with files of their own, and the first words of the lexicon's blocks, forward and reversed; `begins` the
// first document of each month; `inline` name of a file -> its content. Lists and `abstracts` are functions: each is
// read when it is first wanted.
function read(bytes) {
  const [json, counts, ...rest] = parts(bytes, 0, 17).planes;
  const facts = JSON.parse(decodeText(json.bytes));
  const lists = Array.from(counts.numbers(4), (count, n) => once(() => frontCoded(count, ...rest.slice(3 * n, 3 * n + 3))));
  const [longer, contents, dictionary] = rest.slice(12);
  let sum = 0;
  const begins = facts.months.map(([, count]) => (sum += count) - count);
  return {
    facts, lists, begins,
    abstracts: once(() => abstractLengths(longer.numbers(facts.papers, Uint16Array), begins)),
    dictionary: dictionary.bytes,
    inline: new Map(Object.entries(facts.inline).map(([name, size]) => [name, contents.take(size)])),
  };
}

// Document -> length of its abstract, of how much longer each is than the one before it in its month.
function abstractLengths(lengths, begins) {
  begins.forEach((begin, n) => {
    const end = begins[n + 1] ?? lengths.length;
    for (let doc = begin + 1; doc < end; doc += 1) lengths[doc] += lengths[doc - 1];
  });
  return lengths;
}

// name -> { list, count, values } of all facets; `values` is null where they are too many to be listed.
export function facetsOf({ facets, months }) {
  const shown = Object.entries(facets).map(([name, facet]) => [name, shownFacet(facet)]);
  const made = Object.fromEntries(shown);
  return { ...made, ...(made.votes ? { score: made.votes } : {}), ...timeFacets(months) };
}

function shownFacet({ list, count, values }) {
  const shown = values?.map(([value, papers, name, url]) => ({
    value, name: name || String(value), count: papers, url: url || null,
  }));
  return { list, count, values: shown ?? null };
}

// What the numbers of the documents tell: years and months, the newest first.
function timeFacets(months) {
  const years = new Map();
  for (const [month, count] of months) {
    if (month) years.set(month.slice(0, 4), (years.get(month.slice(0, 4)) ?? 0) + count);
  }
  const year = [...years].map(([value, count]) => ({ value, name: value, count, url: null }));
  const month = months.filter(([value]) => value.length > 4)
    .map(([value, count]) => ({ value, name: value, count, url: `months/${value}/` }));
  return {
    year: { list: false, count: year.length, values: year },
    month: { list: false, count: month.length, values: month },
  };
}
