// What the reader typed, as words and conditions. No DOM, no fetch.
//
// An operator counts only where it has a meaning: a known field before a colon directly followed by a value,
// a minus before a word, a star or a tilde after one, a pair of quotation marks. Everything else is words, so
// that any pasted title is a query; and because a title may look like operators all the same, `literal` says
// which title the text would be.

import { once } from "./once.js";
import { STOP_WORDS, fold, partsOf, terms, tokens, words } from "./tokeniser.js";

const MOST_WORDS = 60; // Of a pasted abstract, these tell it from all others.
const MOST_CONDITIONS = 30;

const FIELDS = new Map(Object.entries({
  title: "title", author: "authors", authors: "authors", abstract: "abstract", topic: "topics", topics: "topics",
  category: "categories", categories: "categories", affiliation: "affiliations", affiliations: "affiliations",
}));
const PHRASED = new Set([undefined, "title", "authors", "abstract"]); // Where the index knows the order of words.
// Stop words that are names of people where they are written as such: `Attention He`.
const NAMES = new Set(["an", "do", "he", "may", "she", "so", "you"]);

// Classes of Unicode take long to compile, so each of these is made when there is a reason to try it.
const MINUS = once(() => /-(?=["“„«]|\p{N}*\p{L})/uy);
const FIELD = once(() => new RegExp(`(${[...FIELDS.keys(), "year", "month", "has"].join("|")}):(?=[^\\s:])`, "iuy"));
const QUOTED = once(() => /["“„«]([^"“”„«»]+)["”“»](?![\p{L}\p{N}])/uy);
const OPENING = [..."\"“„«"];
const CHUNK = /\S+/uy;
const PREFIX = once(() => /^([\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]+)\*$/u);
const FUZZY = once(() => /^([\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]+)~([12])$/u);
const CLASS = once(() => /^[a-z]+(?:-[a-z]+)*\.(?:[A-Z]{2}|[a-z]+-[a-z-]+)$/u);
// An arXiv id, a DOI or a URL, also with the word before it; the second group are arXiv's forms before 2007.
const ADDRESS = once(() => new RegExp("[([<]*(?:(?:arxiv|doi)(?::\\s*|\\s+))?(?:https?://|www\\.|(?:[a-z\\d-]+\\.)*(?:arxiv|doi|aclanthology)\\.org/"
  + "|10\\.\\d{4,9}/|\\d{4}\\.\\d{4,5}(?![a-uw-z\\d])|[a-z-]+(?:\\.[a-z]{2})?/\\d{7}(?!\\d))\\S*", "iy"));
const MAYBE_ADDRESS = /\/|^[([<]*\D*\d{4}\.\d{4}|^(?:arxiv|doi):?$/i;
const PERIOD = once(() => /^(\d{4}(?:-\d{2})?)?(?:(\.\.|(?<=^\d{4})[-–](?=\d{4}$))(\d{4}(?:-\d{2})?)?)?$/u);

// { words, conditions, literal }
// words: [{ text, alternatives, terms, prefix, fuzzy, last }]: found where all terms of one alternative are:
//   `gpt-4v` by `gpt4v`, or by `gpt` and `4v`. `prefix` and `fuzzy` as the reader asked; `last` where she may
//   still be typing the word.
// conditions: { kind: "words" | "phrase", field, negative, text, words, exact }, where `field` may be undefined;
//   { kind: "period", negative, periods: [{ from, to }] }, inclusive beginnings of dates, one of which is meant;
//   { kind: "code", negative }; { kind: "address", negative, text }.
// names: terms that are stop words and perhaps names of authors.
// literal: { sequence, terms: Map of term -> how often, length }: the title that the text would be.
// With `isPlain` nothing is an operator.
export function parse(text, { isPlain = false } = {}) {
  const found = { text, words: [], conditions: [], plain: [], isPlain };
  for (let at = 0; at < text.length;) {
    if (/\s/u.test(text[at])) at += 1;
    else at = readChunk(found, at);
  }
  endPlain(found);
  return finished(found);
}

function match(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

// Reads what begins at `at`, and returns where it ends.
function readChunk(found, at) {
  const { text, isPlain } = found;
  const chunk = match(CHUNK, text, at)[0];
  const address = !isPlain && MAYBE_ADDRESS.test(chunk) && match(ADDRESS(), text, at)?.[0];
  if (address) {
    endPlain(found);
    found.conditions.push({ kind: "address", negative: false, text: address });
    return at + address.length;
  }
  const negative = text[at] === "-" && match(MINUS(), text, at) !== null;
  const start = at + (negative ? 1 : 0);
  const name = chunk.includes(":") ? match(FIELD(), text, start)?.[1].toLowerCase() : undefined;
  const from = name ? start + name.length + 1 : start;
  const quoted = OPENING.includes(text[from]) ? match(QUOTED(), text, from) : null;
  const end = quoted ? from + quoted[0].length : at + chunk.length;
  const value = quoted ? quoted[1] : text.slice(from, end);
  const condition = !isPlain && found.conditions.length < MOST_CONDITIONS && conditionOf(name, value, Boolean(quoted), negative);
  if (condition) {
    endPlain(found);
    found.conditions.push({ ...condition, negative });
    if (condition.words && !quoted && end === text.length) condition.words.at(-1).last = true;
    return end;
  }
  const special = isPlain ? [] : specialWords(chunk);
  if (special.length) endPlain(found);
  if (special.length) found.words.push(...special);
  else found.plain.push(chunk.replaceAll("~", " ")); // A blank of TeX.
  if (at + chunk.length === text.length) {
    endPlain(found);
    if (found.words.length) found.words.at(-1).last = true;
  }
  return at + chunk.length;
}

// What a part with an operator asks for, or undefined where it is only words.
function conditionOf(name, value, quoted, negative) {
  if (name === "year" || name === "month") return periodOf(value.replace(/[,;)]+$/, ""));
  if (name === "has") return /^code[,;)]*$/i.test(value) ? { kind: "code" } : undefined;
  if (!name && !quoted && !negative) return undefined;
  const field = name && FIELDS.get(name);
  const special = quoted && !isClass(value) ? [] : specialWords(value);
  const all = special.length ? special : wordsOf(value);
  const made = field === "authors" ? all : countingWords(all, !name);
  if (!made.length) return undefined;
  // `cs.SY` is not what has `cs` and, of another class, `SY`.
  if (field === "categories" && isClass(value)) made[0].alternatives.length = made[0].terms.length = 1;
  const kind = quoted && PHRASED.has(field) && words(value).length > 1 ? "phrase" : "words";
  return { kind, field, text: value, words: made, exact: quoted };
}

function periodOf(value) {
  const [, from, to, until] = PERIOD().exec(value) ?? [];
  if (!from && !until) return undefined;
  const period = { from: from ?? "", to: to ? until ?? "" : from };
  return { kind: "period", periods: [from && until && from > until ? { from: until, to: from } : period] };
}

// `year:2024 year:2025` is either; but `year:2020.. year:..2022` is what is in both.
function eitherPeriod(conditions) {
  const isClosed = ({ kind, negative, periods }) => kind === "period" && !negative && periods[0].from && periods[0].to;
  const closed = conditions.filter(isClosed);
  if (closed.length < 2) return conditions;
  const either = { ...closed[0], periods: closed.flatMap(({ periods }) => periods) };
  return [...conditions.filter((each) => !isClosed(each)), either];
}

// `word*` and `word~1`; a compound's last part has the star, its other parts are words before it. And `cs.CL`,
// which is a term of its own.
function specialWords(chunk) {
  if (isClass(chunk)) return [classWord(chunk)];
  const [, prefixed] = (chunk.endsWith("*") && PREFIX().exec(chunk)) || [];
  const [, near, distance] = (chunk.includes("~") && FUZZY().exec(chunk)) || [];
  const made = wordsOf(prefixed ?? near ?? "");
  const last = made.at(-1);
  if (!last) return [];
  if (prefixed) last.prefix = true;
  else last.fuzzy = Number(distance);
  return made;
}

const isClass = (text) => text.includes(".") && CLASS().test(text);

function classWord(text) {
  const word = wordOf(text.toLowerCase());
  return { ...word, alternatives: [[word.text], ...word.alternatives], terms: [word.text, ...word.terms] };
}

function endPlain(found) {
  found.words.push(...wordsOf(found.plain.join(" ")));
  found.plain = [];
}

function finished({ text, words: all, conditions }) {
  const kept = countingWords(all.slice(0, MOST_WORDS), conditions.some(({ negative }) => !negative));
  return { words: kept, conditions: eitherPeriod(conditions), names: namesIn(text, kept), literal: literalOf(text) };
}

// The words without stop words; with them where there is nothing else: some titles consist of them.
function countingWords(all, others) {
  const counting = all.map((word) => without(word, STOP_WORDS)).filter(({ alternatives }) => alternatives.length);
  return counting.length || others ? counting : all;
}

function without(word, stop) {
  const [main, ...others] = word.alternatives.map((each) => each.filter((term) => !stop.has(term)));
  const alternatives = main.length ? [main, ...others.filter((each) => each.length)] : [];
  return { ...word, alternatives, terms: word.terms.filter((term) => !stop.has(term)) };
}

function wordsOf(text) {
  return words(text).map(wordOf).filter(({ alternatives }) => alternatives[0].length);
}

function wordOf(text) {
  const parts = partsOf(text);
  // A part is its first term, but a text in Chinese or Japanese is all its pairs of characters.
  const main = parts.flatMap((part) => (isPairs(part) ? terms(part) : terms(part).slice(0, 1)));
  const all = terms(text);
  const joined = parts.length > 1 ? all.filter((term) => !parts.some((part) => terms(part).includes(term))).slice(-1) : [];
  return { text, parts, alternatives: [main, ...joined.map((term) => [term])], terms: all, prefix: false, fuzzy: 0, last: false };
}

const isPairs = (part) => /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{3134f}]/u.test(part);

function namesIn(text, kept) {
  if (!kept.length || kept.length > 3) return [];
  const typed = text.trim().split(/\s+/u);
  const isName = (word, n) => NAMES.has(fold(word)) && (/^s?he$/i.test(word) || (n > 0 && /^\p{Lu}/u.test(word)));
  return [...new Set(typed.filter(isName).map(fold))].filter((term) => !kept.some((word) => word.terms.includes(term)));
}

function literalOf(text) {
  const sequence = sequenceOf(text);
  const counted = new Map();
  for (const term of sequence) counted.set(term, (counted.get(term) ?? 0) + 1);
  return { sequence, terms: counted, length: sequence.length };
}

// The terms that a title of this text has.
export function sequenceOf(text) {
  const bare = text.replaceAll("~", " ");
  const found = tokens(bare);
  return found.length ? found : tokens(bare, { keepStopWords: true });
}
