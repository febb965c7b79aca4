// Put into every page of the benchmark: the two engines behind one face.
(() => {
  const here = (path) => new URL(path, location.href).href;

  const engines = {
    ours: {
      // As the search page does it: all modules at once, then the index.
      async open(modules) {
        for (const name of modules) {
          document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: here(`code/${name}.js`) }));
        }
        const { openIndex } = await import(here("code/engine.js"));
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
  globalThis.asked = async (name, query, modules) => {
    const start = performance.now();
    opened ??= engines[name].open(modules);
    const engine = await opened;
    const opening = performance.now() - start;
    const found = await engines[name].find(engine, query);
    document.body.replaceChildren(...found.map(({ title }) => Object.assign(document.createElement("p"), { textContent: title })));
    return { ids: found.map(({ id }) => id), ms: performance.now() - start, opening };
  };

  // What the server has sent to this visit.
  globalThis.received = async () => (await fetch(`/sent/${location.pathname.split("/")[2]}`)).json();
})();
