// What the view says in words. No DOM.

// As `toLocaleString("en")` says it, which takes many milliseconds when it is first used.
export const number = (count) =>
  Number.isInteger(count) ? String(count).replace(/\B(?=(?:\d{3})+$)/g, ",") : count.toLocaleString("en");
export const papers = (count) => (count === 1 ? "1 paper" : `${count ? number(count) : "No"} papers`);

const BEGINNING = /(?:^|\s)[^\s\u2e80-\uffff]{1,2}$/; // Too short to be completed; in Chinese, it may be a word.

// Where more has to be typed before anything can be said of the last word.
export const isBeginning = (text) => BEGINNING.test(text.trim());

// `12 papers for “gpt”`; `isOpen` where the last word may go on.
export function statusText({ total, partial = 0, empty }, { text, filters }, isOpen = false) {
  const words = text.trim();
  const filtered = Object.keys(filters).length > 0;
  if (empty) return words ? "Type a word, a name or a title." : "";
  if (total && total === partial) return someWordsText(papers(total));
  if (total) return words ? `${papers(total - partial)} for “${words}”` : papers(total);
  if (isOpen && isBeginning(words)) return "Go on typing…";
  const said = [words && `“${words}”`, words && filtered && "with", filtered && "these filters"];
  return ["No paper matches", ...said.filter(Boolean)].join(" ");
}

// `9 papers with some of the words`
export const someWordsText = (those) => `${those} with some of the words`;

// What the list below the box holds, for those who do not see it.
export function suggestionsText(groups) {
  const said = groups.map(({ noun, items }) => `${items.length} ${noun}${items.length === 1 ? "" : "s"}`);
  return said.length ? said.join(", ").replace(/categorys/, "categories") : "No suggestions";
}

// Why a search failed and what will happen, in one or two sentences.
export function failureText(error) {
  if (globalThis.navigator?.onLine === false) return "You are offline. The search goes on when the connection is back.";
  if (error?.kind === "offline") return "The search index cannot be reached. Check the connection.";
  if (error?.kind === "gone") return "The digest was published anew while this page was open.";
  return "A part of the search index could not be loaded.";
}
