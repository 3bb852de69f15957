/** The page's words in the reader's language: gettext over the catalogue that the page brought. */

/** @type {Record<string, string>} */
let catalogue = {};

/**
 * Takes the catalogue; main.js does so once, before anything is said.
 * @param {Record<string, string>} translations msgid to translation; {} for English
 */
export function useCatalogue(translations) {
  catalogue = translations;
}

/**
 * Takes the words of a part that came later.
 * @param {Record<string, string>} translations
 */
export function addToCatalogue(translations) {
  catalogue = { ...catalogue, ...translations };
}

/**
 * A message in the reader's language.
 * @param {string} msgid English, with %(name)s where a value goes
 * @param {Record<string, string|number>} [values]
 * @returns {string}
 */
export function gettext(msgid, values) {
  return fill(catalogue[msgid] || msgid, values);
}

/**
 * A message about a number of things. Chinese has one form, kept under the singular.
 * @param {string} singular
 * @param {string} plural
 * @param {number} count also the value of %(n)s
 * @param {Record<string, string|number>} [values]
 * @returns {string}
 */
export function ngettext(singular, plural, count, values) {
  const message = catalogue[singular] || (count === 1 ? singular : plural);
  return fill(message, { n: count, ...values });
}

/** Chinese characters, and their punctuation. */
const CHINESE = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/;

/**
 * Chinese sets Latin words and numbers apart by a space, but not its own characters: whether the
 * spaces around a value stay hangs on the value.
 * @param {string} message
 * @param {Record<string, string|number>} [values]
 */
function fill(message, values = {}) {
  return message.replace(/ ?%\((\w+)\)s ?/g, (found, name, at) => {
    if (!(name in values)) return found;
    const value = String(values[name]);
    const before = apart(message[at - 1], value[0]) && found.startsWith(" ") ? " " : "";
    const after = apart(value.at(-1), message[at + found.length]) && found.endsWith(" ") ? " " : "";
    return before + value + after;
  });
}

/**
 * Whether a space between two characters is wanted.
 * @param {string} [one]
 * @param {string} [other]
 */
function apart(one = "", other = "") {
  return !(CHINESE.test(one) && CHINESE.test(other));
}
