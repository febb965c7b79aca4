// Put into every page of the benchmark: the two engines behind one face.
(() => {
  const here = (path) => new URL(path, location.href).href;

  const engines = {
    ours: {
      // As the search page does it: code and pointer at once.
      async open() {
        const ahead = [
          { rel: "modulepreload", href: here("site/assets/digest/search/engine.js") },
          { rel: "preload", as: "fetch", crossOrigin: "", href: here("ours/current.json") },
        ];
        for (const link of ahead) document.head.append(Object.assign(document.createElement("link"), link));
        const { openIndex } = await import(here("site/assets/digest/search/engine.js"));
        return openIndex(here("ours/"));
      },
      async find(index, query) {
        const { hits } = await index.search(query, { limit: 10 });
        return hits.map(({ id, title }) => ({ id, title }));
      },
    },
    pagefind: {
      async open() {
        const engine = await import(here("pagefind/pagefind.js"));
        await engine.init();
        return engine;
      },
      async find(engine, query) {
        const { results } = await engine.search(query);
        const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
        return shown.map(({ raw_url: raw, url, meta }) => ({ id: (raw ?? url).split("/papers/")[1].replace("/", ""), title: meta.title }));
      },
    },
  };

  let opened = null;

  // Asks one query and shows the titles: { ids, ms, opening }; milliseconds in all, and of these until the
  // engine was loaded and opened.
  globalThis.asked = async (name, query) => {
    const start = performance.now();
    opened ??= engines[name].open();
    const engine = await opened;
    const opening = performance.now() - start;
    const found = await engines[name].find(engine, query);
    document.body.replaceChildren(...found.map(({ title }) => Object.assign(document.createElement("p"), { textContent: title })));
    return { ids: found.map(({ id }) => id), ms: performance.now() - start, opening };
  };
})();
