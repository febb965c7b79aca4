// The one index of the page: loaded when it is first wanted, again after a failure.

import { openIndex } from "./engine.js";

// This file is at assets/digest/search/ below the site's root, the data at assets/search/.
export const root = new URL("../../../", import.meta.url);

let opening;

export function index() {
  opening ??= openIndex(new URL("assets/search/", root)).catch((error) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

export const urlOf = (hit) => new URL(hit.url, root).href;
export const searchUrl = (text) => new URL(`search/?q=${encodeURIComponent(text)}`, root).href;
