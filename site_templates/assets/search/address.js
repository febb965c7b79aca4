// What is searched for, as the address of the search page says it. No DOM: addresses in, addresses out.

// The facets that an address may choose values of, in the order in which they are shown.
export const FACETS = ["year", "category", "topic", "author", "affiliation", "code"];
export const SORTS = ["relevance", "newest", "votes"];

// `?q=gpt&category=cs.CL&sort=newest` -> { text: "gpt", filters: { category: ["cs.CL"] }, sort: "newest", exact: false }
export function readAddress(address) {
  const said = new URL(address).searchParams;
  const filters = {};
  for (const name of FACETS) {
    const values = [...new Set(said.getAll(name).map((value) => value.trim()).filter(Boolean))];
    if (values.length) filters[name] = values;
  }
  const sort = SORTS.includes(said.get("sort")) ? said.get("sort") : SORTS[0];
  return { text: said.get("q") ?? "", filters, sort, exact: said.get("exact") === "1" };
}

// The address of that search, beside the page at `address`; what is not said is the default.
export function writeAddress(address, { text, filters, sort, exact }) {
  const url = new URL(address);
  const said = new URLSearchParams();
  if (text.trim()) said.set("q", text.trim());
  for (const name of FACETS) for (const value of filters[name] ?? []) said.append(name, value);
  if (sort !== SORTS[0]) said.set("sort", sort);
  if (exact) said.set("exact", "1");
  url.search = said.toString();
  url.hash = "";
  return url.href;
}

// The same filters with this value chosen, or no longer chosen.
export function toggled(filters, name, value) {
  const before = filters[name] ?? [];
  const values = before.includes(value) ? before.filter((other) => other !== value) : [...before, value];
  const { [name]: _, ...others } = filters;
  return values.length ? { ...others, [name]: values } : others;
}

export const isChosen = (filters, name, value) => Boolean(filters[name]?.includes(value));
export const chosenCount = (filters) => Object.values(filters).flat().length;
