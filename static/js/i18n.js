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

/**
 * @param {string} message
 * @param {Record<string, string|number>} [values]
 */
function fill(message, values = {}) {
  return message.replace(/%\((\w+)\)s/g, (whole, name) =>
    name in values ? String(values[name]) : whole,
  );
}
