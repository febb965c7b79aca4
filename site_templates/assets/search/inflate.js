// Inflates zlib streams (RFC 1950, 1951) where the browser cannot: loaded only where DecompressionStream is
// missing. Plain and small rather than fast.

const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
// Of the length codes 257.. and the distance codes 0..: the least value and the extra bits.
const LENGTHS = table(28, (code) => (code < 8 ? 0 : (code >> 2) - 1), 3).concat([[258, 0]]);
const DISTANCES = table(30, (code) => (code < 4 ? 0 : (code >> 1) - 1), 1);

function table(codes, extraBits, first) {
  let value = first;
  return Array.from({ length: codes }, (_, code) => {
    const entry = [value, extraBits(code)];
    value += 1 << entry[1];
    return entry;
  });
}

// The content of the stream whose bytes are the pieces, one after the other.
export function inflate(pieces) {
  const input = new Input(pieces);
  const method = input.bits(8);
  const flags = input.bits(8);
  if ((method & 15) !== 8 || (method * 256 + flags) % 31 || flags & 32) throw new Error("not a zlib stream");
  const output = new Output();
  let isLast = false;
  while (!isLast) {
    isLast = input.bits(1) === 1;
    const kind = input.bits(2);
    if (kind === 0) stored(input, output);
    else if (kind === 1) compressed(input, output, FIXED.literals, FIXED.distances);
    else if (kind === 2) compressed(input, output, ...dynamic(input));
    else throw new Error("not a deflate stream");
  }
  const made = output.done();
  input.align();
  const sum = [0, 0, 0, 0].reduce((value) => value * 256 + input.bits(8), 0);
  if (sum !== adler(made)) throw new Error("a file of the index was damaged on its way");
  return made;
}

class Input {
  constructor(pieces) {
    this.bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
    let at = 0;
    for (const piece of pieces) {
      this.bytes.set(new Uint8Array(piece.buffer ?? piece, piece.byteOffset ?? 0, piece.byteLength), at);
      at += piece.byteLength;
    }
    this.at = 0;
    this.held = 0; // Bits that were read and not used, the next one lowest.
    this.count = 0;
  }

  bits(wanted) {
    while (this.count < wanted) {
      if (this.at >= this.bytes.length) throw new Error("a file of the index ends too early");
      this.held |= this.bytes[this.at++] << this.count;
      this.count += 8;
    }
    const value = this.held & ((1 << wanted) - 1);
    this.held >>>= wanted;
    this.count -= wanted;
    return value;
  }

  align() {
    this.held >>>= this.count & 7;
    this.count -= this.count & 7;
  }
}

class Output {
  constructor() {
    this.bytes = new Uint8Array(1 << 15);
    this.length = 0;
  }

  room(wanted) {
    if (this.length + wanted <= this.bytes.length) return;
    const longer = new Uint8Array(Math.max(this.bytes.length * 2, this.length + wanted));
    longer.set(this.bytes.subarray(0, this.length));
    this.bytes = longer;
  }

  add(byte) {
    this.room(1);
    this.bytes[this.length++] = byte;
  }

  copy(distance, length) {
    if (distance > this.length) throw new Error("not a deflate stream");
    this.room(length);
    for (let n = 0; n < length; n += 1, this.length += 1) this.bytes[this.length] = this.bytes[this.length - distance];
  }

  done() {
    return this.bytes.slice(0, this.length);
  }
}

function stored(input, output) {
  input.align();
  const length = input.bits(16);
  if ((input.bits(16) ^ 0xffff) !== length) throw new Error("not a deflate stream");
  for (let n = 0; n < length; n += 1) output.add(input.bits(8));
}

// A canonical Huffman code: how many codes of each length there are, and the symbols in their order.
function huffman(lengths) {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] += length ? 1 : 0;
  const offsets = new Uint16Array(17);
  for (let n = 1; n < 16; n += 1) offsets[n + 1] = offsets[n] + counts[n];
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => {
    if (length) symbols[offsets[length]++] = symbol;
  });
  return { counts, symbols };
}

function symbol(input, { counts, symbols }) {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length < 16; length += 1) {
    code |= input.bits(1);
    const count = counts[length];
    if (code - count < first) return symbols[index + (code - first)];
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  throw new Error("not a deflate stream");
}

const FIXED = {
  literals: huffman(Array.from({ length: 288 }, (_, n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8))),
  distances: huffman(Array(30).fill(5)),
};

// The two codes that a block brings along.
function dynamic(input) {
  const literals = input.bits(5) + 257;
  const distances = input.bits(5) + 1;
  const codes = Array(19).fill(0);
  for (let n = 0, count = input.bits(4) + 4; n < count; n += 1) codes[ORDER[n]] = input.bits(3);
  const code = huffman(codes);
  const lengths = [];
  while (lengths.length < literals + distances) {
    const found = symbol(input, code);
    if (found < 16) lengths.push(found);
    else if (found === 16) repeat(lengths, lengths.at(-1) ?? 0, input.bits(2) + 3);
    else repeat(lengths, 0, found === 17 ? input.bits(3) + 3 : input.bits(7) + 11);
  }
  return [huffman(lengths.slice(0, literals)), huffman(lengths.slice(literals, literals + distances))];
}

function repeat(lengths, length, count) {
  for (let n = 0; n < count; n += 1) lengths.push(length);
}

function compressed(input, output, literals, distances) {
  for (;;) {
    const found = symbol(input, literals);
    if (found === 256) return;
    if (found < 256) output.add(found);
    else {
      const [length, extra] = LENGTHS[found - 257] ?? fail();
      const size = length + input.bits(extra);
      const [distance, more] = DISTANCES[symbol(input, distances)] ?? fail();
      output.copy(distance + input.bits(more), size);
    }
  }
}

function fail() {
  throw new Error("not a deflate stream");
}

function adler(bytes) {
  let low = 1;
  let high = 0;
  for (let n = 0; n < bytes.length; n += 1) {
    low = (low + bytes[n]) % 65521;
    high = (high + low) % 65521;
  }
  return high * 65536 + low;
}
