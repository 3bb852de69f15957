/** A canvas in CSS pixels, whatever the screen's own are. */

/**
 * Fits the canvas to its box and gives its context, scaled to CSS pixels.
 * @param {HTMLCanvasElement} canvas
 * @param {number} dpr device pixels in a CSS pixel
 * @param {CanvasRenderingContext2DSettings} [settings]
 * @returns {{context: CanvasRenderingContext2D, width: number, height: number}} in CSS px
 */
export function fit(canvas, dpr, settings) {
  return fitTo(canvas, { width: canvas.clientWidth, height: canvas.clientHeight }, dpr, settings);
}

/**
 * The same for a box whose size is known: to ask the canvas for it can cost a layout of the page.
 * @param {HTMLCanvasElement} canvas
 * @param {{width: number, height: number}} box in CSS px
 * @param {number} dpr device pixels in a CSS pixel
 * @param {CanvasRenderingContext2DSettings} [settings]
 * @returns {{context: CanvasRenderingContext2D, width: number, height: number}} in CSS px
 */
export function fitTo(canvas, { width, height }, dpr, settings) {
  const [across, down] = [Math.round(width * dpr), Math.round(height * dpr)];
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
  }
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", settings));
  context.setTransform(dpr, 0, 0, dpr, 0, 0);
  return { context, width, height };
}

/** A sheet for maps: bytes in, pixels out, then drawn at any size. */
export class Sheet {
  /** @param {Document} document */
  constructor(document) {
    this.canvas = document.createElement("canvas");
    this.context = /** @type {CanvasRenderingContext2D} */ (
      this.canvas.getContext("2d", { willReadFrequently: true })
    );
    /** @type {ImageData|null} */
    this.image = null;
    this.pixels = new Uint32Array(0);
  }

  /**
   * Makes room for an image of this many pixels.
   * @param {number} width
   * @param {number} height
   * @returns {Uint32Array} its pixels, to be written; `show` puts them onto the canvas
   */
  resize(width, height) {
    if (!this.image || this.image.width !== width || this.image.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.image = this.context.createImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    return this.pixels;
  }

  show() {
    if (this.image) this.context.putImageData(this.image, 0, 0);
  }
}
