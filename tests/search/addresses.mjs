// Reads a JSON array of texts from standard input and prints the array of their keys.
import { readFileSync } from "node:fs";
import { addressKey } from "../../site_templates/assets/search/addresses.js";

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(addressKey)));
