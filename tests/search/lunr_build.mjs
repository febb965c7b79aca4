// Lets lunr.js 2.3.9 build the index of documents that are tokenised already:
// { documents: [{ field: [term, ...] }], boosts, terms } -> its serialisation.
// `terms` are given numbers before, in their order; without them lunr.js numbers terms as they come.
import { readFileSync } from "node:fs";
import lunr from "../../site_templates/assets/search/lunr.js";

const { documents, boosts, terms = [] } = JSON.parse(readFileSync(0, "utf8"));
const builder = new lunr.Builder();
builder.tokenizer = (found) => found.map((term) => new lunr.Token(term, {}));
for (const [field, boost] of Object.entries(boosts)) builder.field(field, { boost });
builder.ref("ref");
for (const term of terms) {
  const posting = Object.create(null);
  posting._index = builder.termIndex;
  builder.termIndex += 1;
  for (const field of Object.keys(boosts)) posting[field] = Object.create(null);
  builder.invertedIndex[term] = posting;
}
documents.forEach((document, ref) => builder.add({ ...document, ref: String(ref) }));
process.stdout.write(JSON.stringify(builder.build()));
