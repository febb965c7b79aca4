// The filters beside the results: values with counts as buttons that are pressed or not, and what is chosen as
// chips above the results.

import { FACETS, chosenCount, isChosen } from "./address.js";
import { failureText, number } from "./messages.js";
import { element } from "./render.js";

const LABELS = {
  year: "Year", category: "Category", topic: "Topic", author: "Author", affiliation: "Affiliation", code: "Code",
};
const SHORT = 6; // Values of a facet before its "more".
const LONG = 30;
const CUT = 20; // From so many authors on, there may be more than are counted.

// What to call a value: the engine's name of it, else the value itself.
const nameOf = (names, facet, value) => (facet === "code" ? "Has code" : (Object.hasOwn(names[facet] ?? {}, value) ? names[facet][value] : value));

// The values of a facet as they are shown: years newest first, others the most frequent first, those that are
// chosen always.
export function shownValues(facet, counts, chosen = []) {
  const values = Object.entries(counts).filter(([value, count]) => count > 0 || chosen.includes(value));
  for (const value of chosen) if (!Object.hasOwn(counts, value)) values.push([value, 0]);
  const byName = ([a], [b]) => (a < b ? -1 : Number(a > b));
  if (facet === "year") return values.sort((a, b) => byName(b, a));
  if (facet === "code") return values.filter(([value]) => chosen.includes(value) || !["", "0", "no", "false"].includes(value));
  return values.sort((a, b) => b[1] - a[1] || byName(a, b));
}

// { toggle, panel, chosen, isShown, choose, learn, show, wait, fail }: the button that opens the panel on a phone, the panel, the chips.
export function filterPanel({ choose, clear, opened, more, emptied, find }) {
  const badge = element("span", { className: "pd-filters__badge" });
  const toggle = element("button", {
    className: "pd-button pd-filters__toggle", type: "button", "aria-expanded": "false", "aria-controls": "pd-filters",
  }, ["Filters", badge]);
  const groups = element("div", { className: "pd-filters__groups" });
  const note = element("p", { className: "pd-filters__note", role: "status" });
  const panel = element("section", { className: "pd-filters", id: "pd-filters", "aria-label": "Filters" }, [note, groups]);
  const chosen = element("ul", { className: "pd-chosen", "aria-label": "Chosen filters" });
  const long = new Set(); // Facets of which the reader wants to see more.
  let last = { facets: {} };
  let offered = []; // Facets that are counted on request.
  let filters = {};
  const names = {}; // Of every value seen, so that a chosen one keeps its name where it is not counted.

  const field = element("input", {
    className: "pd-facet__find", type: "search", placeholder: "Find an author", "aria-label": "Find an author",
    autocomplete: "off", spellcheck: "false", "data-facet": "author", "data-value": "\n\n", // Of no value: it keeps the focus.
  });
  const authors = element("div", {}, [field]);
  let finder; // Loaded once somebody wants it.
  let isOld = false; // Whether what it found is of an older search, or chosen.
  field.addEventListener("focus", async () => {
    try {
      const { authorFinder } = await import("./finder.js");
      finder ??= authorFinder(field, { find, line: foundLine });
    } catch (error) {
      note.textContent = failureText(error);
    }
  });

  function foundLine({ value, name }) {
    names.author = { ...names.author, [value]: name };
    return line("author", value);
  }

  // Not between press and release: there would be no click.
  let isPressed = false;
  let isDue = false;
  const release = () => setTimeout(() => {
    isPressed = false;
    if (isDue) draw();
  });
  panel.addEventListener("pointerdown", () => {
    isPressed = true;
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, release, { once: true });
  });

  function draw() {
    isDue = isPressed;
    if (isPressed) return;
    const focus = document.activeElement?.closest?.("[data-facet]")?.dataset;
    const made = FACETS.map((facet) => [facet, shownValues(facet, last.facets[facet] ?? {}, filters[facet])]);
    const shown = made.filter(([facet, values]) => values.length || offered.includes(facet));
    groups.replaceChildren(...shown.map(([facet, values]) => group(facet, values)));
    if (isOld) {
      field.value = "";
      finder?.reset();
      isOld = false;
    }
    if (!focus?.facet || !panel.contains(groups)) return;
    const again = [...groups.querySelectorAll("[data-facet]")];
    again.find(({ dataset }) => dataset.facet === focus.facet && dataset.value === focus.value)?.focus({ preventScroll: true });
  }

  function group(facet, values) {
    const first = long.has(facet) || values.length <= SHORT + 2 ? LONG : SHORT;
    const shown = values.filter(([value], n) => n < first || isChosen(filters, facet, value));
    const heading = element("h2", { className: "pd-facet__title", id: `pd-facet-${facet}`, text: LABELS[facet] });
    const list = element("ul", { className: "pd-facet__values" }, shown.map(([value, count]) => line(facet, value, count)));
    const made = element("div", { className: "pd-facet", role: "group", "aria-labelledby": heading.id }, [heading, list]);
    const rest = Math.min(values.length, LONG) - shown.length;
    if (offered.includes(facet)) made.append(offerButton(facet));
    else if (rest > 0 || (long.has(facet) && values.length > SHORT + 2)) made.append(moreButton(facet, rest));
    if (facet === "author" && values.length >= CUT) made.append(authors);
    return made;
  }

  function line(facet, value, count) {
    const pressed = String(isChosen(filters, facet, value));
    const button = element("button", {
      className: "pd-facet__value", type: "button", "aria-pressed": pressed, "data-facet": facet, "data-value": value,
    }, [element("span", { className: "pd-facet__name", text: nameOf(names, facet, value) })]);
    if (count) {
      const unit = element("span", { className: "pd-hidden", text: count === 1 ? " paper" : " papers" });
      button.append(" ", element("span", { className: "pd-facet__count", text: number(count) }, [unit]));
    }
    button.addEventListener("click", () => choose(facet, value));
    return element("li", {}, [button]);
  }

  function moreButton(facet, rest) {
    const isLong = long.has(facet);
    const text = isLong ? "Fewer" : `${rest} more`;
    const said = `${isLong ? "Fewer" : "More"}: ${LABELS[facet]}`;
    const button = element("button", {
      className: "pd-facet__more", type: "button", text, "aria-label": said, "aria-expanded": String(isLong),
      "data-facet": facet, "data-value": "\n", // Of no value, so that it keeps the focus.
    });
    button.addEventListener("click", () => {
      if (!long.delete(facet)) long.add(facet);
      draw();
    });
    return button;
  }

  function offerButton(facet) {
    const attributes = { "data-facet": facet, "data-value": "\n", "aria-label": `Count: ${LABELS[facet]}` };
    const button = element("button", { className: "pd-facet__more", type: "button", text: "Count them", ...attributes });
    button.addEventListener("click", () => more(facet));
    return button;
  }

  function drawChosen() {
    const count = chosenCount(filters);
    badge.textContent = count || "";
    toggle.setAttribute("aria-label", count ? `Filters, ${count} chosen` : "Filters");
    const chips = FACETS.flatMap((facet) => (filters[facet] ?? []).map((value) => chip(facet, value)));
    if (count > 1) {
      const all = element("button", { className: "pd-chosen__clear", type: "button", text: "Clear all" });
      all.addEventListener("click", clear);
      chips.push(element("li", {}, [all]));
    }
    const at = [...chosen.children].findIndex((item) => item.contains(document.activeElement));
    chosen.replaceChildren(...chips);
    chosen.hidden = !count;
    // Whoever removes chips with the keyboard goes on with the next one, and after the last one in the box.
    if (at >= 0) (chosen.children[Math.min(at, count - 1)]?.firstElementChild ?? emptied()).focus({ preventScroll: true });
  }

  function chip(facet, value) {
    const name = nameOf(names, facet, value);
    const kind = facet === "code" ? [] : [LABELS[facet].toLowerCase()];
    const label = ["Remove the filter", ...kind, name].join(" ");
    const button = element("button", { className: "pd-chosen__chip", type: "button", "aria-label": label }, [
      element("span", { text: name }), element("span", { className: "pd-chosen__cross", "aria-hidden": "true" }),
    ]);
    button.addEventListener("click", () => choose(facet, value));
    return element("li", {}, [button]);
  }

  toggle.addEventListener("click", () => {
    const isOpen = panel.toggleAttribute("data-open");
    toggle.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) opened();
  });

  return {
    toggle, panel, chosen,
    // Whether anybody sees it: on a phone it is closed at first, and counts that nobody sees cost requests.
    isShown: () => panel.getClientRects().length > 0,
    choose(wanted) {
      filters = wanted;
      isOld = true;
      drawChosen();
      draw();
    },
    // What chosen values are called is known with the results, before anything is counted.
    learn(found) {
      for (const [facet, said] of Object.entries(found.names ?? {})) names[facet] = { ...names[facet], ...said };
      drawChosen();
    },
    wait: () => panel.setAttribute("aria-busy", "true"),
    show(found, uncounted = []) {
      offered = uncounted;
      panel.removeAttribute("aria-busy");
      note.textContent = "";
      last = found;
      this.learn(found);
      draw();
    },
    // Counts of another search would mislead.
    fail(text = "") {
      panel.removeAttribute("aria-busy");
      last = { facets: {} };
      offered = [];
      draw();
      note.textContent = text;
    },
  };
}
