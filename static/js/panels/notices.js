/** Notices: refusals, faults in a link, divergence. They stay until dismissed or overtaken. */

import { gettext } from "../i18n.js";

/**
 * @typedef {object} Notice
 * @property {string} kind a notice replaces the one of its kind
 * @property {string} title
 * @property {string[]} lines
 * @property {boolean} [alarm]
 * @property {Action[]} [actions]
 */

/**
 * @typedef {object} Action
 * @property {string} label
 * @property {() => void} act
 * @property {boolean} [stays] whether the notice is still wanted afterwards
 */

/**
 * @param {HTMLElement} root
 * @returns {{show: (notice: Notice) => void, dismiss: (kind: string) => void}}
 */
export function createNotices(root) {
  const list = /** @type {HTMLElement} */ (root.querySelector("#notices"));

  /** @param {string} kind */
  function dismiss(kind) {
    list.querySelector(`[data-kind="${kind}"]`)?.remove();
  }

  return {
    dismiss,
    show(notice) {
      dismiss(notice.kind);
      list.append(noticeElement(list.ownerDocument, notice, () => dismiss(notice.kind)));
    },
  };
}

/**
 * @param {Document} document
 * @param {Notice} notice
 * @param {() => void} dismiss
 */
function noticeElement(document, { kind, title, lines, alarm = false, actions = [] }, dismiss) {
  const element = document.createElement("div");
  element.className = alarm ? "notice alarm" : "notice";
  element.dataset.kind = kind;
  element.setAttribute("role", alarm ? "alert" : "status");
  const text = document.createElement("div");
  const heading = document.createElement("b");
  heading.textContent = title;
  text.append(heading, ...lines.map((line) => paragraph(document, line)));
  if (actions.length > 0) text.append(actionRow(document, actions, dismiss));
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.textContent = "×";
  close.setAttribute("aria-label", gettext("Dismiss"));
  close.addEventListener("click", dismiss);
  element.append(text, close);
  return element;
}

/**
 * @param {Document} document
 * @param {string} text
 */
function paragraph(document, text) {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}

/**
 * @param {Document} document
 * @param {Action[]} actions
 * @param {() => void} dismiss
 */
function actionRow(document, actions, dismiss) {
  const row = document.createElement("div");
  row.className = "actions";
  for (const { label, act, stays = false } of actions) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => {
      if (!stays) dismiss();
      act();
    });
    row.append(button);
  }
  return row;
}
