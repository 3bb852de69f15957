/**
 * Parts of the page that are loaded when they are first wanted (app/parts.py): their words and
 * styles first, then their scripts, all at once.
 */

import { addToCatalogue } from "./i18n.js";

/** @typedef {import("./store.js").Facts} Facts */
/** @typedef {{scripts: string[], sheets: string[], words: Record<string, string>}} Manifest */

/** @type {Map<string, Promise<void>>} by the part's name; of one that failed nothing is kept */
const brought = new Map();

/**
 * Opens a part. Asked again it is the same; where it could not be had it is tried anew.
 * @template T
 * @param {Document} document
 * @param {Facts} facts
 * @param {string} name
 * @param {() => Promise<T>} load imports its module
 * @returns {Promise<T>}
 */
export async function openPart(document, facts, name, load) {
  let coming = brought.get(name);
  if (!coming) {
    coming = bring(document, facts, name);
    brought.set(name, coming);
    coming.catch(() => brought.delete(name));
  }
  await coming;
  return load();
}

/**
 * @param {Document} document
 * @param {Facts} facts
 * @param {string} name
 */
async function bring(document, { partsBase, language }, name) {
  const answer = await fetch(`${partsBase}${name}?lang=${language}`);
  if (!answer.ok) throw new Error(`expected the part ${name}, got ${answer.status}`);
  /** @type {Manifest} */
  const { scripts, sheets, words } = await answer.json();
  addToCatalogue(words);
  for (const href of scripts) link(document, "modulepreload", href);
  await Promise.all(sheets.map((href) => arrived(link(document, "stylesheet", href))));
}

/**
 * @param {Document} document
 * @param {string} rel
 * @param {string} href
 */
function link(document, rel, href) {
  const element = document.createElement("link");
  element.rel = rel;
  element.href = href;
  document.head.append(element);
  return element;
}

/**
 * @param {HTMLLinkElement} sheet
 * @returns {Promise<void>}
 */
function arrived(sheet) {
  return new Promise((resolve, reject) => {
    sheet.addEventListener("load", () => resolve());
    sheet.addEventListener("error", () => {
      sheet.remove();
      reject(new Error(`expected the style sheet ${sheet.href}, got none`));
    });
  });
}
