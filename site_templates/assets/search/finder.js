// Authors who are not among those that are counted, found by name in the papers of the current search.

import { failureText } from "./messages.js";
import { element } from "./render.js";

const PAUSE = 300; // Milliseconds without a key before names are looked up.
const NOBODY = { authors: [] };
const SEPARATORS = /[\s.,;:"*~()[\]]+/;

// Conditions that only papers of an author have whose names are these words; the last one may go on, and of one letter
// it says nothing yet.
export function nameConditions(typed) {
  const words = typed.split(SEPARATORS).map((word) => word.replace(/^-+/, "")).filter(Boolean);
  const last = words.pop() ?? "";
  const conditions = words.map((word) => `author:${word}`);
  if (last.length > 1) conditions.push(`author:${last}*`);
  else if (last > "\u2e80") conditions.push(`author:${last}`); // A whole name in Chinese.
  return conditions.join(" ");
}

// { reset } of a field: what it finds stands below it. `find` gives { authors, areAll } for the conditions and what was
// typed, `line` makes an item of an author.
export function authorFinder(field, { find, line }) {
  const list = element("ul", { className: "pd-facet__values" });
  const said = element("p", { className: "pd-filters__note", role: "status" });
  field.after(list, said);
  let timer = 0;
  let wanted = 0;

  function show(authors, text = "") {
    list.replaceChildren(...authors.map(line));
    said.textContent = text;
  }

  async function ask() {
    const mine = (wanted += 1);
    const conditions = nameConditions(field.value);
    try {
      const { authors, areAll } = conditions ? await find(conditions, field.value) : NOBODY;
      if (mine !== wanted) return;
      if (authors.length || !conditions) show(authors);
      else show([], areAll ? "None of these papers is by an author of that name." : "Nobody found yet; more of the name may help.");
    } catch (error) {
      if (mine === wanted) show([], failureText(error));
    }
  }

  function look() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  field.addEventListener("input", look);
  look(); // Perhaps something was typed before this was there.
  return {
    reset() {
      clearTimeout(timer);
      wanted += 1;
      show([]);
    },
  };
}
