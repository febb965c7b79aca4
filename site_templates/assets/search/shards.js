// The storage layer of the search: fetches and decodes the files that generator/search/ writes.
// docs/search-format.md describes them. No DOM: the same file runs in browsers and in Node 20.

import { countUpTo, decodeText, frontCoded, inflated, parts } from "./bytes.js";
import { Shard } from "./postings.js";

const VERSION = 1;
const CHUNK = 8; // Documents of a file.
const LINES = 7; // Of a document.
const MOST_KEPT = 600; // Files whose content is kept.
const BLOCK = 1500; // Terms of a block of the lexicon.

// The index below `baseUrl`, the folder of `current.json`. What fails to load throws an Error whose `kind` is
// "gone" (of another deployment: open anew), "offline" or "http".
export async function openShards(baseUrl, { fetch = globalThis.fetch } = {}) {
  const pointer = await load(fetch, new URL("current.json", baseUrl), "http", { cache: "no-cache" });
  const { folder, version } = parsed(pointer);
  if (version !== VERSION) throw failure("http", `the search index is of version ${version}, not ${VERSION}`);
  const files = new Files(fetch, new URL(`${folder}/`, baseUrl));
  return files.decoded("manifest.bin", (bytes) => new Shards(bytes, files));
}

// The pointer; a proxy may have put a page of its own in its place.
function parsed(pointer) {
  try {
    return JSON.parse(decodeText(pointer));
  } catch (error) {
    throw failure("http", "current.json cannot be read", error);
  }
}

// `missing` is the kind of failure that a missing file is.
async function load(fetch, url, missing, options) {
  let response;
  try {
    response = await fetch(url.href, options);
  } catch (error) {
    throw failure("offline", `${url.pathname} cannot be reached`, error);
  }
  const isGone = response.status === 404 || response.status === 410;
  if (!response.ok) throw failure(isGone ? missing : "http", `${url.pathname}: ${response.status}`);
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw failure("offline", `${url.pathname} broke off`, error);
  }
}

function failure(kind, message, cause) {
  return Object.assign(new Error(message, { cause }), { kind });
}

// The files of one deployment: each is loaded and decoded once, if it is not long ago; a failure is not kept.
class Files {
  #fetch;
  #folder;
  #kept = new Map();
  #contents = new Map(); // Name -> what is known of it beforehand, decompressed.

  constructor(fetch, folder) {
    this.#fetch = fetch;
    this.#folder = folder;
  }

  // The content of a file that need not be loaded.
  put(name, bytes) {
    this.#contents.set(name, bytes);
  }

  // What `decode` makes of the content of a file; `before` are pieces of its stream that it lacks.
  decoded(name, decode, before = []) {
    return this.#once(name, async () => {
      if (this.#contents.has(name)) return decode(this.#contents.get(name));
      const bytes = await load(this.#fetch, new URL(name, this.#folder), "gone");
      try {
        return decode(await inflated(...before, bytes));
      } catch (error) {
        throw failure("http", `${name} cannot be read`, error);
      }
    });
  }

  #once(key, make) {
    let promise = this.#kept.get(key);
    if (!promise) {
      promise = make();
      promise.catch(() => this.#kept.delete(key));
    }
    // The one that was asked for last is the last one to go.
    this.#kept.delete(key);
    this.#kept.set(key, promise);
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value);
    return promise;
  }
}

class Shards {
  #files;
  #firsts; // For each shard a text that is not above its first term.
  #big; // The terms with files of their own.
  #forward; // The first word of each block of the lexicon, and of each block of reversed terms.
  #backward;
  #abstracts; // Document -> length of its abstract.
  #dictionary; // Text with which the stream of every file of documents begins.
  #begins; // For each month its first document.
  #columns;

  constructor(bytes, files) {
    const { planes } = parts(bytes, 0, 17);
    const [json, counts, ...rest] = planes;
    const facts = JSON.parse(decodeText(json.bytes));
    [this.#firsts, this.#big, this.#forward, this.#backward] = Array.from(counts.numbers(4), (count, n) =>
      frontCoded(count, ...rest.slice(3 * n, 3 * n + 3)),
    );
    const { papers, terms, fields, boosts, k1, b, months, facets } = facts;
    Object.assign(this, { papers, terms, fields, boosts, k1, b, months });
    this.averages = Object.fromEntries(fields.map((name, n) => [name, papers ? facts.lengths[n] / papers : 0]));
    this.facets = Object.fromEntries(Object.entries(facets).map(([name, facet]) => [name, shownFacet(facet)]));
    Object.assign(this.facets, timeFacets(months));
    this.#files = files;
    for (const [name, size] of Object.entries(facts.inline)) files.put(name, rest[13].take(size));
    this.#dictionary = rest[14].bytes;
    let sum = 0;
    this.#begins = months.map(([, count]) => (sum += count) - count);
    this.#abstracts = abstractLengths(rest[12].numbers(papers), this.#begins);
    this.#columns = { facets, months, begins: this.#begins, papers, files };
  }

  // Where the postings of a term are, if it is in the index.
  #place(term) {
    const big = countUpTo(this.#big, term) - 1;
    if (this.#big[big] === term) return { folder: "b", beside: "w", number: big };
    const number = countUpTo(this.#firsts, term) - 1;
    return number < 0 ? null : { folder: "p", beside: "q", number };
  }

  async #shard(place) {
    const make = (bytes) => new Shard(bytes, this.fields.length, this.#abstracts);
    return place && this.#files.decoded(`${place.folder}/${place.number}.bin`, make);
  }

  // Map of term -> { term, index, df, postings } of those that are in the index.
  lookup(terms) {
    return mapOf(terms, async (term) => (await this.#shard(this.#place(term)))?.entry(term));
  }

  // Map of term -> how many postings it has, of those that are in the index.
  has(terms) {
    return mapOf(terms, async (term) => (await this.#shard(this.#place(term)))?.total(term));
  }

  // Map of term -> for each field a Map of document -> positions, or null; in title, authors and abstract.
  positions(terms) {
    return mapOf(terms, async (term) => {
      const place = this.#place(term);
      const shard = await this.#shard(place);
      if (!shard?.total(term)) return undefined;
      const name = `${place.beside}/${place.number}.bin`;
      return shard.positions(term, await this.#files.decoded(name, (bytes) => shard.places(bytes)));
    });
  }

  // Every term that begins with `prefix`: [{ term, df, index }] in the order of UTF-16.
  async prefix(prefix) {
    const first = Math.max(0, countUpTo(this.#forward, prefix) - 1);
    const blocks = await this.#blocks("f", this.#forward, prefix);
    const all = blocks.flatMap((words, n) => words.map((entry, at) => ({ ...entry, index: (first + n) * BLOCK + at })));
    return all.filter(({ term }) => term.startsWith(prefix));
  }

  // Every term that ends with `suffix`: [{ term, df }] in the order of UTF-16. `lookup` has their ranks.
  async suffix(suffix) {
    const blocks = await this.#blocks("r", this.#backward, reversed(suffix));
    const found = blocks.flat().map(({ term, df }) => ({ term: reversed(term), df }));
    return found.filter(({ term }) => term.endsWith(suffix)).sort((a, b) => (a.term < b.term ? -1 : 1));
  }

  // All terms, as `prefix` gives them. Many files: for what nothing else answers.
  lexicon() {
    return this.prefix("");
  }

  // The blocks that may hold words with this beginning.
  #blocks(folder, firsts, prefix) {
    const from = Math.max(0, countUpTo(firsts, prefix) - 1);
    const wanted = firsts.map((first, n) => (n === from || (n > from && first.startsWith(prefix)) ? n : -1));
    return Promise.all(
      wanted.filter((n) => n >= 0).map((n) => this.#files.decoded(`${folder}/${n}.bin`, block)),
    );
  }

  // What the results show of these documents, in the given order.
  async stored(docs) {
    const chunks = new Map(Array.from(docs, (doc) => [Math.floor(doc / CHUNK), null]));
    await Promise.all([...chunks.keys()].map(async (n) => {
      const decode = (bytes) => records(bytes.subarray(this.#dictionary.length));
      chunks.set(n, await this.#files.decoded(`d/${n}.bin`, decode, beginning(this.#dictionary)));
    }));
    return Array.from(docs, (doc) => {
      const { day, ...record } = chunks.get(Math.floor(doc / CHUNK))[doc % CHUNK];
      return { ...record, date: [this.#month(doc), day].filter(Boolean).join("-") };
    });
  }

  #month(doc) {
    return this.months[countUpTo(this.#begins, doc) - 1][0];
  }

  // For documents (ascending) a function: document -> number of its value, or -1; of a facet of which a
  // document may have several values, an array of their numbers.
  async column(name, docs) {
    const { column } = await columns();
    return column(this.#columns, name, docs);
  }

  // The values of these numbers: [{ value, name, count, url }].
  async facetValues(name, numbers) {
    const { facetValues } = await columns();
    return facetValues(this.#columns, this.facets, name, numbers);
  }

  // The numbers of these values; -1 for what the facet does not have.
  async facetIndex(name, values) {
    const { facetIndex } = await columns();
    return facetIndex(this.#columns, this.facets, name, values);
  }
}

// Loaded when the first facet is asked for.
function columns() {
  return import("./columns.js").catch((error) => {
    throw failure("offline", "columns.js cannot be loaded", error);
  });
}

// Map of each key -> what `find` finds for it, if anything.
async function mapOf(keys, find) {
  const found = await Promise.all(Array.from(new Set(keys), async (key) => [key, await find(key)]));
  return new Map(found.filter(([, value]) => value));
}

const reversed = (term) => Array.from(term).reverse().join("");

function abstractLengths(longer, begins) {
  const lengths = new Uint16Array(longer.length);
  const isFirst = new Set(begins);
  for (let doc = 0; doc < lengths.length; doc += 1) lengths[doc] = longer[doc] + (isFirst.has(doc) ? 0 : lengths[doc - 1]);
  return lengths;
}

function block(bytes) {
  const { head: [count], planes } = parts(bytes, 1, 4);
  const counts = planes[3].numbers(count, Uint32Array, 1);
  return frontCoded(count, planes[0], planes[1], planes[2]).map((term, n) => ({ term, df: counts[n] }));
}

// A facet of the manifest with the values that are listed there, or null where they are too many.
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

// The beginning of a zlib stream that says this text: a head, and one block that is not compressed.
function beginning(text) {
  const size = [text.length & 255, text.length >> 8];
  return [Uint8Array.of(0x78, 0x9c, 0, ...size, ...size.map((byte) => byte ^ 255)), text];
}

// The records of a file of documents: LINES lines each.
function records(bytes) {
  const lines = decodeText(bytes).split("\n");
  return Array.from({ length: Math.floor(lines.length / LINES) }, (_, n) =>
    record(lines.slice(LINES * n, LINES * (n + 1))),
  );
}

function record([title, names, people, id, categories, facts, snippet]) {
  const authors = names ? names.split("\t") : [];
  const known = new Map(people ? people.split("\t").map((pair) => pair.split("=")) : []);
  const [flags, day, votes] = facts.split("\t");
  return {
    id: id || simpleSlug(title),
    title,
    authors,
    people: authors.map((name, n) => known.get(String(n)) ?? simpleSlug(name)),
    etAl: flags.includes("e"),
    categories: categories ? categories.split("\t") : [],
    inferred: flags.includes("i"),
    code: flags.includes("c"),
    day: day && day.padStart(2, "0"),
    votes: votes === "" ? null : Number(votes),
    snippet,
  };
}

// The slug of most titles and names: the twin of simple_slug in generator/search/store.py.
export function simpleSlug(text) {
  const words = text.normalize("NFKD").replace(/[\u0300-\u036f\u2019]+/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const made = words.replace(/^-|-$/g, "");
  return made.length <= 80 ? made : made.slice(0, Math.max(0, made.slice(0, 81).lastIndexOf("-")));
}
