// [number, ...] -> their logarithms.
import { readFileSync } from "node:fs";

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(Math.log)));
