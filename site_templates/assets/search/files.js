// Files of the index: fetched, inflated, decoded, and kept for a while. No DOM.

import { inflated } from "./bytes.js";

const MOST_KEPT = 16e6; // Bytes before they are decoded, which makes about four times as many of them.

// The bytes at `url`. What fails throws an Error whose `kind` is "offline", "http", or where the file is missing,
// `missing`.
export async function load(fetch, url, missing, options) {
  let response;
  try {
    response = await fetch(url.href, options);
  } catch (error) {
    throw failure("offline", `${url.pathname} cannot be reached`, error);
  }
  const isGone = response.status === 404 || response.status === 410;
  if (!response.ok) throw failure(isGone ? missing : "http", `${url.pathname}: ${response.status}`);
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw failure("offline", `${url.pathname} broke off`, error);
  }
}

export function failure(kind, message, cause) {
  return Object.assign(new Error(message, { cause }), { kind });
}

// The files of one deployment: each is loaded and decoded once, if it is not long ago; a failure is not kept.
export class Files {
  #fetch;
  #folder;
  #contents; // Name -> what is known of it beforehand, decompressed.
  #kept = new Map(); // Name -> { promise, size }; the one that was asked for last is the last one.
  #size = 0;
  #most;

  constructor(fetch, folder, contents = new Map(), most = MOST_KEPT) {
    this.#fetch = fetch;
    this.#folder = folder;
    this.#contents = contents;
    this.#most = most;
  }

  // What `decode` makes of the content of a file; `before` are pieces of its stream that it lacks.
  decoded(name, decode, before = []) {
    const entry = this.#kept.get(name) ?? { promise: null, size: 0 };
    this.#kept.delete(name);
    this.#kept.set(name, entry);
    entry.promise ??= this.#made(name, entry, decode, before).catch((error) => {
      this.#drop(name, entry);
      throw error;
    });
    return entry.promise;
  }

  async #made(name, entry, decode, before) {
    const known = this.#contents.get(name);
    const bytes = known ?? await load(this.#fetch, new URL(name, this.#folder), "gone");
    try {
      const content = known ?? await inflated(...before, bytes);
      const made = decode(content);
      this.#count(name, entry, content.length);
      return made;
    } catch (error) {
      throw failure("http", `${name} cannot be read`, error);
    }
  }

  // Those that nobody has asked for longest go, where there are too many.
  #count(name, entry, size) {
    if (this.#kept.get(name) !== entry) return;
    entry.size = size;
    this.#size += size;
    for (const [other, old] of this.#kept) {
      if (this.#size <= this.#most) return;
      if (other !== name) this.#drop(other, old);
    }
  }

  #drop(name, entry) {
    if (this.#kept.get(name) !== entry) return;
    this.#kept.delete(name);
    this.#size -= entry.size;
  }
}
