// The contract of engine.js over a plain list of papers, so that the view could be developed before the engine.

export async function openIndex(baseUrl, { fetch = globalThis.fetch } = {}) {
  const get = async (name) => {
    const response = await fetch(new URL(name, baseUrl)).catch((error) => {
      throw Object.assign(error, { kind: "offline" });
    });
    if (!response.ok) throw Object.assign(new Error(name), { kind: "http" });
    return response;
  };
  const papers = (await (await get("double.jsonl")).text()).trim().split("\n").map(JSON.parse);
  for (const paper of papers) paper.title = paper.title.replace(/\$\^2\$/g, "²");
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const parts = (text, words) => {
    if (!words.length) return [{ text, match: false }];
    const pattern = new RegExp(`(${words.map((word) => word.replace(/[^\w]/g, "\\$&")).join("|")})`, "gi");
    return text.split(pattern).map((piece, n) => ({ text: piece, match: n % 2 === 1 })).filter((part) => part.text);
  };
  const valuesOf = (paper) => ({
    year: [(paper.published ?? paper.edition ?? "").slice(0, 4)].filter(Boolean), category: paper.categories, topic: paper.topics,
    author: paper.people, affiliation: paper.affiliations, code: [paper.code ? "yes" : ""].filter(Boolean),
  });
  const hit = (paper, words) => ({
    id: paper.id, score: 1, title: paper.title, url: `papers/${paper.id}/`, authors: paper.authors, etAl: paper.et_al,
    people: paper.authors.map((name, n) => ({ name, url: `authors/${paper.people[n]}/` })),
    category: paper.categories[0] ?? "", categories: paper.categories, inferred: paper.categories_inferred,
    date: paper.published ?? paper.edition ?? "", code: paper.code, votes: paper.score?.value ?? null, titleParts: parts(paper.title, words),
    authorParts: parts(paper.authors.join(", ") + (paper.et_al ? " et al." : ""), words),
    snippet: parts((paper.abstract ?? "").slice(0, 240), words),
  });
  const find = (text, facets = {}, exact = false) => {
    let words = fold(text).split(/\s+/).filter(Boolean);
    const corrected = [];
    if (!exact && words.includes("tranformer")) {
      corrected.push({ word: "tranformer", instead: "transformer" });
      words = words.map((word) => (word === "tranformer" ? "transformer" : word));
    }
    const found = papers.filter((paper) => {
      const all = fold(JSON.stringify([paper.title, paper.authors, paper.abstract, paper.categories]));
      const values = valuesOf(paper);
      return words.every((word) => all.includes(word)) && Object.entries(facets).every(([name, wanted]) => !wanted.length || wanted.some((value) => values[name].includes(value)));
    });
    return { found, words, corrected };
  };
  return {
    papers: papers.length, facetNames: ["year", "category", "topic", "author", "affiliation", "code", "month"],
    async search(text, { limit = 10, offset = 0, facets, sort, exact } = {}) {
      if (/^boom/.test(text)) await get("missing.bin");
      const { found, words, corrected } = find(text, facets, exact);
      const dates = (paper) => paper.published ?? paper.edition ?? "";
      if (sort === "newest") found.sort((a, b) => (dates(a) < dates(b) ? 1 : -1));
      if (sort === "votes") found.sort((a, b) => (b.score?.value ?? 0) - (a.score?.value ?? 0));
      const counts = {};
      const names = { author: {} };
      for (const paper of found) {
        paper.people.forEach((slug, n) => { names.author[slug] = paper.authors[n]; });
        for (const [name, values] of Object.entries(valuesOf(paper))) {
          counts[name] ??= {};
          for (const value of values) counts[name][value] = (counts[name][value] ?? 0) + 1;
        }
      }
      return { total: found.length, hits: found.slice(offset, offset + limit).map((paper) => hit(paper, words)), corrected, facets: counts, names, empty: false, notes: [] };
    },
    async suggest(text, { limit = 5 } = {}) {
      const { found, words, corrected } = find(text);
      const group = (name, url) => {
        const counts = new Map();
        for (const paper of papers) {
          paper[name].forEach((value, n) => {
            const shown = name === "people" ? paper.authors[n] : value;
            if (!words.every((word) => fold(shown).includes(word))) return;
            counts.set(shown, { name: shown, url: `${url}/${fold(value).replace(/[^a-z0-9]+/g, "-")}/`, count: (counts.get(shown)?.count ?? 0) + 1 });
          });
        }
        return [...counts.values()].slice(0, 3);
      };
      return { papers: found.slice(0, limit).map((paper) => hit(paper, words)), authors: group("people", "authors"), topics: group("topics", "topics"), categories: group("categories", "categories"), corrected };
    },
  };
}
