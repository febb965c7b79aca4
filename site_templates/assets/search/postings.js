// A posting shard: for a run of terms, which documents have them, how often, and in how long a field.

import { Reader, frontCoded, parts } from "./bytes.js";

const ABSTRACT = 2; // Lengths of abstracts are in the manifest.
const WITH_POSITIONS = 3; // Title, authors, abstract.

export class Shard {
  #terms = new Map(); // Term -> its place in this shard.
  #ranks;
  #runs; // Place -> for each field { field, df, row } or null; rows are sorted by field, term, document.
  #docs;
  #tf;
  #lengths;

  // `fields` are their number.
  constructor(bytes, fields) {
    const { head: [rank, count], planes } = parts(bytes, 2, 9);
    const [shared, further, rest, skipped, masks, counts, gaps, tf, lengths] = planes;
    frontCoded(count, shared, further, rest).forEach((term, n) => this.#terms.set(term, n));
    this.#ranks = [rank];
    for (const more of skipped.numbers(count - 1)) this.#ranks.push(this.#ranks.at(-1) + more + 1);
    this.#runs = Array.from(masks.take(count), (mask) =>
      Array.from({ length: fields }, (_, field) => (mask & (1 << field) ? { field, df: counts.number() + 1 } : null)),
    );
    let rows = 0;
    for (const run of this.#inOrder(fields)) {
      run.row = rows;
      rows += run.df;
    }
    this.#docs = gaps.numbers(rows);
    this.#tf = tf.numbers(rows, Uint16Array, 1);
    this.#lengths = new Uint16Array(rows);
    for (const run of this.#inOrder(fields)) this.#complete(run, lengths);
  }

  *#inOrder(fields) {
    for (let field = 0; field < fields; field += 1) {
      for (const runs of this.#runs) if (runs[field]) yield runs[field];
    }
  }

  // Gaps become documents, and lengths are read.
  #complete({ field, df, row }, lengths) {
    const docs = this.#docs;
    for (let n = row + 1; n < row + df; n += 1) docs[n] += docs[n - 1] + 1;
    if (field !== ABSTRACT) this.#lengths.set(lengths.numbers(df, Uint16Array, 1), row);
  }

  // How many postings the term has; 0 where it is not here.
  total(term) {
    const runs = this.#runs[this.#terms.get(term)] ?? [];
    return runs.reduce((sum, run) => sum + (run?.df ?? 0), 0);
  }

  // { term, index, df, postings }, or undefined; `postings` has null for fields that do not have the term, and their
  // `lengths` are null for abstracts.
  entry(term) {
    const place = this.#terms.get(term);
    if (place === undefined) return undefined;
    const runs = this.#runs[place];
    return {
      term,
      index: this.#ranks[place],
      df: runs.map((run) => run?.df ?? 0),
      postings: runs.map((run) => run && this.#posting(run)),
    };
  }

  #posting({ field, df, row }) {
    const cut = (column) => column.subarray(row, row + df);
    return { docs: cut(this.#docs), tf: cut(this.#tf), lengths: field === ABSTRACT ? null : cut(this.#lengths) };
  }

  // The positions of all rows, and where those of each row begin.
  places(bytes) {
    const rows = this.#runs.flat().reduce((sum, run) => sum + (run && run.field < WITH_POSITIONS ? run.df : 0), 0);
    const begins = new Uint32Array(rows + 1);
    for (let n = 0; n < rows; n += 1) begins[n + 1] = begins[n] + this.#tf[n];
    const all = new Reader(bytes).numbers(begins[rows], Uint16Array);
    for (let n = 0; n < rows; n += 1) {
      for (let at = begins[n] + 1; at < begins[n + 1]; at += 1) all[at] += all[at - 1];
    }
    return { begins, all };
  }

  // For each field a Map of document -> positions, or null.
  positions(term, { begins, all }) {
    return this.#runs[this.#terms.get(term)].map((run) => {
      if (!run || run.field >= WITH_POSITIONS) return null;
      const rows = Array.from({ length: run.df }, (_, n) => run.row + n);
      return new Map(rows.map((row) => [this.#docs[row], all.subarray(begins[row], begins[row + 1])]));
    });
  }
}
