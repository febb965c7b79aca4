// What was found as the reader sees it: hits with their words marked, and the pages that the words name.

import { mark } from "./marks.js";
import { rehearsed } from "./rehearsal.js";
import { STOP_WORDS, partsOf, terms, words } from "./tokeniser.js";

// The documents as hits. Of the `first` ones, those go before the others that have the words in their title in the
// order in which they were typed: they are known when their titles are there.
export async function shown(index, query, { full, scores, titles }, docs, { corrected, first, sort = "relevance" }) {
  const loading = index.stored(docs);
  const isWanted = marked(index, query);
  const typed = sequence(query.words.map(({ text }) => text).join(" "), corrected);
  hit(rehearsed(), 0, isWanted); // Compiled while the papers are on their way.
  const stored = await loading;
  const hits = docs.map((doc, n) => hit(stored[n], scores[doc], isWanted));
  if (!first || sort !== "relevance" || typed.length < 2) return hits;
  const head = hits.slice(0, Math.min(first, full.length));
  const place = head.map(({ title }, n) => (titles.has(docs[n]) ? 4 : 0) + likeness(sequence(title), typed, query.words.length > 1));
  const ranked = head.map((_, n) => n).sort((one, other) => place[other] - place[one] || one - other);
  return [...ranked.map((n) => head[n]), ...hits.slice(head.length)];
}

// The words of a text, without stop words; instead of those that were corrected, the right ones.
function sequence(text, corrected = []) {
  const instead = new Map(corrected.map((each) => [each.word, each.instead]));
  const parts = words(text).flatMap(partsOf).map((part) => instead.get(part) ?? terms(part)[0]);
  return parts.filter((term) => term && !STOP_WORDS.has(term));
}

// How much of what was typed a title is: 3 the whole title; where it has the words in this order, the more the
// closer they are together there, and, unless they were typed as one, the fewer others it has; else 0.
function likeness(title, typed, areApart) {
  if (title.join(" ") === typed.join(" ")) return 3;
  const span = closest(title, typed);
  return span ? typed.length / span + (areApart ? typed.length / title.length : 0) : 0;
}

// The fewest words of a title side by side among which the typed ones are in their order, or 0.
function closest(title, typed) {
  const spans = title.map((term, start) => (term === typed[0] ? spanFrom(title, typed, start) : 0)).filter(Boolean);
  return spans.length ? Math.min(...spans) : 0;
}

function spanFrom(title, typed, start) {
  let found = 0;
  for (let at = start; at < title.length; at += 1) {
    if (title[at] === typed[found]) found += 1;
    if (found === typed.length) return at + 1 - start;
  }
  return 0;
}

// For each field, whether a term of it was searched for.
function marked(index, query) {
  const wanted = new Map(index.fields.map((field) => [field, new Set(field === "authors" ? query.names.map(({ term }) => term) : [])]));
  const add = (all, fields) => {
    for (const word of all) for (const { entry } of [...word.found.values()].flat()) for (const field of fields) wanted.get(field).add(entry.term);
  };
  add(query.words, index.fields);
  if (query.isPart) for (const term of query.literal.terms.keys()) for (const field of index.fields) wanted.get(field).add(term);
  for (const { words: all, field, negative } of query.conditions) if (all && !negative) add(all, field ? [field] : index.fields);
  return (field) => (term) => wanted.get(field).has(term);
}

function hit(stored, score, isWanted) {
  const { id, title, authors, people, etAl, categories, snippet, ...facts } = stored;
  return {
    id, score, title, url: `papers/${id}/`, authors, etAl, category: categories[0] ?? "", categories, ...facts,
    people: authors.map((name, n) => ({ name, url: people[n] ? `authors/${people[n]}/` : null })),
    titleParts: mark(title, isWanted("title")),
    authorParts: mark(authors.join(", ") + (etAl ? " et al." : ""), isWanted("authors")),
    snippet: mark(snippet, isWanted("abstract")),
  };
}

// Authors of these hits, topics and categories that the text names, as it was corrected: { authors, topics, categories }.
export function named(index, text, { hits, corrected = [] }, limit) {
  const instead = new Map(corrected.map((each) => [each.word, each.instead]));
  const typed = words(text).map((word) => instead.get(word) ?? word);
  const fits = (name) => isNamed(name, typed);
  const authors = new Map();
  for (const { people } of hits) {
    for (const { name, url } of people) if (fits(name) && !authors.has(url ?? name)) authors.set(url ?? name, { name, url, count: null });
  }
  const groups = (name) => (index.facets[name]?.values ?? []).filter((value) => fits(`${value.name} ${value.value}`))
    .slice(0, limit).map(({ name: shownName, url, count, value }) => ({ name: shownName, url, count, value }));
  return { authors: [...authors.values()].slice(0, limit), topics: groups("topic"), categories: groups("category") };
}

// Whether every word that was typed begins a word of the name.
function isNamed(name, typed) {
  const all = words(name).flatMap((word) => [word, ...partsOf(word)]);
  return typed.length > 0 && typed.every((part) => all.some((word) => word.startsWith(part)));
}
