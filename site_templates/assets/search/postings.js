// A posting shard: for a run of terms, which documents have them, how often, and in how long a field. Of the many
// terms of a shard a query wants one, so that little more than its rows is read.

import { Reader, countUpTo, frontCoded, parts } from "./bytes.js";
import { once } from "./once.js";

const ABSTRACT = 2; // Lengths of abstracts are in the manifest.
const WITH_POSITIONS = 3; // Title, authors, abstract.

export class Shard {
  #fields; // How many there are.
  #terms;
  #ranks; // Gives the rank of each term.
  #begins; // Where the rows of a field and a term begin: rows are sorted by field, term, document.
  #docs; // For each row its document, or how many are left out since the row before.
  #tf; // Planes of varints.
  #lengths;

  // `fields` are their number.
  constructor(bytes, fields) {
    const { head: [rank, count], planes } = parts(bytes, 2, 9);
    const [shared, further, rest, skipped, masks, counts, gaps, tf, lengths] = planes;
    this.#fields = fields;
    this.#terms = frontCoded(count, shared, further, rest);
    this.#ranks = once(() => {
      const ranks = [rank];
      for (const more of skipped.numbers(count - 1)) ranks.push(ranks.at(-1) + more + 1);
      return ranks;
    });
    this.#begins = begins(fields, masks.take(count), counts);
    this.#docs = gaps.numbers(this.#begins.at(-1));
    [this.#tf, this.#lengths] = [tf.bytes, lengths.bytes];
  }

  // The place of a term, or -1.
  #place(term) {
    const place = countUpTo(this.#terms, term) - 1;
    return this.#terms[place] === term ? place : -1;
  }

  // For each field { field, row, df }, or null where the field does not have the term.
  #runs(place) {
    return Array.from({ length: this.#fields }, (_, field) => {
      const n = field * this.#terms.length + place;
      const [row, end] = [this.#begins[n], this.#begins[n + 1]];
      return end > row ? { field, row, df: end - row } : null;
    });
  }

  // How many postings the term has; 0 where it is not here.
  total(term) {
    const place = this.#place(term);
    return place < 0 ? 0 : this.#runs(place).reduce((sum, run) => sum + (run?.df ?? 0), 0);
  }

  // { term, index, df, postings }, or undefined; `postings` has null for fields that do not have the term, and their
  // `lengths` are null for abstracts.
  entry(term) {
    const place = this.#place(term);
    if (place < 0) return undefined;
    const runs = this.#runs(place);
    return {
      term,
      index: this.#ranks()[place],
      df: runs.map((run) => run?.df ?? 0),
      postings: runs.map((run) => run && this.#posting(run)),
    };
  }

  #posting({ field, row, df }) {
    const rows = this.#begins.at(-1);
    const lengths = () => {
      const [from, to] = [ABSTRACT, ABSTRACT + 1].map((each) => this.#begins[each * this.#terms.length]);
      return cut(this.#lengths, rows - (to - from), field < ABSTRACT ? row : row - (to - from), df);
    };
    return { docs: this.#documents(row, df), tf: cut(this.#tf, rows, row, df), lengths: field === ABSTRACT ? null : lengths() };
  }

  // Gaps become documents.
  #documents(row, df) {
    const docs = this.#docs.slice(row, row + df);
    for (let n = 1; n < df; n += 1) docs[n] += docs[n - 1] + 1;
    return docs;
  }

  // The positions of all rows, and where those of each row begin.
  places(bytes) {
    const rows = this.#begins[WITH_POSITIONS * this.#terms.length];
    const tf = cut(this.#tf, this.#begins.at(-1), 0, rows);
    const first = new Uint32Array(rows + 1);
    for (let n = 0; n < rows; n += 1) first[n + 1] = first[n] + tf[n];
    const all = new Reader(bytes).numbers(first[rows], Uint16Array);
    for (let n = 0; n < rows; n += 1) {
      for (let at = first[n] + 1; at < first[n + 1]; at += 1) all[at] += all[at - 1];
    }
    return { first, all };
  }

  // For each field a Map of document -> positions, or null.
  positions(term, { first, all }) {
    return this.#runs(this.#place(term)).map((run) => {
      if (!run || run.field >= WITH_POSITIONS) return null;
      const docs = this.#documents(run.row, run.df);
      return new Map(Array.from(docs, (doc, n) => [doc, all.subarray(first[run.row + n], first[run.row + n + 1])]));
    });
  }
}

// For each field, and in it for each term, its first row; and at the end how many rows there are.
function begins(fields, masks, counts) {
  const found = new Uint32Array(fields * masks.length + 1);
  masks.forEach((mask, place) => {
    for (let field = 0; field < fields; field += 1) {
      if (mask & (1 << field)) found[field * masks.length + place + 1] = counts.number() + 1;
    }
  });
  for (let n = 1; n < found.length; n += 1) found[n] += found[n - 1];
  return found;
}

// Some of the `total` numbers of a plane, each one more than is written. Most planes have a byte for each.
function cut(plane, total, begin, count) {
  if (plane.length === total) return new Reader(plane.subarray(begin, begin + count)).numbers(count, Uint16Array, 1);
  return new Reader(plane).numbers(total, Uint16Array, 1).subarray(begin, begin + count);
}
