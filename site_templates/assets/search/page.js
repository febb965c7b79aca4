// The search page: results as you type, `?q=` in the address, more of them in steps.

import { element, result, statusText } from "./render.js";
import { index } from "./store.js";

const STEP = 20;
const DELAY = 80;

export function connectPage(page) {
  const input = document.querySelector(".pd-search--page input");
  const status = element("p", { className: "pd-results__status", role: "status", "aria-live": "polite" });
  const list = element("ol", { className: "pd-results" });
  const more = element("button", { className: "pd-results__more", type: "button", text: "More papers" });
  const retry = element("button", { className: "pd-results__more", type: "button", text: "Try again" });
  more.hidden = retry.hidden = true;
  page.replaceChildren(status, list, more, retry);
  let wanted = 0;
  let timer = 0;

  async function show(offset = 0) {
    const text = input.value;
    const mine = (wanted += 1);
    retry.hidden = true;
    try {
      const engine = await index();
      const typing = document.activeElement === input && !/\s$/.test(text);
      const found = await engine.search(text, { limit: STEP, offset, typing });
      if (mine !== wanted) return;
      if (!offset) list.replaceChildren();
      list.append(...found.hits.map(result));
      status.textContent = statusText(found, text);
      more.hidden = list.childElementCount >= found.total;
    } catch {
      if (mine !== wanted) return;
      status.textContent = "Search could not be loaded.";
      more.hidden = true;
      retry.hidden = false;
    }
  }

  function remember() {
    const url = new URL(location.href);
    if (input.value.trim()) url.searchParams.set("q", input.value);
    else url.searchParams.delete("q");
    history.replaceState(history.state, "", url);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      remember();
      show();
    }, DELAY);
  });
  input.addEventListener("keydown", (event) => {
    const first = list.querySelector("a");
    if (event.key === "Escape") {
      input.value = "";
      remember();
      show();
    } else if (event.key === "ArrowDown" && first) {
      event.preventDefault();
      first.focus();
    }
  });
  list.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") input.focus();
    if (!step) return;
    event.preventDefault();
    (links[links.indexOf(document.activeElement) + step] ?? (step < 0 ? input : links.at(-1))).focus();
  });
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    remember();
    show();
  });
  more.addEventListener("click", () => show(list.childElementCount));
  retry.addEventListener("click", () => show());
  addEventListener("popstate", () => {
    input.value = new URL(location.href).searchParams.get("q") ?? "";
    show();
  });

  input.value = new URL(location.href).searchParams.get("q") ?? input.value;
  if (input.value) show();
  if (matchMedia("(hover: hover)").matches) input.focus();
}
