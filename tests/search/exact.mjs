// { folder, queries } -> what the judge says of them.
import { readFileSync } from "node:fs";
import { openIndex } from "../../site_templates/assets/search/engine.js";
import lunr from "../../site_templates/assets/search/lunr.js";
import { judged } from "./exactness.mjs";

const BASE = "https://digest.test/assets/search/";
const { folder, queries } = JSON.parse(readFileSync(0, "utf8"));
const read = (name) => readFileSync(`${folder}/${name}`);
const engine = await openIndex(BASE, { fetch: async (url) => new Response(read(url.slice(BASE.length))) });
const { folder: hashed, whole } = JSON.parse(read("current.json"));
console.log(JSON.stringify(await judged(engine, lunr, JSON.parse(read(`${hashed}/${whole}`)), queries)));
