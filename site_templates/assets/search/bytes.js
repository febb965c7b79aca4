// Bytes of the search index: varints, words coded by what they share with the word before, zlib streams.
// The twin of generator/search/codec.py; docs/search-format.md describes it.

const text = new TextDecoder();

// Reads a plane of bytes from its beginning.
export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  // The next varint: seven bits a byte, the lowest first.
  number() {
    let value = 0;
    let factor = 1;
    for (;;) {
      if (this.at >= this.bytes.length) throw new Error("a file of the index ends too early");
      const byte = this.bytes[this.at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
  }

  // The next `count` varints in an array of the given kind; `add` is added to each.
  numbers(count, Kind = Uint32Array, add = 0) {
    const made = new Kind(count);
    const { bytes } = this;
    let { at } = this;
    for (let n = 0; n < count; n += 1) {
      let value = bytes[at++];
      if (value > 127) {
        value &= 127;
        for (let factor = 128, byte = 128; byte > 127; factor *= 128) {
          byte = bytes[at++];
          value += (byte & 127) * factor;
        }
      }
      made[n] = value + add;
    }
    if (at > bytes.length) throw new Error("a file of the index ends too early");
    this.at = at;
    return made;
  }

  // The next `count` bytes, not copied.
  take(count) {
    if (this.at + count > this.bytes.length) throw new Error("a file of the index ends too early");
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  // All varints up to the end.
  rest(Kind = Uint32Array, add = 0) {
    let count = 0;
    for (let n = this.at; n < this.bytes.length; n += 1) count += this.bytes[n] < 128 ? 1 : 0;
    return this.numbers(count, Kind, add);
  }
}

// A file with a table: `head` numbers, then `planes` lengths, then as many planes.
export function parts(bytes, head, planes) {
  const reader = new Reader(bytes);
  const numbers = Array.from({ length: head }, () => reader.number());
  const lengths = Array.from({ length: planes }, () => reader.number());
  return { head: numbers, planes: lengths.map((length) => new Reader(reader.take(length))) };
}

// `count` words of three planes: bytes shared with the word before, further bytes, these bytes.
export function frontCoded(count, shared, further, rest) {
  const sames = shared.numbers(count);
  const lengths = further.numbers(count);
  const letters = byteText(rest.take(lengths.reduce((sum, length) => sum + length, 0)));
  let word = "";
  let at = 0;
  const words = Array.from({ length: count }, (_, n) => {
    word = word.slice(0, sames[n]) + letters.slice(at, (at += lengths[n]));
    return word;
  });
  return BEYOND_ASCII.test(letters) ? words.map(decodedWord) : words;
}

const BEYOND_ASCII = /[^\0-\x7f]/;

// A text with a character for each byte: most words are ASCII, and text is cut faster than bytes are.
function byteText(bytes) {
  let made = "";
  for (let at = 0; at < bytes.length; at += 8192) made += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return made;
}

function decodedWord(word) {
  return BEYOND_ASCII.test(word) ? text.decode(Uint8Array.from(word, (char) => char.charCodeAt(0))) : word;
}

export const decodeText = (bytes) => text.decode(bytes);

// The content of a zlib stream (RFC 1950); the pieces are its bytes, one after the other.
export async function inflated(...pieces) {
  if (typeof globalThis.DecompressionStream !== "function") {
    const { inflate } = await import("./inflate.js");
    return inflate(pieces);
  }
  // By hand, because `new Blob(pieces).stream()` asks another process: ten times as long for files so small.
  const { readable, writable } = new DecompressionStream("deflate");
  const writer = writable.getWriter();
  const ignored = () => {}; // What fails here fails for the reader, too.
  for (const piece of pieces) writer.write(piece).catch(ignored);
  writer.close().catch(ignored);
  return joined(readable.getReader());
}

// All that a stream gives, in one piece.
async function joined(reader) {
  const chunks = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    size += next.value.length;
  }
  const made = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    made.set(chunk, at);
    at += chunk.length;
  }
  return made;
}

// Where `wanted` would be in the sorted `words`: how many of them are not above it. Strings compare by UTF-16.
export function countUpTo(words, wanted) {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle] <= wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
