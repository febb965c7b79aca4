// What the reader has to know about a result: words that were replaced, with a way back; notes of the engine; and
// failures, with another try.

import { writeAddress } from "./address.js";
import { element } from "./render.js";

// { node, show, failed, hasFailed }; `emptied` gives who takes the focus from what goes.
export function noticeArea({ retry, exact, emptied }) {
  const said = element("div", { className: "pd-notices__said", role: "status" });
  const failure = element("div", { className: "pd-failure", role: "alert" });
  const node = element("div", { className: "pd-notices" }, [said, failure]);

  function corrections(corrected, state) {
    if (state.exact && state.text.trim()) return [sentence(["Searched for exactly what was typed. "], "Allow corrections", state, false)];
    if (!corrected?.length) return [];
    const words = corrected.flatMap(({ word, instead }, n) => [
      n ? ", " : "", element("b", { text: instead }), " instead of ", element("i", { text: word }),
    ]);
    return [sentence(["Searched for ", ...words, ". "], `Search for “${state.text.trim()}” only`, state, true)];
  }

  function sentence(words, text, state, wanted) {
    const href = writeAddress(location.href, { ...state, exact: wanted });
    const link = element("a", { href, text });
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      exact(wanted);
    });
    return element("p", {}, [...words, link]);
  }

  return {
    node,
    show({ corrected, notes = [] }, state) {
      const isFocused = said.contains(document.activeElement);
      said.replaceChildren(...corrections(corrected, state), ...notes.map((text) => element("p", { text })));
      if (isFocused) (said.querySelector("a") ?? emptied()).focus({ preventScroll: true });
    },
    // Without a text: nothing has failed any more.
    failed(text) {
      const isFocused = failure.contains(document.activeElement);
      failure.replaceChildren();
      if (isFocused) emptied().focus({ preventScroll: true });
      if (!text) return;
      said.replaceChildren();
      const button = element("button", { className: "pd-button", type: "button", text: "Try again" });
      button.addEventListener("click", retry);
      failure.append(element("p", { text }), button);
    },
    hasFailed: () => failure.childElementCount > 0,
  };
}
