/** The door to the findings of a run in training: loads them when a frame first has one. */

import { openPart } from "../parts.js";

/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {import("../findings/room.js").FindingsRoom} FindingsRoom */

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {{layout: Layout|null}} drawing
 * @param {import("../findings/room.js").Ears} ears
 * @returns {{setLayout: (layout: Layout) => void, sentenceOn: (selection: Selection) => string}}
 *   sentenceOn says what is wrong with a neuron, "" where nothing is
 */
export function createFindingsDoor(root, app, drawing, ears) {
  /** @type {FindingsRoom|null} */
  let room = null;
  let opened = false;
  app.store.subscribe(["frame"], async ({ frame }) => {
    if (opened || !frame || !isUnwell(frame)) return;
    opened = true;
    const load = () => import("../findings/room.js");
    const part = await openPart(root.ownerDocument, app.facts, "findings", load).catch(() => null);
    // Where it cannot be had, as when the line is cut, a later frame asks again.
    opened = part !== null;
    if (!part) return;
    room = new part.FindingsRoom(root, app, ears);
    if (drawing.layout) room.setLayout(drawing.layout);
  });
  return {
    setLayout: (layout) => room?.setLayout(layout),
    sentenceOn: (selection) => room?.sentenceOn(selection) ?? "",
  };
}

/** @param {Frame} frame */
function isUnwell(frame) {
  return ["unit_ailments", "layer_ailments"].some((name) => frame.tensor(name).some(Boolean));
}
