// The search box with its list: a combobox after the WAI-ARIA pattern (list autocomplete, manual selection,
// options in groups).

import { failureText, suggestionsText } from "./messages.js";
import { element } from "./render.js";
import { forget, index, searchUrl } from "./store.js";
import { groupsOf, suggestionList } from "./suggestions.js";

const SHOWN = 5; // Papers; the engine says how many of the other groups go with them.
const DELAY = 80; // Milliseconds without a key before a search.
let boxes = 0;

export function connectBox(form) {
  const input = form.querySelector("input[type=search]");
  const id = `pd-search-list-${(boxes += 1)}`;
  const list = element("div", { className: "pd-search__list", role: "listbox", id, "aria-label": "Suggestions" });
  const note = element("p", { className: "pd-search__note" });
  const status = element("p", { className: "pd-search__status", role: "status", "aria-live": "polite" });
  const retry = element("button", { className: "pd-button", type: "button", text: "Try again" });
  const keysHelp = element("p", { className: "pd-search__keys", "aria-hidden": "true" }, keyHelp());
  const panel = element("div", { className: "pd-search__panel", tabindex: "-1" }, [note, list, status, retry, keysHelp]);
  panel.hidden = true;
  form.append(panel);
  input.setAttribute("aria-controls", id);

  const state = { active: -1, wanted: 0, timer: 0, isPressed: false, pending: null };
  const options = () => [...list.querySelectorAll("[role=option]")];

  function open(isOpen) {
    panel.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen && list.childElementCount > 0));
    if (!isOpen) select(-1);
  }

  function select(n) {
    const all = options();
    state.active = all.length ? Math.max(-1, Math.min(n, all.length - 1)) : -1;
    all.forEach((item, at) => item.setAttribute("aria-selected", String(at === state.active)));
    const item = all[state.active];
    if (item) {
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function fill(groups, text, corrected) {
    const chosen = options()[state.active]?.href;
    list.replaceChildren(...suggestionList(groups, text, id));
    note.replaceChildren(...instead(corrected));
    status.textContent = suggestionsText(groups);
    status.classList.add("pd-hidden"); // Seen by all in the list itself.
    // Suggestions that arrive while the reader is choosing keep her choice where it still is.
    select(chosen ? options().findIndex((item) => item.href === chosen) : -1);
  }

  function fail(error) {
    if (error.kind === "gone") forget();
    list.replaceChildren();
    note.replaceChildren();
    status.classList.remove("pd-hidden");
    status.textContent = failureText(error);
    select(-1);
  }

  async function update() {
    const text = input.value;
    const mine = (state.wanted += 1);
    if (!text.trim()) {
      list.replaceChildren();
      open(false);
      return;
    }
    let failed;
    try {
      const engine = await index();
      const suggested = await engine.suggest(text, { limit: SHOWN });
      if (mine !== state.wanted || !form.contains(document.activeElement)) return;
      const ready = () => fill(groupsOf(suggested), text, suggested.corrected ?? []);
      if (state.isPressed) state.pending = ready;
      else ready();
    } catch (error) {
      if (mine !== state.wanted) return;
      fail((failed = error));
    }
    retry.hidden = !failed;
    keysHelp.hidden = Boolean(failed);
    open(true);
  }

  function later() {
    clearTimeout(state.timer);
    state.timer = setTimeout(update, DELAY);
  }

  function close() {
    clearTimeout(state.timer);
    state.wanted += 1;
    open(false);
  }

  const keys = {
    ArrowDown: () => (panel.hidden ? update() : select(state.active + 1 < options().length ? state.active + 1 : -1)),
    ArrowUp: () => select(state.active < 0 ? options().length - 1 : state.active - 1),
    Enter: () => {
      if (input.value.trim()) location.href = options()[state.active]?.href ?? searchUrl(input.value.trim());
    },
    Escape: () => {
      if (panel.hidden) input.value = "";
      close();
    },
  };

  input.addEventListener("input", later);
  input.addEventListener("focus", () => input.value.trim() && later());
  input.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });
  retry.addEventListener("click", () => {
    input.focus();
    update();
  });
  addEventListener("online", () => !retry.hidden && !panel.hidden && update());
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || close());
  // A press on the list must not take the focus away before the click arrives.
  // Nor may the option be replaced between press and release: there would be no click.
  panel.addEventListener("pointerdown", () => { state.isPressed = true; });
  for (const name of ["pointerup", "pointercancel"]) {
    addEventListener(name, () => setTimeout(() => {
      state.isPressed = false;
      state.pending?.();
      state.pending = null;
    }));
  }
  panel.addEventListener("mousedown", (event) => event.target.closest("button") || event.preventDefault());
  index().catch(() => {}); // Loaded while the reader begins to type; a failure shows with the results.
  if (document.activeElement === input && input.value.trim()) later();
}

function instead(corrected) {
  if (!corrected.length) return [];
  const said = corrected.flatMap(({ word, instead: found }, n) => [
    n ? ", " : "", element("b", { text: found }), " instead of ", element("i", { text: word }),
  ]);
  return ["Searched for ", ...said];
}

function keyHelp() {
  const keys = [["↑ ↓", "choose"], ["Enter", "open"], ["Esc", "close"]];
  return keys.flatMap(([key, what]) => [element("kbd", { text: key }), element("span", { text: what })]);
}
