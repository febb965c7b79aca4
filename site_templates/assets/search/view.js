// Where search meets the page: finds the boxes and the results page, and brings them to life. Without this
// script the box still leads to the search page, and every page can be read.

import { connectBox } from "./box.js";
import { connectPage } from "./page.js";

function connect() {
  for (const form of document.querySelectorAll("form.pd-search:not([data-connected])")) {
    form.dataset.connected = "";
    connectBox(form);
  }
  const page = document.getElementById("pd-search-page");
  if (page && !page.dataset.connected) {
    page.dataset.connected = "";
    connectPage(page);
  }
}

// `/` and Ctrl+K go to the box from anywhere but a text field.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  // A browser that fills in a form sends key events without a key.
  const control = event.key?.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
  const box = document.querySelector(".pd-search--page input, .pd-search input");
  if (!box || !(slash || control)) return;
  event.preventDefault();
  // Material has shortcuts of its own for the same keys.
  event.stopImmediatePropagation();
  box.focus();
  box.select();
}, true);

connect();
// Material's instant navigation replaces the page without loading it anew.
globalThis.document$?.subscribe(connect);
