// The results as a list that grows in steps: by scrolling, or by a button, which keyboards and screen readers use.

import { papers, number } from "./messages.js";
import { element, ghost, result, someWords } from "./render.js";

export const STEP = 15;
const [FEWEST, MOST] = [5, 10]; // Papers at first.
const [ABOVE, SHORTEST] = [380, 110]; // Pixels above the results, and of one of few words.
const AHEAD = "0px 0px 300px 0px"; // How far below the window the next step is fetched, for readers who scroll.
const STEPS_ALONE = 4; // Then the reader presses the button, so that the foot of the page can be reached.

// How many papers come at first: each is a request of its own, so as many as the window may show.
export function firstStep() {
  return Math.max(FEWEST, Math.min(MOST, Math.ceil((innerHeight - ABOVE) / SHORTEST)));
}

// { node, links, count, hasFailed, replace, append, wait, growing, failGrowing, clear }; `grow` fetches the next step,
// `emptied` gives who takes the focus from results that go.
export function resultList({ grow, emptied }) {
  const items = element("ol", { className: "pd-results" });
  const more = element("button", { className: "pd-button pd-results__more", type: "button" });
  const said = element("p", { className: "pd-results__said pd-hidden", role: "status" });
  const foot = element("div", { className: "pd-results__foot" }, [more, said]);
  const node = element("div", { className: "pd-results__column" }, [items, foot]);
  let steps = 0;
  let focusFrom = -1;
  let total = 0;
  let hasFailed = false;
  foot.hidden = true;

  more.addEventListener("click", () => {
    steps = 0;
    focusFrom = count();
    if (!more.getAttribute("aria-disabled")) grow(); // Else they are on their way already.
  });
  let observer = null;

  function watch(ahead) {
    observer?.disconnect();
    if (!("IntersectionObserver" in globalThis)) return;
    observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting) || foot.hidden || steps >= STEPS_ALONE || more.getAttribute("aria-disabled")) return;
      steps += 1;
      grow();
    }, { rootMargin: ahead });
    for (const each of [...ghosts(), foot]) observer.observe(each); // Who scrolls fast passes some of them.
  }

  const lookAhead = () => watch(AHEAD);

  items.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = links();
    const at = all.findIndex((link) => link.closest("li").contains(document.activeElement));
    const next = all[at + step];
    event.preventDefault();
    if (next) next.focus();
    else if (step < 0) node.dispatchEvent(new CustomEvent("pd-leave"));
    else if (!foot.hidden) more.focus();
  });

  const count = () => items.querySelectorAll(".pd-result:not([aria-hidden])").length;
  const links = () => [...items.querySelectorAll(".pd-result__title a")];
  const ghosts = () => [...items.querySelectorAll(":scope > [aria-hidden]")];

  // The places of what comes by itself are there before it: nothing below is pushed down by it.
  function reserve() {
    for (const each of ghosts()) each.remove();
    const left = steps < STEPS_ALONE ? Math.min(STEP, total - count()) : 0;
    items.append(...Array.from({ length: Math.max(0, left) }, ghost));
  }

  // More results; where those with some of the words begin, it is said.
  function add(found, start) {
    const made = found.hits.map(result);
    const place = found.total - found.partial - start;
    if (found.partial && place > -start && place >= 0 && place < made.length) made.splice(place, 0, someWords(found.partial));
    for (const each of ghosts()) each.remove();
    items.append(...made);
    settle(found);
    reserve();
  }

  function settle(found) {
    total = found.total;
    foot.hidden = count() >= total;
    more.removeAttribute("aria-disabled");
    more.textContent = "More papers";
    items.removeAttribute("aria-busy");
    fail("");
  }

  // Why there is no more: seen by all. What is there is seen anyway, and said to those who do not see it.
  function fail(text) {
    hasFailed = Boolean(text);
    said.classList.toggle("pd-hidden", !hasFailed);
    said.textContent = text;
  }

  return {
    node, links,
    get count() {
      return count();
    },
    get hasFailed() {
      return hasFailed;
    },
    replace(found) {
      steps = 0;
      focusFrom = -1;
      const at = links().findIndex((link) => link.closest("li").contains(document.activeElement));
      items.replaceChildren();
      add(found, 0);
      if (at >= 0) (links()[Math.min(at, links().length - 1)] ?? emptied()).focus({ preventScroll: true });
      watch("0px");
      addEventListener("scroll", lookAhead, { once: true, passive: true });
    },
    append(found) {
      add(found, count());
      watch(AHEAD);
      said.textContent = `${number(count())} of ${papers(total)} shown`;
      if (focusFrom >= 0) links()[focusFrom]?.focus({ preventScroll: true });
      focusFrom = -1;
    },
    // Something is on its way: the old results stay until it comes, places of new ones where there are none.
    wait() {
      items.setAttribute("aria-busy", "true");
      if (!items.childElementCount) items.replaceChildren(...Array.from({ length: 5 }, ghost));
    },
    growing() {
      more.setAttribute("aria-disabled", "true");
    },
    failGrowing(text) {
      more.removeAttribute("aria-disabled");
      steps = STEPS_ALONE; // No more attempts without the reader.
      reserve();
      more.textContent = "Try again";
      fail(text);
    },
    clear() {
      if (items.contains(document.activeElement)) emptied().focus({ preventScroll: true });
      items.replaceChildren();
      fail("");
      items.removeAttribute("aria-busy");
      foot.hidden = true;
    },
  };
}
