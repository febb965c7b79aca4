// The one index of the page: loaded when it is first wanted, again after a failure.

// This file is at assets/digest/search/ below the site's root, the data at assets/search/.
export const root = new URL("../../../", import.meta.url);

let opening;

export function index() {
  opening ??= import("./engine.js")
    .then(({ openIndex }) => openIndex(new URL("assets/search/", root).href))
    .catch((error) => {
      forget();
      throw error;
    });
  return opening;
}

// After a failure the next search opens the index anew.
export function forget() {
  opening = undefined;
}

export const urlOf = (path) => new URL(path, root).href;
export const searchUrl = (text) => urlOf(`search/?q=${encodeURIComponent(text)}`);
