// What Material keeps in an inline script, in a file: the content security policy allows no inline
// scripts. Material's bundle reads these four names.
var __md_scope = new URL(document.currentScript.dataset.base || ".", location);

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
