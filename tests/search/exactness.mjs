// The judge of exactness, in Node and in browsers: every query is asked of the engine and of lunr.js with the
// whole index. A query is a list of [term, options of lunr.Query.term].

// { equal, results, differences }: how many answers are the same in all documents, scores and their order, how
// many results they had together, and the first queries where they are not.
export async function judged(engine, lunr, serialised, queries) {
  const whole = lunr.Index.load(serialised);
  const found = { equal: 0, results: 0, differences: [] };
  for (const clauses of queries) {
    const build = (query) => clauses.forEach(([term, options]) => query.term(term, { usePipeline: false, ...options }));
    const expected = whole.query(build).map(({ ref, score }) => [Number(ref), score]);
    const answer = (await engine.lunr(build)).map(({ ref, score }) => [ref, score]);
    found.results += expected.length;
    if (JSON.stringify(expected) === JSON.stringify(answer)) found.equal += 1;
    else found.differences.push({ clauses, expected: expected.slice(0, 3), answer: answer.slice(0, 3), counts: [expected.length, answer.length] });
  }
  found.differences = found.differences.slice(0, 3);
  return found;
}
