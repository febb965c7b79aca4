// Papers as elements. Text of papers only ever becomes text nodes.

import { number, someWordsText } from "./messages.js";
import { urlOf } from "./store.js";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MOST_AUTHORS = 8; // Of a longer list, the first ones and those that match.
const CATEGORY = /^[a-z]+(-[a-z]+)*(\.[A-Za-z]+(-[A-Za-z]+)*)?$/;

// `element("a", { className, text, href }, children)`; an attribute without a value is left out.
export function element(name, { className, text, ...attributes } = {}, children = []) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export function marked(parts) {
  return parts.map(({ text, match }) => (match ? element("mark", { text }) : document.createTextNode(text)));
}

export function shortDate(date) {
  const [year, month, day] = date.split("-").map(Number);
  return [day, month && MONTHS[month - 1], year].filter(Boolean).join(" ");
}

// The parts of a text from one character to another.
export function slice(parts, start, end) {
  const made = [];
  let at = 0;
  for (const { text, match } of parts) {
    const piece = text.slice(Math.max(0, start - at), Math.max(0, end - at));
    if (piece) made.push({ text: piece, match });
    at += text.length;
  }
  return made;
}

// Category, date, code and votes, in the words and colours of the other lists of papers.
export function meta(hit) {
  const made = element("p", { className: "pd-meta pd-result__meta" });
  if (hit.category) {
    const className = `pd-chip${hit.inferred ? " pd-chip--inferred" : ""}`;
    const title = hit.inferred ? "Inferred from title and abstract" : undefined;
    // Pages of other categories may have other addresses.
    const href = CATEGORY.test(hit.category) ? urlOf(`categories/${hit.category.toLowerCase().replace(".", "-")}/`) : undefined;
    made.append(element(href ? "a" : "span", { className, text: hit.category, href, title }));
  }
  if (hit.date) {
    const listed = hit.listed ? { className: "pd-date pd-date--edition", title: "Date of the edition" } : { className: "pd-date" };
    made.append(element("span", { ...listed, text: shortDate(hit.date) }));
  }
  if (hit.code) made.append(element("span", { className: "pd-badge", text: "Code" }));
  if (hit.votes) made.append(element("span", { className: "pd-score", text: number(hit.votes), title: "Votes" }));
  return made;
}

// The authors with links to their pages; of many, the first ones and those that match.
export function byline(hit) {
  const made = element("p", { className: "pd-byline pd-result__authors" });
  const people = hit.people ?? [];
  const joined = hit.authors.join(", ");
  if (people.length !== hit.authors.length || !hit.authorParts.map(({ text }) => text).join("").startsWith(joined)) {
    made.append(...marked(hit.authorParts));
    return made;
  }
  let at = 0;
  let left = 0;
  hit.authors.forEach((name, n) => {
    const parts = slice(hit.authorParts, at, at + name.length);
    at += name.length + 2;
    if (n >= MOST_AUTHORS && !parts.some(({ match }) => match)) {
      left += 1;
      return;
    }
    if (n) made.append(left ? " … " : ", ");
    left = 0;
    const url = people[n]?.url;
    made.append(url ? element("a", { href: urlOf(url) }, marked(parts)) : element("bdi", {}, marked(parts)));
  });
  if (left) made.append(` and ${left} more`);
  else if (hit.etAl) made.append(" et\u00a0al.");
  return made;
}

// A result of the search page.
export function result(hit) {
  const link = element("a", { href: urlOf(hit.url) }, marked(hit.titleParts));
  const title = element("h2", { className: "pd-result__title" }, [link]);
  const made = element("li", { className: "pd-result" }, [meta(hit), title]);
  if (hit.authors.length) made.append(byline(hit));
  if (hit.snippet?.length) made.append(element("p", { className: "pd-result__snippet" }, marked(hit.snippet)));
  return made;
}

// Before the first result that has only some of the words.
export const someWords = (count) => element("li", { className: "pd-results__some", text: someWordsText(`${number(count)} more`) });

// The place of a result that is on its way, so that nothing jumps when it comes.
export function ghost() {
  const lines = ["meta", "title", "authors", "snippet"].map((name) => element("span", { className: `pd-ghost pd-ghost--${name}` }));
  return element("li", { className: "pd-result pd-result--ghost", "aria-hidden": "true" }, lines);
}
