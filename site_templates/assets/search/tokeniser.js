// The paper tokeniser: the twin of generator/text/tokeniser.py, held to it by tests/search/vectors.json.
// A term is lower-case, without accents, in the singular; a compound gives its parts and their joined
// forms, so that `GPT-4V`, `GPT4V` and `gpt 4v` find each other.

import { once } from "./once.js";

export const STOP_WORDS = new Set(
  ("a able about across after all almost also am among an and any are as at be because been but by can " +
    "cannot could dear did do does either else ever every for from get got had has have he her hers him his " +
    "how however i if in into is it its just least let like likely may me might most must my neither no nor " +
    "not of off often on only or other our own rather said say says she should since so some than that the " +
    "their them then there these they this tis to too twas us wants was we were what when where which while " +
    "who whom why will with would yet you your").split(" "),
);

const LONGEST_TERM = 40;
const MOST_JOINED = 6;

const GREEK = [
  "αβγδεζηθικλμνξοπρστυφχψως",
  ("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau " +
    "upsilon phi chi psi omega sigma").split(" "),
];
const LETTERS = new Map([
  ["ø", "o"], ["ł", "l"], ["ß", "ss"], ["æ", "ae"], ["œ", "oe"], ["đ", "d"], ["ð", "d"], ["þ", "th"], ["ı", "i"],
  ...[..."‐‑‒–−"].map((char) => [char, "-"]),
  ...[..."’ʼ`´ʹ"].map((char) => [char, "'"]),
  ...[..."$^_{}\\*~"].map((char) => [char, ""]),
  ...[...GREEK[0]].map((char, n) => [char, GREEK[1][n]]),
]);

const TEX_LETTERS = new Map(Object.entries({ ss: "ss", ae: "ae", oe: "oe", aa: "a", o: "o", l: "l", i: "i", j: "j" }));
const TEX_FORMATS = new Set(
  ("emph text textit textbf textrm textsf texttt textsc textup textsl textnormal textsuperscript textsubscript " +
    "underline mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr boldsymbol bm operatorname " +
    "mbox hbox ensuremath rm bf it tt em sc sf sl left right limits nolimits displaystyle textstyle hat tilde " +
    "bar vec dot ddot overline widehat widetilde sqrt frac").split(" "),
);
const MARKUP = once(() => new RegExp(
  "(?<entity>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});)" +
    "|</?(?:i|b|u|em|strong|sub|sup|tt)>|(?<line>\\\\\\\\)" +
    "|\\\\['`^\"~=.](?=[{\\\\A-Za-z])|\\\\[cvHukrbdt](?:(?=\\{)| +(?=[A-Za-z]))|\\\\-" +
    "|\\\\(?<command>[A-Za-z]+)(?<space> *)",
  "gu",
));

// `Team_Name` is two words; `x_i` is one letter and its index.
const JOINT = /(?<=[A-Za-z0-9]{2})_+(?=[A-Za-z0-9]{2})/g;

// Classes of Unicode take milliseconds to compile, so texts that need none have patterns of their own.
const PLAIN = once(() => patternsOf("[A-Za-z0-9]"));
const ANY = once(() => patternsOf("[\\p{L}\\p{N}]", "u"));
const BEYOND_ASCII = /[^\0-\x7f]/;

// The patterns for texts whose letters and digits are of the class `W`.
function patternsOf(W, flags = "") {
  const atom = `${W}+(?:(?<=[0-9])\\.(?=[0-9])${W}+)*`;
  return {
    apostrophe: new RegExp(`(?<=${W})'(?:s(?!${W}))?`, `g${flags}`),
    compound: new RegExp(`${atom}(?:[-/&]+${atom})*(?:\\+\\+|#)?`, `g${flags}`),
  };
}

const PARTS = /[-/&]+/;
const VERSION = /^([a-z]{3,})([0-9][0-9a-z.]*)$/;
export const CJK = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{3134f}]+/gu;
const PLURAL = /^[a-z]{3,}s$/;
const IRREGULAR = new Map(
  ("analyses:analysis apis:api axes:axis bias:bias biases:bias caches:cache calories:calorie canvas:canvas " +
    "cookies:cookie corpora:corpus cpus:cpu gpus:gpu guis:gui hypotheses:hypothesis indices:index lens:lens " +
    "lenses:lens lms:lm matrices:matrix menus:menu movies:movie mris:mri news:news niches:niche npus:npu " +
    "pois:poi quizzes:quiz relus:relu rois:roi selfies:selfie series:series species:species " +
    "syntheses:synthesis theses:thesis tpus:tpu vertices:vertex viruses:virus vms:vm zombies:zombie")
    .split(" ").map((pair) => pair.split(":")),
);

export function fold(text) {
  const joined = text.replace(JOINT, "-");
  const words = /[&<\\]/.test(joined) ? joined.replace(MARKUP(), (...match) => withoutMarkup(match.at(-1))) : joined;
  if (!BEYOND_ASCII.test(words)) return words.toLowerCase().replace(/[$^_{}\\*~]+/g, "").replaceAll("`", "'");
  const bare = words.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "");
  return Array.from(bare, (char) => LETTERS.get(char) ?? char).join("");
}

function withoutMarkup({ entity, line, command, space }) {
  if (entity) return entity === "&amp;" ? "&" : " ";
  if (line) return " ";
  if (command === undefined || TEX_FORMATS.has(command)) return "";
  if (TEX_LETTERS.has(command.toLowerCase())) return TEX_LETTERS.get(command.toLowerCase());
  const name = command.replace(/^var/, "").toLowerCase();
  return GREEK[1].includes(name) ? name + space : ` ${command} `;
}

// The terms of a text in order, without stop words; names keep `He` and `An`.
export function tokens(text, { keepStopWords = false } = {}) {
  return compounds(text).flat().filter((term) => keepStopWords || !STOP_WORDS.has(term));
}

// The terms of a text, grouped by the compound that they come from; stop words included.
export function compounds(text) {
  return words(text).map(terms);
}

// The compounds of a text, folded: `r1-searcher++`.
export function words(text) {
  const folded = fold(text);
  const { apostrophe, compound } = BEYOND_ASCII.test(folded) ? ANY() : PLAIN();
  return folded.replace(apostrophe, "").match(compound) ?? [];
}

// The parts of a compound: `r1`, `searcher`.
export function partsOf(compound) {
  return compound.replace(/[+#]+$/, "").split(PARTS);
}

// The terms of one folded compound.
export function terms(compound) {
  const bare = compound.replace(/[+#]+$/, "");
  const parts = bare.split(PARTS);
  const made = parts.flatMap(partTerms);
  if (parts.length > 1 && parts.length <= MOST_JOINED) {
    const joined = new Set([...parts.slice(1).map((part, n) => parts[n] + part), parts.join("")]);
    made.push(...Array.from(joined, singular));
  }
  if (bare !== compound) made.splice(parts.length - 1, 0, parts.at(-1) + compound.slice(bare.length));
  return [...new Set(made.filter(isShort))];
}

const isShort = (term) => term.length <= LONGEST_TERM || Array.from(term).length <= LONGEST_TERM;

function partTerms(part) {
  if (BEYOND_ASCII.test(part) && part.search(CJK) >= 0) return cjkTerms(part);
  const version = VERSION.exec(part);
  return version ? [singular(part), version[1], version[2]] : [singular(part)];
}

function cjkTerms(part) {
  const made = [];
  let end = 0;
  for (const run of part.matchAll(CJK)) {
    if (run.index > end) made.push(part.slice(end, run.index));
    const chars = Array.from(run[0]);
    if (chars.length === 1) made.push(chars[0]);
    for (let n = 0; n + 1 < chars.length; n += 1) made.push(chars[n] + chars[n + 1]);
    end = run.index + run[0].length;
  }
  if (end < part.length) made.push(part.slice(end));
  return made;
}

// English plurals become their singular; no other ending is cut, and `GPU` finds `GPUs`.
export function singular(term) {
  if (IRREGULAR.has(term)) return IRREGULAR.get(term);
  if (!PLURAL.test(term) || /[usi]s$/.test(term)) return term;
  if (term.endsWith("ies") && term.length > 4) return `${term.slice(0, -3)}y`;
  if (/(?:ss|x|sh|ch)es$/.test(term) || (term.endsWith("oes") && term.length > 5)) return term.slice(0, -2);
  return term.slice(0, -1);
}
