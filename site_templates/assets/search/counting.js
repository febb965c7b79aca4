// The numbers of the filters, apart from the results, which do not wait for them. What costs requests of its own is
// counted when the reader comes to the filters; authors of a large digest only where she asks for them.

import { FACETS } from "./address.js";
import { filterPanel } from "./filters.js";
import { failureText } from "./messages.js";
import { index } from "./store.js";

const MANY = 2000; // Papers from which on the authors of a result are many kilobytes.

// { panel, count, stop, clear }: the panel of the filters; `count` counts them for the current search, that many
// milliseconds from now. `search` asks for the current search with more options, `chosen` are its filters, and
// `current` says which search is the newest, null where there is none. The rest is for the panel.
export function countedFilters({ search, chosen, current, ...others }) {
  const asked = new Set(); // Facets that the reader has asked for.
  let hasCome = false;
  let timer = 0;
  const panel = filterPanel({
    ...others,
    opened() {
      hasCome = true;
      count();
    },
    more(name) {
      asked.add(name);
      count();
    },
  });
  for (const event of ["pointerenter", "focusin"]) {
    panel.panel.addEventListener(event, () => {
      if (hasCome) return;
      hasCome = true;
      count();
    });
  }

  const isOffered = (engine, name) => !engine.isAtHand(name) && !chosen()[name] && !asked.has(name)
    && (!hasCome || (name === "author" && engine.papers > MANY));

  async function counts(mine) {
    try {
      const engine = await index();
      const names = FACETS.filter((name) => engine.facetNames.includes(name));
      const counted = names.filter((name) => !isOffered(engine, name)).map((name) => [name, chosen()[name] ?? []]);
      const found = await search({ limit: 0, facets: Object.fromEntries(counted) });
      if (mine === current()) panel.show(found, names.filter((name) => isOffered(engine, name)));
    } catch (error) {
      if (mine === current()) panel.fail(`No filters: ${failureText(error)}`);
    }
  }

  function count(delay = 0) {
    clearTimeout(timer);
    const mine = current();
    if (mine === null || !panel.isShown()) return;
    panel.wait();
    timer = setTimeout(() => counts(mine), delay);
  }

  const stop = () => clearTimeout(timer);
  const clear = () => {
    stop();
    panel.fail();
  };
  return { panel, count, stop, clear };
}
