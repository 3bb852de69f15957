/**
 * A shape for each class, so that its colour is not all that tells it apart. All have the area of
 * the disc, the first of them.
 */

/** Corners in units of the disc's radius, y downward. @type {[x: number, y: number][][]} */
const CORNERS = [
  regular(4, 1.253, Math.PI / 4),
  regular(3, 1.555, -Math.PI / 2),
  regular(4, 1.253, 0),
  plus(0.396, 1.189),
  regular(3, 1.555, Math.PI / 2),
];

export const MARKS = CORNERS.length + 1;

/**
 * Adds a mark to the context's path: disc, square, triangle, diamond, plus, triangle upside down.
 * @param {Pick<CanvasRenderingContext2D, "moveTo"|"lineTo"|"arc"|"closePath">} context
 * @param {number} kind 0 to MARKS − 1
 * @param {number} x
 * @param {number} y
 * @param {number} radius of the disc
 */
export function traceMark(context, kind, x, y, radius) {
  if (kind === 0) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  const [first, ...others] = CORNERS[kind - 1];
  context.moveTo(x + first[0] * radius, y + first[1] * radius);
  for (const [dx, dy] of others) context.lineTo(x + dx * radius, y + dy * radius);
  context.closePath();
}

/**
 * @param {number} corners
 * @param {number} reach from the middle to a corner
 * @param {number} turn of the first corner, in radians
 */
function regular(corners, reach, turn) {
  return Array.from({ length: corners }, (_, i) => {
    const angle = turn + (i * 2 * Math.PI) / corners;
    return /** @type {[number, number]} */ ([reach * Math.cos(angle), reach * Math.sin(angle)]);
  });
}

/**
 * @param {number} half of an arm's width
 * @param {number} reach of an arm from the middle
 */
function plus(half, reach) {
  const arm = [
    [half, -half],
    [reach, -half],
    [reach, half],
  ];
  return [0, 1, 2, 3].flatMap((quarter) =>
    arm.map(([x, y]) => {
      const [cos, sin] = [[1, 0], [0, 1], [-1, 0], [0, -1]][quarter];
      return /** @type {[number, number]} */ ([x * cos - y * sin, x * sin + y * cos]);
    }),
  );
}
