/** What stands for each ailment, on a neuron, at a layer's head and beside its band of the river. */

/** @typedef {import("../dissection.js").Finding["ailment"]} Ailment */

/** The side of the box that the lines below are in. */
export const BOX = 12;
/** @type {Record<Ailment, string>} */
export const GLYPHS = {
  dead: "M3.5 3.5 8.5 8.5M8.5 3.5 3.5 8.5",
  saturated: "M2 8.5h2C6 8.5 6 3.5 8 3.5h2",
  vanishing: "M9.5 3v6M6 5.5v3.5M2.5 8v1",
  exploding: "M2.5 3v6M6 5.5v3.5M9.5 8v1",
  not_finite: "M6 2.8v4.2M6 8.8v.6",
};

/**
 * @param {CanvasRenderingContext2D} context whose stroke has its colour
 * @param {Ailment} ailment
 * @param {{x: number, y: number}} middle
 */
export function drawAilment(context, ailment, { x, y }) {
  context.save();
  context.translate(x - BOX / 2, y - BOX / 2);
  context.lineWidth = 1.5;
  context.lineCap = "round";
  context.stroke(new Path2D(GLYPHS[ailment]));
  context.restore();
}
