// Lists of documents, ascending, each document once. What is frequent is looked up, not walked through: in code that
// has just come, a walk over all papers takes milliseconds.

// For each of the `wanted` documents its place in `docs`, or -1.
export function placesIn(docs, wanted) {
  const places = new Int32Array(wanted.length).fill(-1);
  let low = 0;
  for (let n = 0; n < wanted.length; n += 1) {
    const doc = wanted[n];
    let high = low;
    for (let step = 1; high < docs.length && docs[high] < doc; step *= 2) {
      low = high + 1;
      high += step;
    }
    if (high > docs.length) high = docs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (docs[middle] < doc) low = middle + 1;
      else high = middle;
    }
    if (docs[low] === doc) places[n] = low;
  }
  return places;
}

// The documents of any of these lists.
export function union(lists) {
  const some = lists.filter(({ length }) => length);
  if (some.length < 2) return some[0] ?? new Uint32Array();
  const all = new Uint32Array(some.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of some) {
    all.set(list, at);
    at += list.length;
  }
  all.sort();
  let count = 1;
  for (let n = 1; n < all.length; n += 1) if (all[n] !== all[n - 1]) all[count++] = all[n];
  return all.subarray(0, count);
}

// Those of `docs` that are in one of the lists.
export function within(docs, lists) {
  const found = lists.filter(({ length }) => length).map((list) => placesIn(list, docs));
  return docs.filter((_, n) => found.some((places) => places[n] >= 0));
}

// The documents that a column says 1 of.
export function marked(column) {
  const docs = new Uint32Array(column.length);
  let count = 0;
  for (let doc = 0; doc < column.length; doc += 1) if (column[doc]) docs[count++] = doc;
  return docs.slice(0, count);
}
