// The list below the box: titles, authors, topics and categories as options in labelled groups.

import { element, marked, shortDate } from "./render.js";
import { searchUrl, urlOf } from "./store.js";
import { number } from "./messages.js";

const GROUPS = [
  { name: "papers", label: "Papers", noun: "paper" },
  { name: "authors", label: "Authors", noun: "author" },
  { name: "topics", label: "Topics", noun: "topic" },
  { name: "categories", label: "Categories", noun: "category" },
];

// [{ name, label, noun, items }]: the groups that have something, in the order in which they are shown.
export function groupsOf(suggested) {
  return GROUPS.map((group) => ({ ...group, items: suggested[group.name] ?? [] })).filter(({ items }) => items.length);
}

// The groups as elements of a listbox; `id` begins the ids of all that need one. The last option leads to all
// results, so that whoever walks down the list finds them too.
export function suggestionList(groups, text, id) {
  let n = 0;
  const option = (url, kind, children) => {
    const attributes = { role: "option", id: `${id}-${(n += 1)}`, href: url, tabindex: "-1", "aria-selected": "false" };
    return element("a", { className: `pd-option pd-option--${kind}`, ...attributes }, children);
  };
  const made = groups.map(({ name, label, items }) => {
    const heading = element("div", { className: "pd-search__label", id: `${id}-${name}`, role: "presentation", text: label });
    const lines = items.map((item) => option(urlOf(item.url), name, name === "papers" ? ofPaper(item) : ofGroup(item)));
    return element("div", { className: "pd-search__group", role: "group", "aria-labelledby": heading.id }, [heading, ...lines]);
  });
  const all = [element("span", { text: "All papers for " }), element("b", { text: `“${text.trim()}”` })];
  return [...made, option(searchUrl(text.trim()), "all", all)];
}

function ofPaper(hit) {
  const made = [element("span", { className: "pd-option__title" }, marked(hit.titleParts))];
  const more = element("span", { className: "pd-option__more" });
  if (hit.authors.length) more.append(element("span", { className: "pd-option__authors" }, marked(hit.authorParts)));
  if (hit.date) more.append(element("span", { className: "pd-option__date", text: shortDate(hit.date.slice(0, 7)) }));
  if (more.childElementCount) made.push(more);
  return made;
}

function ofGroup({ name, nameParts, count }) {
  const made = [element("span", { className: "pd-option__name" }, nameParts ? marked(nameParts) : [name])];
  if (count) made.push(element("span", { className: "pd-option__count", text: number(count), title: "Papers" }));
  return made;
}
