// The search box with its list: a combobox after the WAI-ARIA pattern (list autocomplete, manual selection).

import { element, option, statusText } from "./render.js";
import { index, searchUrl } from "./store.js";

const SHOWN = 7;
const DELAY = 80; // Milliseconds without a key before a search.
let boxes = 0;

export function connectBox(form) {
  const input = form.querySelector("input[type=search]");
  const id = `pd-search-list-${(boxes += 1)}`;
  // On the search page the results themselves are the list.
  if (form.classList.contains("pd-search--page")) return;
  const list = element("ul", { className: "pd-search__list", role: "listbox", id, "aria-label": "Papers" });
  const status = element("p", { className: "pd-search__status", role: "status", "aria-live": "polite" });
  const panel = element("div", { className: "pd-search__panel" }, [list, status]);
  panel.hidden = true;
  form.append(panel);
  for (const [name, value] of [
    ["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", id],
  ]) input.setAttribute(name, value);

  const state = { active: -1, wanted: 0, timer: 0 };
  const options = () => [...list.children];

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

  async function update() {
    const text = input.value;
    const mine = (state.wanted += 1);
    if (!text.trim()) {
      list.replaceChildren();
      open(false);
      return;
    }
    try {
      const engine = await index();
      const found = await engine.search(text, { limit: SHOWN, typing: !/\s$/.test(text) });
      if (mine !== state.wanted || document.activeElement !== input) return;
      const chosen = options()[state.active]?.querySelector("a").href;
      list.replaceChildren(...found.hits.map((hit, n) => option(hit, `${id}-${n}`)));
      status.textContent = statusText(found, text);
      // Results that arrive while the reader is choosing keep her choice where it still is.
      state.active = chosen ? options().findIndex((item) => item.querySelector("a").href === chosen) : -1;
    } catch {
      if (mine !== state.wanted) return;
      list.replaceChildren();
      state.active = -1;
      status.textContent = "Search could not be loaded. Check the connection and type again.";
    }
    select(state.active);
    open(true);
  }

  function later() {
    clearTimeout(state.timer);
    state.timer = setTimeout(update, DELAY);
  }

  function go() {
    const link = options()[state.active]?.querySelector("a");
    location.href = link ? link.href : searchUrl(input.value);
  }

  const keys = {
    ArrowDown: () => (panel.hidden ? update() : select(state.active + 1 < list.childElementCount ? state.active + 1 : -1)),
    ArrowUp: () => select(state.active < 0 ? list.childElementCount - 1 : state.active - 1),
    Enter: () => input.value.trim() && go(),
    Escape: () => {
      if (panel.hidden) input.value = "";
      clearTimeout(state.timer);
      state.wanted += 1;
      open(false);
    },
  };

  input.addEventListener("input", later);
  input.addEventListener("focus", () => {
    index().catch(() => {}); // Loaded while the reader begins to type; a failure shows with the results.
    if (input.value.trim()) later();
  });
  input.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || open(false));
  // A press on the list must not take the focus away before the click arrives.
  panel.addEventListener("mousedown", (event) => event.preventDefault());
  if (document.activeElement === input && input.value) later();
}
