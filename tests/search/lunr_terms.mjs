// Loads a serialised index into lunr.js as it is and queries it by terms, without any pipeline:
// { index, queries: [[term, ...]] } -> [[[ref, score], ...]].
import { readFileSync } from "node:fs";
import lunr from "../../site_templates/assets/search/lunr.js";

const { index: file, queries } = JSON.parse(readFileSync(0, "utf8"));
const warnings = [];
lunr.utils.warn = (message) => warnings.push(message);
const index = lunr.Index.load(JSON.parse(readFileSync(file, "utf8")));
const answers = queries.map((terms) =>
  index.query((query) => terms.forEach((term) => query.term(term, { usePipeline: false }))).map(({ ref, score }) => [ref, score]),
);
console.log(JSON.stringify({ version: lunr.version, warnings, answers }));
