// In which order what was found is shown: by relevance, by date, by votes.

const MOST_WEIGHED = 1000; // Papers among the best of which popularity is weighed.

// The first `end` of what was found, as numbers of documents.
export async function ordered(index, { full, fill, scores, titles }, { sort = "relevance", popularity = 0, end = 10 }) {
  const byScore = (one, other) => titles.has(other) - titles.has(one) || scores[other] - scores[one] || one - other;
  const others = Uint32Array.from(fill).sort();
  if (sort === "newest") return [...await newest(index, full, end), ...await newest(index, others, end)].slice(0, end);
  if (sort === "votes") {
    return [...await mostVotes(index, full, byScore), ...await mostVotes(index, others, byScore)].slice(0, end);
  }
  if (popularity) await favourPopular(index, full, scores, popularity);
  const value = titles.size ? (doc) => (titles.has(doc) ? Infinity : scores[doc]) : (doc) => scores[doc];
  return [...first(full, end, value, byScore), ...fill].slice(0, end);
}

// Documents are numbered by month, so that only the days of some months have to be known.
async function newest(index, docs, end) {
  if (!docs.length) return [];
  const month = new Uint16Array(index.papers);
  let start = 0;
  index.months.forEach(([, count], n) => month.fill(n, start, (start += count)));
  const last = docs.length > end ? month[docs[end - 1]] : Infinity;
  const some = docs.filter((doc) => month[doc] <= last);
  const day = await index.column("day", some);
  return Array.from(some).sort((one, other) => month[one] - month[other] || day(other) - day(one) || one - other);
}

async function mostVotes(index, docs, byScore) {
  if (!docs.length) return [];
  const votes = await index.column("votes", docs);
  return Array.from(docs).sort((one, other) => votes(other) - votes(one) || byScore(one, other));
}

// The paper with most votes counts for `weight` more, one without for nothing more.
async function favourPopular(index, docs, scores, weight) {
  const some = first(docs, MOST_WEIGHED, (doc) => scores[doc], (one, other) => scores[other] - scores[one] || one - other);
  const column = await index.column("votes", Uint32Array.from(some).sort());
  const values = index.facets.votes.values ?? [];
  const votes = (doc) => Math.max(0, Number(values[column(doc)]?.value ?? 0));
  const most = Math.max(1, Number(values.at(-1)?.value ?? 1));
  for (const doc of some) scores[doc] *= 1 + (weight * Math.log1p(votes(doc))) / Math.log1p(most);
}

// The first `count` of `docs` by `compare`, which calls no two documents equal, where `value` orders them
// roughly: what is below the count-th value need not be sorted.
export function first(docs, count, value, compare) {
  let some = docs;
  if (count && docs.length > 4 * count) {
    const values = new Float64Array(docs.length);
    for (let n = 0; n < docs.length; n += 1) values[n] = value(docs[n]);
    const least = largest(values, count);
    some = docs.filter((_, n) => values[n] >= least);
  }
  return Array.from(some).sort(compare).slice(0, count);
}

// The count-th largest of more values than that.
function largest(values, count) {
  const best = values.slice(0, count).sort(); // The least of them first.
  for (let n = count; n < values.length; n += 1) {
    if (values[n] <= best[0]) continue;
    let place = 1;
    for (; place < count && best[place] < values[n]; place += 1) best[place - 1] = best[place];
    best[place - 1] = values[n];
  }
  return best[0];
}
