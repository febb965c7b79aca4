// What the results show of each document: the twin of generator/search/store.py.

import { decodeText } from "./bytes.js";

const LINES = 7; // Of a document.

// The beginning of a zlib stream that says this text: a head, and one block that is not compressed.
export function beginning(text) {
  const size = [text.length & 255, text.length >> 8];
  return [Uint8Array.of(0x78, 0x9c, 0, ...size, ...size.map((byte) => byte ^ 255)), text];
}

// The records of a file of documents, LINES lines each, by their place in it: of most files one is wanted.
export function records(bytes) {
  const lines = decodeText(bytes).split("\n");
  return (n) => record(lines.slice(LINES * n, LINES * (n + 1)));
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
    listed: flags.includes("l"),
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
