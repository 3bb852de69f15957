/** Which part of the picture is seen: dragged, pinched, turned by the wheel, or moved by keys. */

const MOST = 3;
const WHEEL = 0.0015;

export class View {
  /**
   * @param {SVGSVGElement} svg
   * @param {SVGGElement} world what moves
   */
  constructor(svg, world) {
    this.svg = svg;
    this.world = world;
    this.scale = 1;
    this.x = 0;
    this.y = 0;
    /** Whether the reader has moved it, so that a new layout must not. */
    this.moved = false;
    this.size = { width: 1, height: 1 };
    /** @type {Map<number, {x: number, y: number}>} */
    this.pointers = new Map();
    this.#listen();
  }

  /**
   * Shows the whole picture, no larger than it is.
   * @param {{width: number, height: number}} size of the picture
   */
  fit(size = this.size) {
    this.size = size;
    this.moved = false;
    const { width, height } = this.#room();
    this.scale = Math.min(1.25, width / size.width, height / size.height);
    this.x = (width - size.width * this.scale) / 2;
    this.y = (height - size.height * this.scale) / 2;
    this.#apply();
  }

  /**
   * Shows a new picture: the whole of it, or where that would be too small to read, one place.
   * @param {{width: number, height: number}} size of the picture
   * @param {number} legible the least scale
   * @param {{x: number, y: number}} place of the picture
   */
  show(size, legible, place) {
    this.fit(size);
    if (this.scale >= legible) return;
    const { width, height } = this.#room();
    this.scale = legible;
    this.x = settled(width / 2 - place.x * legible, width, size.width * legible);
    this.y = settled(height / 2 - place.y * legible, height, size.height * legible);
    this.#apply();
  }

  /**
   * @param {number} factor
   * @param {{x: number, y: number}} [at] what stays in place; the middle without it
   */
  zoom(factor, at) {
    const { width, height } = this.#room();
    const centre = at ?? { x: width / 2, y: height / 2 };
    const least = Math.min(0.4, width / this.size.width, height / this.size.height);
    const scale = Math.max(least, Math.min(MOST, this.scale * factor));
    this.x = centre.x - (centre.x - this.x) * (scale / this.scale);
    this.y = centre.y - (centre.y - this.y) * (scale / this.scale);
    this.scale = scale;
    this.moved = true;
    this.#apply();
  }

  /**
   * Moves as little as it takes for a place of the picture to be seen.
   * @param {{x: number, y: number}} place
   * @param {number} [margin] in px of the page
   */
  reveal({ x, y }, margin = 70) {
    const { width, height } = this.#room();
    const [left, top] = [this.x + x * this.scale, this.y + y * this.scale];
    const [dx, dy] = [inward(left, width, margin), inward(top, height, margin)];
    if (dx === 0 && dy === 0) return;
    this.x += dx;
    this.y += dy;
    this.#apply();
  }

  #apply() {
    this.world.setAttribute("transform", `translate(${this.x} ${this.y}) scale(${this.scale})`);
  }

  #room() {
    return { width: this.svg.clientWidth || 1, height: this.svg.clientHeight || 1 };
  }

  #listen() {
    const { svg } = this;
    svg.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * WHEEL), this.#inside(event));
    }, { passive: false });
    svg.addEventListener("pointerdown", (event) => {
      if (event.defaultPrevented || event.button !== 0) return;
      this.pointers.set(event.pointerId, this.#inside(event));
    });
    svg.addEventListener("pointermove", (event) => this.#drag(event));
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
      svg.addEventListener(end, (event) => {
        this.pointers.delete(/** @type {PointerEvent} */ (event).pointerId);
      });
    }
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = this.#inside(event);
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.pointers.set(event.pointerId, now);
    if (other) {
      const grown = distance(now, other) / Math.max(1, distance(before, other));
      this.zoom(grown, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
    } else if (distance(before, now) > 0) {
      this.x += now.x - before.x;
      this.y += now.y - before.y;
      this.moved = true;
      this.#apply();
    }
  }

  /** @param {MouseEvent} event */
  #inside(event) {
    const { left, top } = this.svg.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }
}

/**
 * Where a picture begins: as wished, but with no empty border beside it; in the middle if it fits.
 * @param {number} wished
 * @param {number} room
 * @param {number} size
 */
function settled(wished, room, size) {
  return size <= room ? (room - size) / 2 : Math.max(room - size, Math.min(0, wished));
}

/**
 * @param {number} at
 * @param {number} size
 * @param {number} margin
 */
function inward(at, size, margin) {
  const edge = Math.min(margin, size / 3);
  if (at < edge) return edge - at;
  if (at > size - edge) return size - edge - at;
  return 0;
}

/**
 * @param {{x: number, y: number}} a
 * @param {{x: number, y: number}} b
 */
function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
