// The search page: results as you type, filters, sort, and everything in the address.

import { readAddress, toggled, writeAddress } from "./address.js";
import { countedFilters } from "./counting.js";
import { connectKeys } from "./keys.js";
import { STEP, firstStep, resultList } from "./list.js";
import { failureText, isBeginning, statusText } from "./messages.js";
import { noticeArea } from "./notices.js";
import { placeLinks } from "./places.js";
import { element } from "./render.js";
import { sortChoice } from "./sorting.js";
import { forget, index } from "./store.js";

const PAUSE = 400; // Milliseconds without a key before the filters are counted anew.
const MOST_RESTORED = 200;
const FOUND = 10; // Papers of the search among whose authors one is looked for.
const NAMING = 3; // Hits among whose authors is the one that the text names.

// What the address asks for, asked as soon as this file has come, long before the page can show anything:
// { question, answer }, or null where it asks for nothing, or for more than a first answer.
function askedAhead() {
  const { text, filters, ...others } = readAddress(location.href);
  if (history.state?.shown || !(text.trim() || Object.keys(filters).length)) return null;
  const first = firstStep();
  return answered(text, { ...others, facets: filters, typing: Boolean(history.state?.open), first, limit: first });
}

function answered(text, options) {
  const answer = index().then((engine) => engine.search(text, options));
  answer.catch(() => {}); // Said where it is awaited.
  return { question: questionOf(text, options), answer };
}

// The answer to a question, which may have been asked ahead.
function answerTo(text, options) {
  const { question, answer } = ahead ?? {};
  ahead = null;
  return question === questionOf(text, options) ? answer : answered(text, options).answer;
}

function questionOf(text, { sort, exact, facets, typing, first, limit }) {
  return JSON.stringify([text, sort, exact, facets, typing, first, limit]);
}

let ahead = globalThis.document ? askedAhead() : null; // Node has no page.

export function connectPage(page, signal) {
  const first = firstStep();
  const input = document.querySelector(".pd-search--page input");
  const status = element("p", { className: "pd-finder__status", role: "status" });
  const notices = noticeArea({ retry, exact: (exact) => change({ exact }), emptied: () => input });
  const list = resultList({ grow, emptied: () => input });
  const { panel: filters, ...counts } = countedFilters({
    search: async (more) => (await index()).search(state.text, ask(more)),
    chosen: () => state.filters,
    current: () => (isIdle() ? null : wanted),
    choose: (name, value) => change({ filters: toggled(state.filters, name, value) }),
    clear: () => change({ filters: {} }),
    emptied: () => input,
    find: findAuthors,
  });
  const places = placeLinks();
  const sorting = sortChoice((sort) => change({ sort }));
  const title = document.title.replace(/^“.*” – /, "");
  const start = page.querySelector(".pd-start");
  const bar = element("div", { className: "pd-finder__bar" }, [status, filters.toggle, sorting.node]);
  const results = element("div", { className: "pd-finder__results" }, [filters.chosen, notices.node, places.node, list.node]);
  // The filters are many stops of the Tab key before the first paper.
  const skip = element("button", { className: "pd-button pd-finder__skip", type: "button", text: "Skip to the papers" });
  skip.addEventListener("click", () => (list.links()[0] ?? results.querySelector("a, button") ?? input).focus());
  page.replaceChildren(bar, element("div", { className: "pd-finder__body" }, [skip, filters.panel, results]));
  if (start) page.prepend(start);

  let state = readAddress(location.href);
  let isOpen = false; // Whether the last word may go on: so it was searched for, and so the rest of the answer is.
  let isSettled = false; // Whether a place to come back to, which no keystroke may overwrite.
  let folder = ""; // Of the index from which the results are.
  let wanted = 0; // The newest search; the answers of older ones are dropped.
  let shown = 0; // The one whose answer is in the list.
  let hasRetried = false;

  const isIdle = () => !state.text.trim() && !Object.keys(state.filters).length;
  const ask = (more) => ({
    sort: state.sort, exact: state.exact, facets: state.filters, typing: isOpen, first, ...more,
  });

  async function show({ limit = first, scroll } = {}) {
    const mine = (wanted += 1);
    begin();
    try {
      const engine = await index();
      if (isIdle()) return;
      const found = await answerTo(state.text, ask({ limit }));
      if (mine !== wanted) return;
      hasRetried = false;
      shown = mine;
      folder = engine.folder;
      sorting.offer(engine.hasVotes);
      end(found, engine.named(state.text, found, NAMING));
      if (scroll) scrollTo(0, scroll);
      counts.count(isOpen ? PAUSE : 0);
      dispatchEvent(new Event("pd-shown")); // What the page can do without for a moment has waited for this.
    } catch (error) {
      if (mine !== wanted) return;
      ahead = null; // It has failed, too.
      if (error.kind === "gone") forget(); // What was loaded of an index that is still there is good.
      list.clear();
      places.show();
      counts.clear();
      status.textContent = "";
      notices.failed(failureText(error));
    }
  }

  // What is known before anything has been found.
  function begin() {
    counts.stop();
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
  }

  function end(found, named) {
    list.replace(found);
    places.show(named);
    filters.learn(found);
    status.textContent = statusText(found, state, isOpen);
    notices.show(isOpen && isBeginning(state.text) ? { ...found, notes: [] } : found, state);
    const focused = document.activeElement;
    results.append(places.node, list.node); // Drawn anew below the notices: nothing that stays is pushed down.
    if (results.contains(focused)) focused.focus({ preventScroll: true }); // Whoever is moved loses it.
  }

  // Authors of that name in the papers of this search, whichever authors are chosen: { authors: [{ name, value }], areAll }.
  async function findAuthors(conditions, name) {
    const engine = await index();
    const { author: _, ...others } = state.filters;
    const found = await engine.search(`${conditions} ${state.text}`, ask({ facets: others, limit: FOUND }));
    const authors = engine.named(name, found, FOUND).authors.filter(({ url }) => url)
      .map((author) => ({ name: author.name, value: author.url.split("/")[1] }));
    return { authors, areAll: found.total <= FOUND };
  }

  // Another try; after a second failure with this page's modules, which a new deployment may have made too old.
  function retry() {
    if (hasRetried) location.reload();
    hasRetried = true;
    show();
  }

  async function grow() {
    const mine = wanted;
    if (mine !== shown) return; // Another list is on its way.
    list.growing();
    try {
      const engine = await index();
      const found = await engine.search(state.text, ask({ limit: STEP, offset: list.count }));
      if (mine !== wanted) return;
      if (engine.folder !== folder) {
        show({ limit: list.count + STEP }); // A newer digest has another order, and perhaps other papers.
        return;
      }
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
      if (isDeliberate || isSettled) history.pushState({ open: isOpen }, "", url);
      else history.replaceState({ open: isOpen }, "", url);
      isSettled = false;
    } else if (history.state?.open !== isOpen) history.replaceState({ ...history.state, open: isOpen }, "");
    isSettled ||= isDeliberate;
    entitle();
  }

  // The tab, and the list of where one was, say what was searched for.
  function entitle() {
    const text = state.text.trim();
    document.title = text ? `“${text}” – ${title}` : title;
  }

  // What is chosen applies to what is seen: the last word stays as open as it was, unless the text is another one.
  function change(changes) {
    keys.stop();
    const { text } = state;
    state = { ...state, text: input.value, ...changes };
    isOpen &&= state.text === text && ("filters" in changes || "sort" in changes);
    remember(true);
    show();
  }

  function type() {
    state = { ...state, text: input.value, exact: false };
    isOpen = !/\s$/.test(input.value);
    remember(false);
    show();
  }

  function follow(search) {
    input.value = search.text;
    change(search);
    scrollTo({ top: 0 });
  }

  function restore() {
    state = readAddress(location.href);
    isSettled = !isIdle();
    input.value = state.text;
    entitle();
    const { shown: count = first, scroll, open = false } = history.state ?? {};
    isOpen = open;
    show({ limit: Math.min(count, MOST_RESTORED), scroll });
  }

  const keys = connectKeys({ page, input, list, signal, type, enter: change, follow });
  list.node.addEventListener("click", () => {
    history.replaceState({ ...history.state, shown: list.count, scroll: Math.round(scrollY) }, "");
  }, { signal, capture: true });
  addEventListener("popstate", () => document.contains(page) && restore(), { signal });
  addEventListener("online", () => {
    if (notices.hasFailed()) show();
    else if (list.hasFailed) grow();
  }, { signal });

  const isRestored = history.state?.shown;
  const typed = document.activeElement === input ? input.value : ""; // Before this script came.
  restore();
  if (typed) {
    input.value = typed;
    type();
  }
  if (!isRestored && matchMedia("(hover: hover)").matches) input.focus({ preventScroll: true });
}
