/** A program's text in coloured pieces. */

/** @typedef {"plain"|"comment"|"text"|"number"|"keyword"|"call"|"operator"} Kind */
/** @typedef {{kind: Kind, start: number, end: number}} Piece */
/** @typedef {{start: number, end: number, mark: string, index?: number}} Mark */

const KEYWORDS = new Set(
  "and as def else elif False for from if import in None not or pass return True with while lambda class".split(" "),
);
const TOKEN =
  /(#[^\n\r]*)|([rfbRFB]{0,2}(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))|((?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|([-+*/@=<>!%&|^~]+)/gu;

/**
 * The pieces of a text, in order and without gaps.
 * @param {string} text
 * @returns {Piece[]}
 */
export function pieces(text) {
  /** @type {Piece[]} */
  const found = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    const start = match.index;
    const end = start + match[0].length;
    if (start > at) found.push({ kind: "plain", start: at, end: start });
    found.push({ kind: kindOf(match, text, end), start, end });
    at = end;
  }
  if (at < text.length) found.push({ kind: "plain", start: at, end: text.length });
  return found;
}

/**
 * @param {RegExpMatchArray} match
 * @param {string} text
 * @param {number} end
 * @returns {Kind}
 */
function kindOf(match, text, end) {
  if (match[1]) return "comment";
  if (match[2]) return "text";
  if (match[3]) return "number";
  if (match[5]) return "operator";
  if (KEYWORDS.has(match[4])) return "keyword";
  return text[end] === "(" ? "call" : "plain";
}

/**
 * Where numbers stand in a text, with the sign that belongs to them.
 * @param {string} text
 * @returns {[start: number, end: number][]}
 */
export function numbersIn(text) {
  return pieces(text)
    .filter(({ kind }) => kind === "number")
    .map(({ start, end }) => [signBefore(text, start), end]);
}

/**
 * Where a number begins: with a minus before it, unless that subtracts.
 * @param {string} text
 * @param {number} start
 */
function signBefore(text, start) {
  const sign = /(?:^|[\n=(,:[+*/%@<>-]|\breturn|\bin)[ \t]*-$/.exec(text.slice(Math.max(0, start - 40), start));
  return sign ? start - 1 : start;
}

/**
 * Pieces cut at the ends of marks, each with the marks that lie on it.
 * @param {string} text
 * @param {Mark[]} marks
 * @returns {{kind: Kind, text: string, marks: Mark[]}[]}
 */
export function marked(text, marks) {
  const cuts = [...new Set(marks.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const found = [];
  for (const { kind, start, end } of pieces(text)) {
    const inside = cuts.filter((cut) => cut > start && cut < end);
    const ends = [start, ...inside, end];
    for (let i = 0; i + 1 < ends.length; i += 1) {
      const [from, to] = [ends[i], ends[i + 1]];
      found.push({
        kind,
        text: text.slice(from, to),
        marks: marks.filter((mark) => mark.start <= from && mark.end >= to && mark.end > mark.start),
      });
    }
  }
  return found;
}
