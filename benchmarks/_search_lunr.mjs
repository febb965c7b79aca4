// { records, queries } on standard input -> for each query the ids of the first ten papers, by lunr.js as it
// comes: its own pipeline, no boosts, its own query language. A query that it cannot read finds nothing.
import { readFileSync } from "node:fs";
import lunr from "../site_templates/assets/search/lunr.js";

const { records, queries } = JSON.parse(readFileSync(0, "utf8"));
const index = lunr(function () {
  this.ref("id");
  for (const field of ["title", "authors", "abstract"]) this.field(field);
  for (const record of JSON.parse(readFileSync(records, "utf8"))) this.add(record);
});

function found(query) {
  try {
    return index.search(query).slice(0, 10).map(({ ref }) => ref);
  } catch (error) {
    if (error instanceof lunr.QueryParseError) return [];
    throw error;
  }
}
console.log(JSON.stringify(queries.map(found)));
