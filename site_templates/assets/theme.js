// Everything in the page that only scripts need is made here, so that no page carries it: the colours before
// the first paint, their switch, the search box, and what Material's script looks for. A file and not an inline script,
// because the content security policy allows none. Material's script calls the four __md_ names.
const __md_own = document.currentScript;
const __md_patience = 1500; // Milliseconds that Material's script waits for the results of a search at most.
const __md_root = new URL("../../", __md_own.src);
const __md_scope = __md_own.dataset.scope ? new URL(__md_own.dataset.scope, location) : __md_root;

function __md_hash(text) {
  return [...text].reduce((hash, char) => (hash << 5) - hash + char.charCodeAt(0), 0);
}

function __md_get(key, storage = localStorage, scope = __md_scope) {
  try {
    return JSON.parse(storage.getItem(`${scope.pathname}.${key}`));
  } catch {
    return null; // Storage is switched off, or holds something else.
  }
}

function __md_set(key, value, storage = localStorage, scope = __md_scope) {
  try {
    storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    // Storage is full or switched off: the choice lasts until the page is left.
  }
}

{
  const root = document.documentElement;
  const schemes = [
    { scheme: "default", media: "light", name: "Light", icon: "dark", title: "Switch to dark mode" },
    { scheme: "slate", media: "dark", name: "Dark", icon: "light", title: "Switch to light mode" },
  ];
  const make = (tag, attributes, children = []) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const colour = (colours) => {
    for (const name of ["scheme", "primary", "accent"]) {
      if (colours?.[name]) root.setAttribute(`data-md-color-${name}`, colours[name]);
    }
  };

  // The reader's choice, else the system's. A page with colours of its own states them.
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const isStated = root.hasAttribute("data-md-color-scheme");
  if (!isStated) colour({ scheme: dark ? "slate" : "default", primary: "custom", accent: "custom" });
  colour(__md_get("__palette")?.color);

  if (!document.querySelector("link[rel=icon]")) {
    const href = new URL("assets/digest/logo.svg", __md_root).href;
    document.head.append(make("link", { rel: "icon", type: "image/svg+xml", href }));
  }

  // A pair of radio buttons; what is seen is a label beside the one that is chosen, which leads to the other.
  function colourSwitch() {
    const group = make("div", {
      class: "md-header__option", "data-md-component": "palette", role: "radiogroup", "aria-label": "Colours",
    });
    schemes.forEach(({ scheme, media, name, icon, title }, n) => {
      const colours = { "data-md-color-scheme": scheme, "data-md-color-primary": "custom", "data-md-color-accent": "custom" };
      const label = make("label", {
        class: `md-header__button md-icon pd-icon--${icon}`, title, for: `__palette_${1 - n}`, hidden: "",
      });
      const input = make("input", {
        class: "md-option", type: "radio", name: "__palette", id: `__palette_${n}`, "aria-label": name,
        "data-md-color-media": `(prefers-color-scheme: ${media})`, ...colours,
      });
      input.checked = scheme === root.dataset.mdColorScheme;
      group.append(input, label);
    });
    // Material's script colours the body; the scroll bars are the root's.
    group.addEventListener("change", (event) => colour({ scheme: event.target.dataset.mdColorScheme }));
    // It looks like one button, so that it is pressed like one: Material's script minds Enter alone.
    group.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      const other = group.querySelector("input:not(:checked)");
      other.click();
      other.focus();
    });
    return group;
  }

  // In the place of a link that looks like it and leads to the search page.
  function searchBox(action) {
    const input = make("input", { type: "search", name: "q", placeholder: "Search", "aria-label": "Search papers" });
    const hint = make("kbd", { class: "pd-search__hint", "aria-hidden": "true" }, ["/"]);
    const field = make("label", { class: "pd-search__field" }, [input, hint]);
    return make("form", { class: "pd-search", role: "search", action }, [field]);
  }

  // Which paper an issue is about, where the page does not say it for the sake of its size.
  function nameThePaper(event) {
    const link = event.target.closest?.("a.pd-correct:not([href*='?'])");
    if (!link) return;
    const name = link.pathname.includes("/-/") ? "issue[title]" : "title"; // GitLab's and the others'.
    link.search = new URLSearchParams({ [name]: `Correction: ${location.pathname.split("/").at(-2)}` });
  }

  for (const type of ["click", "auxclick", "contextmenu"]) document.addEventListener(type, nameThePaper, true);

  document.addEventListener("DOMContentLoaded", () => {
    const header = document.querySelector("header");
    const link = header?.querySelector("a.pd-search");
    link?.replaceWith(searchBox(link.getAttribute("href")));
    if (!isStated) header?.append(colourSwitch());
    for (const [tag, name] of [["header", "header"], ["main", "main"], ["article", "content"]]) {
      document.querySelector(tag)?.setAttribute("data-md-component", name);
    }
    for (const input of document.querySelectorAll(".pd-search input")) {
      for (const name of ["autocomplete", "autocapitalize"]) input.setAttribute(name, "off");
      input.spellcheck = false;
      input.enterKeyHint = "search";
    }
    const config = make("script", { id: "__config", type: "application/json" });
    config.textContent = JSON.stringify({
      base: __md_root.href, features: (__md_own.dataset.features ?? "").split(" "), search: "",
      translations: { "clipboard.copy": "Copy to clipboard", "clipboard.copied": "Copied to clipboard" },
    });
    const toggles = ["drawer", "search"].map((name) => (
      make("input", { class: "md-toggle", "data-md-toggle": name, type: "checkbox", id: `__${name}` })
    ));
    document.body.append(
      ...toggles,
      config,
      make("script", { src: new URL("assets/digest/search/view.js", __md_root).href, type: "module" }),
    );
    const material = make("script", { src: new URL("assets/material/bundle.js", __md_root).href });
    material.addEventListener("load", () => dispatchEvent(new Event("pd-material")));
    const addMaterial = () => material.isConnected || document.body.append(material);
    // Its start takes as long as a search: where one was asked for, the results come first.
    if (location.search && document.getElementById("pd-search-page")) {
      addEventListener("pd-shown", () => setTimeout(addMaterial), { once: true });
      setTimeout(addMaterial, __md_patience);
    } else addMaterial();
  });
}
