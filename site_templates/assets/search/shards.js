// The storage layer of the search: what the files that generator/search/ writes say.
// docs/search-format.md describes them. No DOM: the same file runs in browsers and in Node 20.

import { countUpTo, frontCoded, parts } from "./bytes.js";
import { column, facetIndex, facetValues, isAtHand } from "./columns.js";
import { Files } from "./files.js";
import { facetsOf, loadManifest } from "./manifest.js";
import { Shard } from "./postings.js";
import { beginning, records } from "./records.js";

const CHUNK = 8; // Documents of a file.
const BLOCK = 1500; // Terms of a block of the lexicon.

// The index below `baseUrl`, the folder of `current.json`. What fails to load throws an Error whose `kind` is
// "gone" (of another deployment: open anew), "offline" or "http".
export async function openShards(baseUrl, { fetch = globalThis.fetch } = {}) {
  const { folder, manifest } = await loadManifest(fetch, baseUrl);
  return new Shards(manifest, new Files(fetch, folder, manifest.inline), folder.href);
}

class Shards {
  #files;
  #firsts; // For each shard a text that is not above its first term.
  #big; // The terms with files of their own.
  #forward; // The first word of each block of the lexicon, and of each block of reversed terms.
  #backward;
  abstractLengths; // Gives for each document the length of its abstract, which postings do not say.
  #dictionary; // Text with which the stream of every file of documents begins.
  #begins; // For each month its first document.
  #columns;

  constructor({ facts, lists, begins, abstracts, dictionary, inline }, files, folder) {
    const { papers, terms, fields, boosts, k1, b, months, facets } = facts;
    Object.assign(this, { folder, papers, terms, fields, boosts, k1, b, months });
    this.averages = Object.fromEntries(fields.map((name, n) => [name, papers ? facts.lengths[n] / papers : 0]));
    this.facets = facetsOf(facts);
    this.#files = files;
    [[this.#firsts, this.#big], [this.#forward, this.#backward]] = [lists.slice(0, 2).map((list) => list()), lists.slice(2)];
    this.abstractLengths = abstracts;
    this.#dictionary = dictionary;
    this.#begins = begins;
    this.#columns = { facets, months, begins, papers, files, inline };
  }

  // Where the postings of a term are, if it is in the index.
  #place(term) {
    const big = countUpTo(this.#big, term) - 1;
    if (this.#big[big] === term) return { folder: "b", beside: "w", number: big };
    const number = countUpTo(this.#firsts, term) - 1;
    return number < 0 ? null : { folder: "p", beside: "q", number };
  }

  async #shard(place) {
    return place && this.#files.decoded(`${place.folder}/${place.number}.bin`, (bytes) => new Shard(bytes, this.fields.length));
  }

  // Whether so many papers have the term that it has a file of its own; known without a request.
  isFrequent(term) {
    return this.#place(term)?.folder === "b";
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
    const first = Math.max(0, countUpTo(this.#forward(), prefix) - 1);
    const blocks = await this.#blocks("f", this.#forward(), prefix);
    const all = blocks.flatMap((words, n) => words.map((entry, at) => ({ ...entry, index: (first + n) * BLOCK + at })));
    return all.filter(({ term }) => term.startsWith(prefix));
  }

  // Every term that ends with `suffix`: [{ term, df }] in the order of UTF-16. `lookup` has their ranks.
  async suffix(suffix) {
    const blocks = await this.#blocks("r", this.#backward(), reversed(suffix));
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

  // What `decode` makes of a file that only few need.
  file(name, decode) {
    return this.#files.decoded(name, decode);
  }

  // What the results show of these documents, in the given order.
  async stored(docs) {
    const chunks = new Map(Array.from(docs, (doc) => [Math.floor(doc / CHUNK), null]));
    await Promise.all([...chunks.keys()].map(async (n) => {
      const decode = (bytes) => records(bytes.subarray(this.#dictionary.length));
      chunks.set(n, await this.#files.decoded(`d/${n}.bin`, decode, beginning(this.#dictionary)));
    }));
    return Array.from(docs, (doc) => {
      const { day, ...record } = chunks.get(Math.floor(doc / CHUNK))(doc % CHUNK);
      return { ...record, date: [this.#month(doc), day].filter(Boolean).join("-") };
    });
  }

  #month(doc) {
    return this.months[countUpTo(this.#begins, doc) - 1][0];
  }

  // For documents (ascending) a function: document -> number of its value, or -1; of a facet of which a
  // document may have several values, an array of their numbers.
  column(name, docs) {
    return column(this.#columns, name, docs);
  }

  // The values of these numbers: [{ value, name, count, url }].
  facetValues(name, numbers) {
    return facetValues(this.#columns, this.facets, name, numbers);
  }

  // The numbers of these values; -1 for what the facet does not have.
  facetIndex(name, values) {
    return facetIndex(this.#columns, this.facets, name, values);
  }

  // Whether the facet can be counted without a request.
  isAtHand(name) {
    return isAtHand(this.#columns, name);
  }
}

// Map of each key -> what `find` finds for it, if anything.
async function mapOf(keys, find) {
  const found = await Promise.all(Array.from(new Set(keys), async (key) => [key, await find(key)]));
  return new Map(found.filter(([, value]) => value));
}

const reversed = (term) => Array.from(term).reverse().join("");

function block(bytes) {
  const { head: [count], planes } = parts(bytes, 1, 4);
  const counts = planes[3].numbers(count, Uint32Array, 1);
  return frontCoded(count, planes[0], planes[1], planes[2]).map((term, n) => ({ term, df: counts[n] }));
}
