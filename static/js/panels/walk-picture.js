/** The door to the walk's picture: loads it with the first walk, and keeps it to the state. */

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {import("../draw/network.js").NetworkDrawing} NetworkDrawing */
/** @typedef {import("../draw/network.js").Scene} Scene */
/** @typedef {import("../microscope/picture.js").WalkView} WalkView */

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {NetworkDrawing} drawing
 * @param {() => void} changed is called when the walk shows something else
 * @returns {{setLayout: (layout: Layout) => void, draw: (scene: Scene) => boolean,
 *   nameOf: (selection: Selection) => string|null}} draw says whether there was a walk to draw
 */
export function createWalkPictureDoor(root, app, drawing, changed) {
  /** @type {WalkView|null} */
  let view = null;
  let opened = false;
  app.store.subscribe(["walk"], async ({ walk }) => {
    if (!walk || opened) return;
    opened = true;
    const { WalkView } = await import("../microscope/picture.js");
    view = new WalkView(root, app, drawing, changed);
    changed();
  });
  return {
    setLayout: (layout) => view?.setLayout(layout),
    draw: (scene) => view?.draw(scene) ?? false,
    nameOf: (selection) => view?.nameOf(selection) ?? null,
  };
}
