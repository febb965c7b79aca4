// Pages that the words name: an author, a topic, a category. Who looks for one of these is there in one step.

import { number } from "./messages.js";
import { element } from "./render.js";
import { urlOf } from "./store.js";

const KINDS = { authors: "Author", topics: "Topic", categories: "Category" };
const MOST = 4;

// { node, show }; `show` is told what the engine suggests, or nothing.
export function placeLinks() {
  const list = element("ul", { className: "pd-places__list" });
  const node = element("nav", { className: "pd-places", "aria-label": "Pages" }, [list]);
  node.hidden = true;
  return {
    node,
    show(suggested = {}) {
      const found = Object.entries(KINDS).flatMap(([name, kind]) => (suggested[name] ?? []).map((place) => ({ kind, ...place })));
      const links = found.filter(({ url }) => url).slice(0, MOST).map(({ kind, name, url, count }) => {
        const parts = [element("span", { className: "pd-places__kind", text: kind }), " ", element("b", { text: name })];
        if (count) parts.push(" ", element("span", { className: "pd-places__count", text: number(count) }));
        return element("li", {}, [element("a", { href: urlOf(url) }, parts)]);
      });
      list.replaceChildren(...links);
      node.hidden = !links.length;
    },
  };
}
