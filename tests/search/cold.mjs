// What has a faster way beside the general one: { texts, lists, numbers } -> for each text whether both say the same of
// its words and marks, for each pair of lists what they have in common and together, numbers as readers see them.
import { readFileSync } from "node:fs";
import { placesIn, union, within } from "../../site_templates/assets/search/lists.js";
import { mark } from "../../site_templates/assets/search/marks.js";
import { number } from "../../site_templates/assets/search/messages.js";
import { rehearseRanking, rehearsed } from "../../site_templates/assets/search/rehearsal.js";
import { compounds } from "../../site_templates/assets/search/tokeniser.js";

const { texts, lists, numbers } = JSON.parse(readFileSync(0, "utf8"));
const GENERAL = " \u4e2d"; // A text with this needs the patterns for all of Unicode.
const json = (value) => JSON.stringify(value);

function isSame(text) {
  const isWanted = (term) => term.length % 2 === 1 && !/^\p{Lo}/u.test(term);
  const [one, other] = [mark(text, isWanted), mark(text + GENERAL, isWanted)];
  const last = other.at(-1);
  if (last.match) return false;
  last.text = last.text.slice(0, -GENERAL.length);
  if (!last.text) other.pop();
  return json(compounds(text)) === json(compounds(text + GENERAL).slice(0, -1)) && json(one) === json(other);
}

const pairs = lists.map((pair) => pair.map((list) => Uint32Array.from(list)));
console.log(json({
  same: texts.map(isSame),
  places: pairs.map(([docs, wanted]) => Array.from(placesIn(docs, wanted))),
  within: pairs.map(([docs, wanted]) => Array.from(within(wanted, [docs, docs.subarray(1)]))),
  union: pairs.map((pair) => Array.from(union(pair))),
  numbers: numbers.map((each) => number(each) === each.toLocaleString("en")),
  rehearsed: [(await rehearseRanking()) === undefined, rehearsed().title],
}));
