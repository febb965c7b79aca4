// The interface of shards.js over papers in memory, and the same papers in lunr.js: the engine can be asked
// about a handful of papers without files, and lunr.js can judge its answers.
import lunr from "../../site_templates/assets/search/lunr.js";
import { compounds, STOP_WORDS } from "../../site_templates/assets/search/tokeniser.js";

export const FIELDS = ["title", "authors", "abstract", "categories", "topics", "affiliations"];
export const BOOSTS = { title: 6, authors: 4, abstract: 1, categories: 2, topics: 2, affiliations: 2 };
const GAP = 10;

// Newest month first, then the shortest abstract: as the documents of an index are numbered.
export function inOrder(papers) {
  const month = (paper) => (paper.date ?? "").slice(0, 7);
  const length = (paper) => positioned(paper).abstract.length;
  return papers.map((paper, n) => ({ paper, n, month: month(paper), length: length(paper) }))
    .sort((a, b) => (a.month < b.month ? 1 : a.month > b.month ? -1 : a.length - b.length || a.n - b.n))
    .map(({ paper }) => paper);
}

// [[term, position]] of each field.
function positioned(paper) {
  const place = (texts, keep, gap = 0) => {
    let start = 0;
    return texts.flatMap((text) => {
      const words = compounds(text ?? "");
      const found = words.flatMap((terms, n) => terms.filter((term) => keep || !STOP_WORDS.has(term)).map((term) => [term, start + n]));
      start += words.length + gap;
      return found;
    });
  };
  const title = place([paper.title], false);
  return {
    title: title.length ? title : place([paper.title], true),
    authors: place(paper.authors ?? [], true, GAP),
    abstract: place([paper.abstract], false),
    categories: (paper.categories ?? []).flatMap((name, n) => [...compounds(name).flat(), name.toLowerCase()].map((term) => [term, n])),
    topics: place(paper.topics ?? [], false),
    affiliations: place(paper.affiliations ?? [], false),
  };
}

// { judge, shards }: the whole index in lunr.js, and the same index as shards.
export function build(unordered) {
  const papers = inOrder(unordered);
  const fields = papers.map(positioned);
  const builder = new lunr.Builder();
  builder.ref("ref");
  for (const name of FIELDS) builder.field(name, { boost: BOOSTS[name] });
  fields.forEach((paper, ref) => {
    builder.add({ ref, ...Object.fromEntries(FIELDS.map((name) => [name, paper[name].map(([term]) => term)])) });
  });
  const judge = builder.build();
  return { papers, judge, shards: shardsOf(papers, fields, judge, builder) };
}

function shardsOf(papers, fields, judge, builder) {
  const terms = Object.keys(judge.invertedIndex).sort();
  const entries = new Map(terms.map((term) => [term, entryOf(term, judge.invertedIndex[term], fields)]));
  const listed = (wanted) => terms.filter(wanted).map((term) => ({ term, df: sum(entries.get(term).df), index: entries.get(term).index }));
  const months = [];
  for (const { date } of papers) {
    const month = (date ?? "").slice(0, 7);
    if (months.at(-1)?.[0] === month) months.at(-1)[1] += 1;
    else months.push([month, 1]);
  }
  const columns = columnsOf(papers);
  return {
    papers: papers.length,
    fields: FIELDS,
    boosts: BOOSTS,
    k1: 1.2,
    b: 0.75,
    averages: builder.averageFieldLength,
    months,
    facets: Object.fromEntries(Object.entries(columns).map(([name, { values }]) => [name, { values }])),
    lookup: async (wanted) => new Map(wanted.filter((term) => entries.has(term)).map((term) => [term, entries.get(term)])),
    has: async (wanted) => new Map(wanted.filter((term) => entries.has(term)).map((term) => [term, sum(entries.get(term).df)])),
    prefix: async (prefix) => listed((term) => term.startsWith(prefix)),
    suffix: async (suffix) => listed((term) => term.endsWith(suffix)),
    lexicon: async () => listed(() => true),
    positions: async (wanted) => new Map(wanted.filter((term) => entries.has(term)).map((term) => [term, positionsOf(term, fields)])),
    stored: async (docs) => Array.from(docs, (doc) => storedOf(papers[doc])),
    column: async (name) => (doc) => columns[name].of[doc],
    facetValues: async (name, indexes) => indexes.map((index) => columns[name].values[index]),
    facetIndex: async (name, values) => values.map((value) => columns[name].values.findIndex((each) => each.value === value)),
  };
}

const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);
const slug = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "-");

function entryOf(term, posting, fields) {
  const postings = FIELDS.map((name) => {
    const docs = Object.keys(posting[name]).map(Number);
    if (!docs.length) return null;
    return {
      docs: Uint32Array.from(docs),
      tf: Uint16Array.from(docs, (doc) => fields[doc][name].filter(([each]) => each === term).length),
      lengths: Uint16Array.from(docs, (doc) => fields[doc][name].length),
    };
  });
  return { term, index: posting._index, df: postings.map((each) => each?.docs.length ?? 0), postings };
}

function positionsOf(term, fields) {
  return FIELDS.map((name, field) => {
    if (field > 2) return null;
    const found = new Map();
    fields.forEach((paper, doc) => {
      const places = paper[name].filter(([each]) => each === term).map(([, position]) => position);
      if (places.length) found.set(doc, Uint16Array.from(places));
    });
    return found;
  });
}

function storedOf({ id, title, authors = [], people, etAl = false, categories = [], inferred = false, date = "", abstract = "", code = false, votes = null }) {
  return { id, title, authors, people: people ?? authors.map(slug), etAl, categories, inferred, date, snippet: (abstract ?? "").slice(0, 200), code, votes };
}

function columnsOf(papers) {
  const made = (valuesOf, url) => {
    const values = [];
    const numbers = new Map();
    const of = papers.map((paper) => [...new Set(valuesOf(paper))].map((value) => {
      if (!numbers.has(value)) {
        numbers.set(value, values.length);
        values.push({ value: slugged(value), name: value, count: 0, url: `${url}/${slug(value)}/` });
      }
      values[numbers.get(value)].count += 1;
      return numbers.get(value);
    }));
    return { values, of };
  };
  const slugged = (value) => (/^[a-z-]+\.[A-Z]{2}$/.test(value) ? value : slug(value));
  return {
    category: made((paper) => paper.categories ?? [], "categories"),
    topic: made((paper) => paper.topics ?? [], "topics"),
    affiliation: made((paper) => paper.affiliations ?? [], "affiliations"),
    author: made((paper) => paper.authors ?? [], "authors"),
    code: { values: null, of: papers.map((paper) => Number(paper.code ?? false)) },
    day: { values: null, of: papers.map((paper) => Number((paper.date ?? "").slice(8, 10))) },
    votes: { values: null, of: papers.map((paper) => paper.votes ?? 0) },
  };
}
