// Reads a JSON array of [text, keepStopWords] from standard input and prints the array of their tokens.
import { readFileSync } from "node:fs";
import { tokens } from "../../site_templates/assets/search/tokeniser.js";

const cases = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(cases.map(([text, keepStopWords]) => tokens(text, { keepStopWords }))));
