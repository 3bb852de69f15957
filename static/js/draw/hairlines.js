/**
 * Thousands of thin straight lines at once. Lines of one look are stroked together, which for
 * hairlines costs a tenth of stroking each by itself.
 */

const WIDTH_PX = 0.6;
const OPACITIES = 8;

export class Hairlines {
  constructor() {
    /** @type {Map<string, {colour: string, alpha: number, path: Path2D}>} */
    this.looks = new Map();
  }

  /**
   * @param {{x0: number, y0: number, x1: number, y1: number}} line
   * @param {string} colour
   * @param {number} alpha rounded up to one of eight
   */
  add({ x0, y0, x1, y1 }, colour, alpha) {
    const level = Math.ceil(alpha * OPACITIES);
    const key = `${colour} ${level}`;
    let look = this.looks.get(key);
    if (!look) {
      look = { colour, alpha: level / OPACITIES, path: new Path2D() };
      this.looks.set(key, look);
    }
    look.path.moveTo(x0, y0);
    look.path.lineTo(x1, y1);
  }

  /** @param {CanvasRenderingContext2D} context */
  paint(context) {
    context.lineWidth = WIDTH_PX;
    // Faint lines first: the strong ones must be seen.
    const looks = [...this.looks.values()].sort((one, other) => one.alpha - other.alpha);
    for (const { colour, alpha, path } of looks) {
      context.globalAlpha = alpha;
      context.strokeStyle = colour;
      context.stroke(path);
    }
    context.globalAlpha = 1;
  }
}
