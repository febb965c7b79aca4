// Answers questions about the pure parts of the search view: [[function, ...arguments]] -> [answer].

import { readFileSync } from "node:fs";

const scripts = new URL("../../site_templates/assets/search/", import.meta.url);
const { readAddress, toggled, writeAddress } = await import(new URL("address.js", scripts));
const { statusText } = await import(new URL("messages.js", scripts));
const { shownValues } = await import(new URL("filters.js", scripts));
const { shortDate, slice } = await import(new URL("render.js", scripts));

const known = { readAddress, toggled, writeAddress, statusText, shownValues, shortDate, slice };
const questions = JSON.parse(readFileSync(0, "utf-8"));
console.log(JSON.stringify(questions.map(([name, ...given]) => known[name](...given))));
