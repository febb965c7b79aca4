// Periods: documents are numbered by month, so that nothing has to be loaded for them.

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

// Whether a month, or a year where the month is not known, is in a period; what is undated never is.
export function isInPeriod(month, { from, to }) {
  return month !== "" && month.slice(0, from.length) >= from && (!to || month.slice(0, to.length) <= to);
}
