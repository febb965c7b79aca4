// Search on every page, kept tiny: this file waits until search is wanted, and only then loads the rest. Without
// it the box still leads to the search page, and every page can be read.

// What a box and the search page begin with, fetched at once instead of one after another.
const BOX = ["box.js", "engine.js"];
const PAGE = ["page.js", "engine.js"];
const POINTER = "../../search/current.json"; // Of the index.
const FIELD = "input[type=search]";

const fetched = new Set(); // Addresses; instant navigation may take their links away.
let stop = new AbortController();
let connected = null; // The search page that has been brought to life.

function fetchAhead(paths) {
  const links = [...document.head.querySelectorAll("link[rel$=preload]")];
  for (const path of paths) {
    const { href } = new URL(path, import.meta.url);
    const kind = path === POINTER ? { rel: "preload", as: "fetch", crossOrigin: "" } : { rel: "modulepreload" };
    const isFetched = fetched.has(href) || links.some((link) => link.href === href);
    fetched.add(href);
    if (!isFetched) document.head.append(Object.assign(document.createElement("link"), { ...kind, href }));
  }
}

function boxOf(event) {
  return event.target.closest?.("form.pd-search:not(.pd-search--page, [data-connected])");
}

async function wake(form) {
  form.dataset.connected = "";
  fetchAhead([...BOX, POINTER]);
  try {
    (await import("./box.js")).connectBox(form);
  } catch {
    delete form.dataset.connected; // Still a form that leads to the search page; the next focus tries again.
  }
}

// Said at once, so that a screen reader knows on the first focus what it is.
function announce() {
  for (const field of document.querySelectorAll(`form.pd-search:not(.pd-search--page) ${FIELD}`)) {
    if (field.getAttribute("role")) continue;
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false" };
    for (const [name, value] of Object.entries(roles)) field.setAttribute(name, value);
  }
}

async function connect() {
  announce();
  const page = document.getElementById("pd-search-page");
  if (page !== connected) stop.abort(); // Of the page that instant navigation has replaced.
  if (page && page !== connected) {
    connected = page;
    stop = new AbortController();
    fetchAhead([...PAGE, POINTER]); // The page itself names them, but not where instant navigation has brought it.
    try {
      (await import("./page.js")).connectPage(page, stop.signal);
    } catch {
      const again = Object.assign(document.createElement("a"), { href: location.href, textContent: "Try again" });
      again.addEventListener("click", () => location.reload());
      page.replaceChildren("Search could not be loaded. ", again);
    }
  }
  const active = document.activeElement?.closest("form.pd-search:not(.pd-search--page, [data-connected])");
  if (active) wake(active); // Focused before this file had come.
}

document.addEventListener("focusin", (event) => boxOf(event) && event.target.matches(FIELD) && wake(boxOf(event)));
document.addEventListener("pointerover", (event) => boxOf(event) && fetchAhead(BOX), { passive: true });

// `/` and Ctrl+K go to the box from anywhere but a text field.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  // A browser that fills in a form sends key events without a key.
  const control = event.key?.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
  const field = document.querySelector(":is(.pd-search--page, .pd-search--hero) input") ?? document.querySelector(".pd-search input");
  if (!field || !(slash || control)) return;
  event.preventDefault();
  // Material has shortcuts of its own for the same keys.
  event.stopImmediatePropagation();
  field.focus();
  field.select();
}, true);

connect();
// Material's script says when its instant navigation has replaced the page; it may come after this one.
let isFollowing = false;
function follow() {
  if (isFollowing || !globalThis.document$) return;
  isFollowing = true;
  document$.subscribe(connect);
}
follow();
for (const event of ["load", "pd-material"]) addEventListener(event, follow);
