// Where the site is, and the one index of the page: loaded when it is first wanted, again after a failure.

// This file is at assets/digest/search/ below the site's root, the data at assets/search/.
const root = new URL("../../../", import.meta.url);
const data = new URL("assets/search/", root).href;

export const index = () => import("./engine.js").then(({ sharedIndex }) => sharedIndex(data));
export const forget = () => import("./engine.js").then(({ forgetIndex }) => forgetIndex(data), () => {});

export const urlOf = (path) => new URL(path, root).href;
export const searchUrl = (text) => urlOf(`search/?q=${encodeURIComponent(text)}`);
