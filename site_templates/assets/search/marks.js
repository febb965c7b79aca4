// The words of a text that were searched for, marked in it.

import { once } from "./once.js";
import { CJK, STOP_WORDS, compounds, fold, terms } from "./tokeniser.js";

// Where all letters are Latin, patterns that know no others are compiled in a fraction of the time.
const LATIN = "A-Za-z0-9\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f";
const BEYOND_LATIN = new RegExp(`[^\\0-\\x7f${LATIN}‐‑‒–−’…“”]`);
const ONE_WORD = /^[A-Za-z0-9]+$/;
const LATIN_ONLY = once(() => ({ piece: new RegExp(`[${LATIN}]+`, "g"), run: runs(LATIN, "g") }));
const ANY = once(() => {
  const cjk = CJK.source.slice(0, -1); // One character.
  const letters = "\\p{L}\\p{N}\\p{M}";
  return { piece: new RegExp(`${cjk}|(?:(?!${cjk})[${letters}])+`, "gu"), run: runs(letters, "gu") };
});

// Compounds of these letters, with what TeX puts between them.
function runs(letters, flags) {
  const piece = `[${letters}$^_{}\\\\*~]+`;
  return new RegExp(`${piece}(?:[-‐‑‒–−/&.+#'’]+${piece})*[+#]*`, flags);
}

// A text cut into parts `{ text, match }`, where the parts that match are those whose terms pass `wanted`.
export function mark(text, wanted) {
  const parts = [];
  const add = (piece, match) => {
    if (!piece) return;
    const last = parts.at(-1);
    if (last && last.match === match) last.text += piece;
    else parts.push({ text: piece, match });
  };
  const patterns = BEYOND_LATIN.test(text) ? ANY() : LATIN_ONLY();
  let end = 0;
  for (const run of text.matchAll(patterns.run)) {
    add(text.slice(end, run.index), false);
    if (ONE_WORD.test(run[0])) add(run[0], terms(run[0].toLowerCase()).some(wanted));
    else markRun(run[0], patterns.piece, wanted, add);
    end = run.index + run[0].length;
  }
  add(text.slice(end), false);
  return parts;
}

// The pieces of a compound that match; the whole compound where all of them do, or only its joined form.
function markRun(run, piecesOf, wanted, add) {
  const pieces = [...run.matchAll(piecesOf)];
  const pairs = pieces.map((piece, n) => isPair(piece, pieces[n + 1]) && wanted(fold(piece[0] + pieces[n + 1][0])));
  const found = pieces.map(([piece], n) => compounds(piece).flat().some(wanted) || pairs[n] || Boolean(pairs[n - 1]));
  const whole = pieces.every(([piece], n) => found[n] || STOP_WORDS.has(fold(piece)));
  const isOnePiece = pieces.length === 1 && pieces[0][0] === run;
  if (whole ? found.some(Boolean) : !isOnePiece && !found.some(Boolean) && compounds(run).flat().some(wanted)) {
    add(run, true);
    return;
  }
  let end = 0;
  pieces.forEach((piece, n) => {
    add(run.slice(end, piece.index), false);
    add(piece[0], found[n]);
    end = piece.index + piece[0].length;
  });
  add(run.slice(end), false);
}

// Neighbouring characters of Chinese and Japanese, which are indexed in pairs.
function isPair(piece, next) {
  const isCjk = (text) => text.search(CJK) === 0;
  return next !== undefined && next.index === piece.index + piece[0].length && isCjk(piece[0]) && isCjk(next[0]);
}
