/** The page's shortcuts: Space plays, arrows step on and back, with Shift a phase, R resets, Esc lets go. */

/**
 * @typedef {object} Drive
 * @property {() => void} toggle
 * @property {() => void} step
 * @property {() => void} back
 * @property {() => void} [finish] a longer step, with Shift
 * @property {() => void} [restart] a longer step back
 * @property {() => void} reset
 * @property {() => void} [release] lets go of what is selected
 */

/**
 * Shortcuts work wherever the key has no meaning of its own: not in a field, on a button for
 * Space, in the network for arrows, or under an open dialog.
 * @param {Document} document
 * @param {Drive} drive
 */
export function listenForShortcuts(document, drive) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {HTMLElement} */ (event.target);
    if (document.querySelector("dialog[open]") || ownsKey(target, event.key)) return;
    const act = {
      " ": drive.toggle,
      ArrowRight: (event.shiftKey && drive.finish) || drive.step,
      ArrowLeft: (event.shiftKey && drive.restart) || drive.back,
      r: drive.reset,
      R: drive.reset,
      Escape: drive.release,
    }[event.key];
    if (!act) return;
    event.preventDefault();
    if (event.key === " ") target.blur();
    if (!event.repeat || event.key.startsWith("Arrow")) act();
  });
}

/**
 * Whether a key means something to the element that has the keyboard. A button that was only
 * clicked does not keep Space from playing.
 * @param {HTMLElement} target
 * @param {string} key
 */
function ownsKey(target, key) {
  if (target.matches("select, textarea, [role=slider]")) return true;
  if (target.matches("input")) return !(target.matches("[type=checkbox]") && key !== " ");
  return key === " " && target.matches("button:focus-visible, summary:focus-visible, a");
}

/** @typedef {import("./store.js").Selection} Selection */

/**
 * Where an arrow key leads: up and down along a column or along the lines of one neuron, left and
 * right from neuron to line to neuron.
 * @param {number[]} shape neurons in each layer, inputs first
 * @param {Selection} selection
 * @param {string} key
 * @returns {Selection|null} null where the key leads nowhere
 */
export function nextSelection(shape, selection, key) {
  const by = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (selection.kind === "neuron") {
    const { layer, unit } = selection;
    if (by) return { kind: "neuron", layer, unit: wrap(unit + by, shape[layer]) };
    if (key === "ArrowLeft" && layer > 0) {
      return { kind: "weight", layer, from: nearest(unit, shape, layer, layer - 1), to: unit };
    }
    if (key === "ArrowRight" && layer < shape.length - 1) {
      const to = nearest(unit, shape, layer, layer + 1);
      return { kind: "weight", layer: layer + 1, from: unit, to };
    }
    return null;
  }
  const { layer, from, to } = selection;
  if (by) {
    // Through the layer's lines in the order in which they arrive at each neuron.
    const lines = shape[layer - 1] * shape[layer];
    const line = wrap(to * shape[layer - 1] + from + by, lines);
    return {
      kind: "weight",
      layer,
      from: line % shape[layer - 1],
      to: Math.floor(line / shape[layer - 1]),
    };
  }
  if (key === "ArrowLeft") return { kind: "neuron", layer: layer - 1, unit: from };
  if (key === "ArrowRight") return { kind: "neuron", layer, unit: to };
  return null;
}

/**
 * @param {number} index
 * @param {number} count
 */
function wrap(index, count) {
  return (index + count) % count;
}

/**
 * The unit of another layer that stands at about the same height.
 * @param {number} unit
 * @param {number[]} shape
 * @param {number} layer
 * @param {number} other
 */
function nearest(unit, shape, layer, other) {
  return Math.min(shape[other] - 1, Math.floor(((unit + 0.5) / shape[layer]) * shape[other]));
}
