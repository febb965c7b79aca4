// Reads a JSON array of texts from standard input and prints the array of their tokens.
import { readFileSync } from "node:fs";
import { tokens } from "../../site_templates/assets/search/tokeniser.js";

const texts = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map(tokens)));
