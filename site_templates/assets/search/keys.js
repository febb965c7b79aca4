// What the reader does in the box of the search page and around it.

import { readAddress } from "./address.js";

const DELAY = 80; // Milliseconds without a key before a search.

// { stop }, which forgets a key that has not been answered yet. `type` is called a little after the last key, `enter`
// at once, with what else shall change; `follow` with the search that a link to this page asks for.
export function connectKeys({ page, input, list, signal, type, enter, follow }) {
  let timer = 0;
  const stop = () => clearTimeout(timer);
  const on = (target, event, answer, options) => target.addEventListener(event, answer, { signal, ...options });

  on(input, "input", () => {
    stop();
    timer = setTimeout(type, DELAY);
  });
  on(input, "keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      input.value = "";
      enter({ exact: false });
    } else if (event.key === "ArrowDown" && list.links().length) {
      event.preventDefault();
      list.links()[0].focus();
    }
  });
  on(input.form, "submit", (event) => {
    event.preventDefault();
    enter({});
    if (matchMedia("(hover: none)").matches) input.blur(); // The keyboard of a phone covers the results.
  });
  on(page, "keydown", (event) => event.key === "Escape" && input.focus());
  on(list.node, "pd-leave", () => input.focus());
  // Examples and the way back are links to this page: followed without loading it anew.
  on(document, "click", (event) => {
    const link = event.target.closest?.("a[data-search]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    event.stopPropagation(); // Material's instant navigation would fetch the page.
    follow(readAddress(link.href));
  }, { capture: true });
  return { stop };
}
