/** The batch on the card: a bar for each example, how many push which way, and one that is chosen. */

import { barsIn, drawStrip } from "../draw/strip.js";
import { gettext, ngettext } from "../i18n.js";
import { format } from "../scales.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("./close-up.js").CloseUp} CloseUp */

/** @type {Record<string, number>} */
const ARROWS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {() => void} changed called when another example was chosen
 * @returns {{chosen: (closeUp: CloseUp) => number, show: (closeUp: CloseUp|null, letter: string) => void}}
 *   chosen: from 0, one that the frame has
 */
export function createExamples(root, app, changed) {
  const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.querySelector(`#${id}`));
  const strip = /** @type {HTMLCanvasElement} */ (root.querySelector("#card-strip"));
  let wish = 0;
  let box = { width: 0, height: 0 };
  /** @type {CloseUp|null} */
  let shown = null;

  const chosen = (/** @type {CloseUp} */ closeUp) => Math.min(wish, closeUp.examples - 1);

  /** @param {number} example */
  function choose(example) {
    if (!shown) return;
    wish = Math.max(0, Math.min(example, shown.examples - 1));
    changed();
  }

  strip.addEventListener("pointermove", (event) => choose(at(event)));
  strip.addEventListener("pointerdown", (event) => choose(at(event)));
  strip.addEventListener("keydown", (event) => {
    const by = ARROWS[event.key];
    if (!by || !shown) return;
    event.preventDefault();
    event.stopPropagation();
    choose(chosen(shown) + by);
  });

  /** @param {PointerEvent} event */
  function at({ offsetX }) {
    return Math.floor(offsetX / barsIn(box.width, shown?.examples ?? 1).step);
  }

  function draw() {
    if (box.width === 0) return;
    drawStrip(strip, box, {
      contributions: shown?.contributions ?? [],
      chosen: shown ? chosen(shown) : -1,
      theme: app.store.state.theme,
    });
  }
  app.store.subscribe(["theme"], draw);
  new ResizeObserver(([{ contentRect }]) => {
    box = contentRect;
    draw();
  }).observe(strip);

  return {
    chosen,
    show(closeUp, letter) {
      shown = closeUp;
      part("card-examples").style.visibility = closeUp ? "" : "hidden";
      draw();
      if (!closeUp) return;
      describe(strip, closeUp, chosen(closeUp), letter);
      const { frame } = closeUp;
      const [up, down] = [frame.scalar("positive_count"), frame.scalar("negative_count")];
      push(part("card-up"), upTexts(letter, up), frame.scalar("positive_sum"));
      push(part("card-down"), downTexts(letter, down), frame.scalar("negative_sum"));
    },
  };
}

/**
 * @param {HTMLElement} line
 * @param {string[]} texts long and short, of which the width chooses one
 * @param {number} sum
 */
function push(line, texts, sum) {
  const parts = line.querySelectorAll("span, b");
  [...texts, format(sum)].forEach((text, i) => {
    if (parts[i].textContent !== text) parts[i].textContent = text;
  });
}

/** @param {string} letter @param {number} count */
const upTexts = (letter, count) => [
  ngettext("%(n)s pushes ∂L/∂%(letter)s up", "%(n)s push ∂L/∂%(letter)s up", count, { letter }),
  gettext("%(n)s up", { n: count }),
];
/** @param {string} letter @param {number} count */
const downTexts = (letter, count) => [
  ngettext("%(n)s pushes it down", "%(n)s push it down", count, { letter }),
  gettext("%(n)s down", { n: count }),
];

/**
 * The strip in words.
 * @param {HTMLElement} strip
 * @param {CloseUp} closeUp
 * @param {number} chosen
 * @param {string} letter
 */
function describe(strip, closeUp, chosen, letter) {
  const { batch, examples } = closeUp;
  const said = gettext("%(name)s: %(what)s", {
    name: exampleLabel(chosen, batch),
    what: format(closeUp.signal("contribution", chosen)),
  });
  strip.setAttribute("aria-valuemax", String(examples));
  strip.setAttribute("aria-valuenow", String(chosen + 1));
  strip.setAttribute("aria-valuetext", said);
  const lines = [
    gettext("What each example adds to ∂L/∂%(letter)s. Up: it wants a smaller %(letter)s; down: a larger one.", {
      letter,
    }),
    said,
  ];
  if (examples < batch) {
    lines.push(gettext("The first %(shown)s of %(n)s are drawn.", { shown: examples, n: batch }));
  }
  strip.title = lines.join("\n");
}

/**
 * @param {number} example from 0
 * @param {number} batch
 */
export function exampleLabel(example, batch) {
  return gettext("Example %(k)s of %(n)s", { k: example + 1, n: batch });
}
