// Papers by arXiv id, DOI or address. Loaded only where a reader has pasted one. The twin of
// generator/search/addresses.py; both are held to tests/search/addresses.json.

import { countUpTo, frontCoded, parts } from "./bytes.js";

const AROUND = /^[(\[<]+|[)\]>.,;:!?]+$/g;
const START = /^(?:(?:https?:)?\/\/)?(?:www\.)?/;
const ARXIV = new RegExp("^(?:arxiv:? ?|(?:doi:? ?|(?:dx\\.)?doi\\.org/)?10\\.48550/arxiv\\."
  + "|(?:[a-z0-9-]+\\.)*(?:arxiv\\.org|alphaxiv\\.org|huggingface\\.co)/[a-z-]+/)?"
  + "([0-9]{4}\\.[0-9]{4,5}|[a-z-]+(?:\\.[a-z]{2})?/[0-9]{7})(?:v[0-9]+)?(?:\\.pdf)?/?$");
const CLASS = /\.[a-z]{2}\//;
const DOI = /(?:^|^doi:? ?|\/)(10\.[0-9]{4,9}\/.+)$/;
const END = /(?:\.pdf)?\/*$/;

// What all forms of an arXiv id, a DOI or a URL have in common; ids without their versions.
export function addressKey(text) {
  const bare = text.trim().toLowerCase().replace(AROUND, "").replace(START, "");
  const [, arxiv] = ARXIV.exec(bare) ?? [];
  if (arxiv) return arxiv.replace(CLASS, "/");
  const [, doi] = DOI.exec(bare) ?? [];
  return doi ?? bare.split("#")[0].replace(END, "");
}

// The documents with this address, 1 for each.
export async function documentsAt(index, text) {
  const found = new Uint8Array(index.papers);
  const key = addressKey(text);
  const firsts = await index.file("a/firsts.bin", (bytes) => {
    const { head: [count], planes } = parts(bytes, 1, 3);
    return frontCoded(count, ...planes);
  });
  const number = countUpTo(firsts, key) - 1;
  if (number < 0) return found;
  const documents = await index.file(`a/${number}.bin`, block);
  for (const doc of documents.get(key) ?? []) found[doc] = 1;
  return found;
}

// Map of key -> documents.
function block(bytes) {
  const { head: [count], planes } = parts(bytes, 1, 5);
  const keys = frontCoded(count, ...planes.slice(0, 3));
  const counts = planes[3].numbers(count, Uint32Array, 1);
  return new Map(keys.map((key, n) => [key, planes[4].numbers(counts[n])]));
}
