// The search page: results as you type, filters, sort, and everything in the address.

import { FACETS, readAddress, toggled, writeAddress } from "./address.js";
import { filterPanel } from "./filters.js";
import { FIRST, STEP, resultList } from "./list.js";
import { failureText, statusText } from "./messages.js";
import { noticeArea } from "./notices.js";
import { placeLinks } from "./places.js";
import { element } from "./render.js";
import { sortChoice } from "./sorting.js";
import { forget, index } from "./store.js";

const DELAY = 80; // Milliseconds without a key before a search,
const PAUSE = 400; // and before the filters are counted anew, which costs requests of its own.
const MOST_RESTORED = 200;
const MANY = 2000; // Papers from which on the authors of a result are many kilobytes.

export function connectPage(page, signal) {
  const input = document.querySelector(".pd-search--page input");
  const status = element("p", { className: "pd-finder__status", role: "status" });
  const notices = noticeArea({ retry, exact: (exact) => change({ exact }) });
  const list = resultList({ grow });
  const filters = filterPanel({
    choose: (name, value) => change({ filters: toggled(state.filters, name, value) }),
    clear: () => change({ filters: {} }),
    opened: () => count(0),
    more: (name) => {
      costly.delete(name);
      count(0);
    },
    emptied: () => input,
  });
  const costly = new Set(["author"]); // Facets that a large digest counts only where somebody wants to know.
  const places = placeLinks();
  const sorting = sortChoice((sort) => change({ sort }));
  const start = page.querySelector(".pd-start");
  const bar = element("div", { className: "pd-finder__bar" }, [status, filters.toggle, sorting.node]);
  const results = element("div", { className: "pd-finder__results" }, [filters.chosen, notices.node, places.node, list.node]);
  page.replaceChildren(bar, element("div", { className: "pd-finder__body" }, [filters.panel, results]));
  if (start) page.prepend(start);

  let state = readAddress(location.href);
  let isSettled = false; // Whether a place to come back to, which no keystroke may overwrite.
  let wanted = 0; // The newest search; the answers of older ones are dropped.
  let hasRetried = false;
  let typingTimer = 0;
  let countTimer = 0;

  const isIdle = () => !state.text.trim() && !Object.keys(state.filters).length;
  const isTyping = () => document.activeElement === input && !isSettled && !/\s$/.test(input.value);
  const ask = (more) => ({ sort: state.sort, exact: state.exact, facets: state.filters, typing: isTyping(), ...more });

  async function show({ limit = FIRST, scroll } = {}) {
    const mine = (wanted += 1);
    clearTimeout(countTimer);
    page.toggleAttribute("data-idle", isIdle());
    if (start) start.hidden = !isIdle();
    sorting.show(state.sort);
    filters.choose(state.filters);
    notices.failed();
    if (isIdle()) {
      list.clear();
      notices.show({}, state);
      places.show();
      status.textContent = "";
    } else list.wait();
    try {
      const engine = await index();
      if (isIdle()) return;
      const [found, suggested] = await Promise.all([engine.search(state.text, ask({ limit })), named(engine)]);
      if (mine !== wanted) return;
      hasRetried = false;
      list.replace(found);
      places.show(suggested);
      filters.learn(found);
      status.textContent = statusText(found, state);
      notices.show(found, state);
      results.append(notices.node, places.node, list.node); // Drawn anew as one: nothing that stays is pushed down.
      if (scroll) scrollTo(0, scroll);
      count(isTyping() ? PAUSE : 0);
    } catch (error) {
      if (mine !== wanted) return;
      forget();
      list.clear();
      places.show();
      status.textContent = "";
      notices.failed(failureText(error));
    }
  }

  // Another try; after a second failure with this page's modules, which a new deployment may have made too old.
  function retry() {
    if (hasRetried) location.reload();
    hasRetried = true;
    show();
  }

  // Pages that the words name; they come from what the search loads anyway.
  function named(engine) {
    const { typing, exact } = ask();
    return state.text.trim() ? engine.suggest(state.text, { limit: 3, typing, exact }) : {};
  }

  // The numbers of the filters, apart from the results, which do not wait for them.
  function count(delay) {
    clearTimeout(countTimer);
    if (isIdle() || !filters.isShown()) return;
    const mine = wanted;
    filters.wait();
    countTimer = setTimeout(async () => {
      try {
        const engine = await index();
        const isOffered = (name) => costly.has(name) && engine.papers > MANY && !state.filters[name];
        const names = FACETS.filter((name) => engine.facetNames.includes(name));
        const counted = names.filter((name) => !isOffered(name)).map((name) => [name, state.filters[name] ?? []]);
        const found = await engine.search(state.text, ask({ limit: 0, facets: Object.fromEntries(counted) }));
        if (mine === wanted) filters.show(found, names.filter(isOffered));
      } catch (error) {
        if (mine === wanted) filters.fail(`No filters: ${failureText(error)}`);
      }
    }, delay);
  }

  async function grow() {
    const mine = wanted;
    list.growing();
    try {
      const engine = await index();
      const found = await engine.search(state.text, ask({ limit: STEP, offset: list.count }));
      if (mine !== wanted) return;
      list.append(found);
      history.replaceState({ ...history.state, shown: list.count }, "");
    } catch (error) {
      if (mine === wanted) list.failGrowing(failureText(error));
    }
  }

  // A deliberate change is a new place to come back to; what is typed replaces the place it began at.
  function remember(isDeliberate) {
    const url = writeAddress(location.href, state);
    if (url !== location.href) {
      if (isDeliberate || isSettled) history.pushState({}, "", url);
      else history.replaceState({}, "", url);
    }
    isSettled = isDeliberate;
  }

  function change(changes) {
    clearTimeout(typingTimer);
    state = { ...state, text: input.value, ...changes };
    remember(true);
    show();
  }

  function type() {
    state = { ...state, text: input.value, exact: false };
    remember(false);
    show();
  }

  function restore() {
    state = readAddress(location.href);
    isSettled = !isIdle();
    input.value = state.text;
    const { shown = FIRST, scroll } = history.state ?? {};
    show({ limit: Math.min(shown, MOST_RESTORED), scroll });
  }

  input.addEventListener("input", () => {
    clearTimeout(typingTimer);
    typingTimer = setTimeout(type, DELAY);
  }, { signal });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      input.value = "";
      change({ exact: false });
    } else if (event.key === "ArrowDown" && list.links().length) {
      event.preventDefault();
      list.links()[0].focus();
    }
  }, { signal });
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    change({});
  }, { signal });
  page.addEventListener("keydown", (event) => event.key === "Escape" && input.focus(), { signal });
  list.node.addEventListener("pd-leave", () => input.focus(), { signal });
  list.node.addEventListener("click", () => {
    history.replaceState({ ...history.state, shown: list.count, scroll: Math.round(scrollY) }, "");
  }, { signal, capture: true });
  addEventListener("popstate", () => document.contains(page) && restore(), { signal });
  addEventListener("online", () => notices.hasFailed() && show(), { signal });
  // Examples and the way back are links to this page: followed without loading it anew.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-search]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    event.stopPropagation(); // Material's instant navigation would fetch the page.
    const { text, filters, sort, exact } = readAddress(link.href);
    input.value = text;
    change({ text, filters, sort, exact });
    scrollTo({ top: 0 });
  }, { signal, capture: true });

  const isRestored = history.state?.shown;
  const typed = document.activeElement === input ? input.value : ""; // Before this script came.
  restore();
  if (typed) {
    input.value = typed;
    type();
  }
  if (!isRestored && matchMedia("(hover: hover)").matches) input.focus({ preventScroll: true });
}

