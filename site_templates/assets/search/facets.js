// Filters and counts: by month without a request, by everything else through the columns of the index.

const MOST_VALUES = 20; // Of a facet with too many values to list them all.

export const TIME = { year: 4, month: 7 }; // Letters of a date that name the value.

// Documents of the months that pass, 1 for each.
export function inMonths(index, passes) {
  const found = new Uint8Array(index.papers);
  let doc = 0;
  for (const [month, count] of index.months) {
    if (passes(month)) found.fill(1, doc, doc + count);
    doc += count;
  }
  return found;
}

export function inPeriod(index, { from, to }) {
  return inMonths(index, (month) => month !== "" && month.slice(0, from.length) >= from && (!to || month.slice(0, to.length) <= to));
}
