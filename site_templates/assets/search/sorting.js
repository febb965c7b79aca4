// The choice of the order: radio buttons that look like one switch.

import { SORTS } from "./address.js";
import { element } from "./render.js";

const LABELS = { relevance: "Relevance", newest: "Newest", votes: "Votes" };

// { node, show, offer }; `choose` is told the order that the reader has chosen. Votes are offered where there are any.
export function sortChoice(choose) {
  const radios = SORTS.map((value) => element("input", { type: "radio", name: "pd-sort", value }));
  const labels = radios.map((radio) => element("label", {}, [radio, element("span", { text: LABELS[radio.value] })]));
  const legend = element("legend", { className: "pd-hidden", text: "Order" });
  const node = element("fieldset", { className: "pd-sort" }, [legend, ...labels]);
  node.addEventListener("change", (event) => choose(event.target.value));
  const votes = labels[SORTS.indexOf("votes")];
  return {
    node,
    show: (sort) => radios.forEach((radio) => { radio.checked = radio.value === sort; }),
    offer: (hasVotes) => { votes.hidden = !hasVotes; },
  };
}
