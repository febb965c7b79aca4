// Results as elements. Text of papers only ever becomes text nodes.

import { urlOf } from "./store.js";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function element(name, { className, text, ...attributes } = {}, children = []) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
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

function meta(hit) {
  const made = element("span", { className: "pd-result__meta" });
  if (hit.category) {
    const said = hit.inferred ? { text: `${hit.category} inferred`, title: "Inferred from title and abstract" } : { text: hit.category };
    const kind = hit.inferred ? " pd-result__category--inferred" : "";
    made.append(element("span", { className: `pd-result__category${kind}`, ...said }));
  }
  if (hit.date) made.append(element("span", { text: shortDate(hit.date) }));
  return made;
}

// A line of the list below the box.
export function option(hit, id) {
  const made = element("li", { className: "pd-search__option", role: "option", id, "aria-selected": "false" });
  const link = element("a", { className: "pd-search__link", href: urlOf(hit), tabindex: "-1" });
  link.append(
    element("span", { className: "pd-result__title" }, marked(hit.titleParts)),
    element("span", { className: "pd-result__authors" }, marked(hit.authorParts)),
    meta(hit),
  );
  made.append(link);
  return made;
}

// A result of the search page.
export function result(hit) {
  const title = element("a", { className: "pd-result__title", href: urlOf(hit) }, marked(hit.titleParts));
  const made = element("li", { className: "pd-result" }, [meta(hit), title]);
  if (hit.authors.length) made.append(element("p", { className: "pd-result__authors" }, marked(hit.authorParts)));
  if (hit.snippet.length) made.append(element("p", { className: "pd-result__snippet" }, marked(hit.snippet)));
  return made;
}

// `12 papers for “gpt”`, with what was searched for instead.
export function statusText(found, text) {
  if (found.empty) return text.trim() ? "Type a word, a name or a title." : "";
  const instead = found.corrected.map(({ word, instead }) => `“${instead}” instead of “${word}”`).join(", ");
  const count = found.total === 1 ? "1 paper" : `${found.total || "No"} papers`;
  const said = found.total ? `${count} for “${text.trim()}”` : `No paper matches “${text.trim()}”`;
  return instead ? `${said}; searched for ${instead}` : said;
}
