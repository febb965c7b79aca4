// Put into the search page by the benchmark: when its results are there.
(() => {
  // Resolves to milliseconds since the page was asked for, when results are shown and nothing is awaited.
  function results() {
    return new Promise((resolve) => {
      const look = () => {
        const list = document.querySelector(".pd-results");
        if (!list?.querySelector("li:not([aria-hidden])") || list.hasAttribute("aria-busy")) return;
        observer.disconnect();
        resolve(performance.now());
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { childList: true, subtree: true, attributeFilter: ["aria-busy"] });
    });
  }

  const first = results();

  // The first results of the visit: { ms, click, rounds }; milliseconds since the page's HTML was there, and since
  // it was asked for; requests of the search that were made one after another, that of the HTML included.
  globalThis.firstResults = async () => {
    const click = await first;
    const [html] = performance.getEntriesByType("navigation");
    const isOfSearch = ({ name, responseEnd }) => /\/assets\/(digest\/)?search\//.test(name) && responseEnd <= click;
    const before = performance.getEntriesByType("resource").filter(isOfSearch);
    let end = html.responseEnd;
    let rounds = 1;
    for (const each of before.sort((one, other) => one.responseEnd - other.responseEnd)) {
      if (each.startTime < end) continue;
      rounds += 1;
      end = each.responseEnd;
    }
    return { ms: click - html.responseEnd, click, rounds };
  };

  // Another query, typed and sent: { ms } until its results have replaced the others.
  globalThis.laterResults = async (query) => {
    const input = document.querySelector(".pd-search--page input");
    const start = performance.now();
    input.value = query;
    input.form.requestSubmit();
    return { ms: (await results()) - start, click: 0, rounds: 0 };
  };
})();
