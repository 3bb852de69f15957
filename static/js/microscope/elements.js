/** New elements, in one line each. */

import { gettext } from "../i18n.js";

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Document} document
 * @param {Tag} tag
 * @param {string} name its class; "" for none
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(document, tag, name, text = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text) element.textContent = text;
  return element;
}

/**
 * @param {Document} document
 * @param {string} name
 * @param {string} text
 * @param {() => void} act
 */
export function makeButton(document, name, text, act) {
  const button = make(document, "button", name, text);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

/**
 * A dialog with a title and a way to close it, put at the end of the page.
 * @param {HTMLElement} root
 * @param {string} name its class, and the beginning of its title's id
 * @returns {{dialog: HTMLDialogElement, title: HTMLElement, body: HTMLElement}}
 */
export function makeDialog(root, name) {
  const { ownerDocument: document } = root;
  const dialog = make(document, "dialog", name);
  const head = make(document, "div", "dialog-head");
  const title = make(document, "h2", "");
  title.id = `${name}-title`;
  dialog.setAttribute("aria-labelledby", title.id);
  const close = makeButton(document, "close", "×", () => dialog.close());
  close.setAttribute("aria-label", gettext("Close"));
  head.append(title, close);
  const body = make(document, "div", "dialog-body");
  dialog.append(head, body);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  root.append(dialog);
  return { dialog, title, body };
}
