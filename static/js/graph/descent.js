/** Descent: w ← w − η · ∂L/∂w on the numbers of the text, with the loss over the steps. */

import { gettext } from "../i18n.js";
import { decades, format, superscript, ticks } from "../scales.js";
import { coloured, gradientMath, math, numberMath } from "./formula.js";
import { svg } from "./shapes.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./server.js").Move} Move */

const RUN_MS = 120;
const GIVEN = /^(x|y|t|X|Y|target|lr|rate|eta|n)[\d_]*(\[.*)?$/;
const MANY_DECADES = 1.5;
const GROWN = 1.2;
const MARGIN = { left: 46, right: 12, top: 8, bottom: 18 };

/**
 * @param {HTMLElement} root
 * @param {Room} room
 */
export function createDescent(root, room) {
  const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.querySelector(`#${id}`));
  const rate = /** @type {HTMLInputElement} */ (part("rate"));
  const chart = part("descent-chart");
  const { store } = room;
  /** @type {Map<string, boolean>} what the reader chose, by name */
  const chosen = new Map();
  let running = false;
  let listed = "";

  const names = () => {
    const boxes = part("movable").querySelectorAll("input");
    return [...boxes].filter((box) => box.checked).map((box) => box.value);
  };

  rate.addEventListener("input", () => {
    if (Number.isFinite(rate.valueAsNumber)) store.set({ rate: rate.valueAsNumber });
    room.saveLink();
  });
  part("descend").addEventListener("click", () => room.descend(names(), 1));
  part("descend-ten").addEventListener("click", () => room.descend(names(), 10));
  part("descend-run").addEventListener("click", () => (running ? pause() : run()));
  part("descend-back").addEventListener("click", () => {
    pause();
    room.write(store.state.before);
  });
  part("movable").addEventListener("change", (event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    chosen.set(box.value, box.checked);
  });

  async function run() {
    running = true;
    part("descend-run").setAttribute("aria-pressed", "true");
    while (running && !store.state.stopped && store.state.error === null) {
      const { text } = store.state;
      await room.descend(names(), 1);
      if (store.state.text === text) break;
      await new Promise((done) => setTimeout(done, RUN_MS));
    }
    pause();
  }

  function pause() {
    running = false;
    part("descend-run").setAttribute("aria-pressed", "false");
  }

  store.subscribe(["rate"], (state) => {
    if (rate.valueAsNumber !== state.rate) rate.value = String(state.rate);
  });
  store.subscribe(["answer"], ({ answer }) => {
    const leaves = (answer?.graph?.nodes ?? []).filter(
      (node) => node.kind === "variable" && node.label && node.gradient !== null,
    );
    const found = [...new Set(leaves.map(({ label }) => String(label)))];
    if (found.join() === listed) return;
    listed = found.join();
    const given = (/** @type {string} */ name) => answer?.dialect !== "torch" && GIVEN.test(name);
    const all = found.every(given);
    part("movable").replaceChildren(...found.map((name) =>
      choice(name, chosen.get(name) ?? (all || !given(name)))));
  });
  store.subscribe(["losses", "moves", "stopped", "theme"], (state) => {
    const { losses, moves, stopped } = state;
    if (losses.length === 0) pause();
    /** @type {HTMLButtonElement} */ (part("descend-back")).disabled = losses.length === 0;
    part("moves").replaceChildren(...moves.slice(0, 60).map((move) => moveRow(move, state.rate)));
    part("moves-hint").hidden = moves.length > 0;
    const away = losses.length > 2 && Number(losses.at(-1)) > GROWN * losses[0];
    part("descent-word").textContent = stopped ?? (away
      ? gettext("The loss grows: each step overshoots, so the learning rate is too large.")
      : "");
    chart.parentElement?.toggleAttribute("data-empty", losses.length < 2 && !stopped);
    chart.replaceChildren(lossChart(losses, chart, away || (stopped !== null && losses.length > 1)));
  });
  new ResizeObserver(() => {
    const { losses } = store.state;
    chart.replaceChildren(lossChart(losses, chart, chart.querySelector(".away") !== null));
  }).observe(chart);
}

/**
 * @param {string} name
 * @param {boolean} moves
 */
function choice(name, moves) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  const text = document.createElement("span");
  label.className = "movable";
  box.type = "checkbox";
  box.value = name;
  box.checked = moves;
  text.textContent = name;
  label.append(box, text);
  return label;
}

/**
 * w: 2 − 0.01 · (−30) = 2.3
 * @param {Move} move
 * @param {number} rate
 */
function moveRow({ name, before, gradient, after }, rate) {
  const line = document.createElement("div");
  line.append(math(
    "math",
    math("mi", name),
    math("mo", "←"),
    coloured("value", numberMath(before, [])),
    math("mo", "−"),
    math("mn", format(rate, "plain")),
    math("mo", "·"),
    gradientMath(gradient, [], "factor"),
    math("mo", "="),
    coloured("value strong", numberMath(after, [])),
  ));
  return line;
}

/**
 * The loss over the steps; logarithmic where it spans more than its axis could show.
 * @param {number[]} losses
 * @param {HTMLElement} frame
 * @param {boolean} away
 */
function lossChart(losses, frame, away) {
  const width = Math.max(120, frame.clientWidth);
  const height = Math.max(70, frame.clientHeight);
  const picture = svg("svg", { width, height, role: "img", class: away ? "away" : "", "aria-label": chartWords(losses) });
  if (losses.length < 2) return picture;
  const positive = losses.filter((loss) => loss > 0);
  const [least, most] = [Math.min(...losses), Math.max(...losses)];
  const logarithmic = positive.length === losses.length && Math.log10(most / least) > MANY_DECADES;
  const [low, high] = logarithmic
    ? [Math.log10(least), Math.log10(most)]
    : [Math.min(0, least), most > least ? most : least + 1];
  const x = (/** @type {number} */ i) =>
    MARGIN.left + (i / (losses.length - 1)) * (width - MARGIN.left - MARGIN.right);
  const y = (/** @type {number} */ level) =>
    height - MARGIN.bottom - ((level - low) / (high - low || 1)) * (height - MARGIN.top - MARGIN.bottom);
  const level = (/** @type {number} */ loss) => (logarithmic ? Math.log10(loss) : loss);
  const marks = logarithmic
    ? decades(least, most, 4).map((power) => ({ at: power, text: `10${superscript(power)}` }))
    : ticks(low, high, 3).map((at) => ({ at, text: format(at, "plain") }));
  for (const { at, text } of marks) {
    picture.append(
      svg("path", { d: `M${MARGIN.left} ${y(at)}H${width - MARGIN.right}`, class: "rule" }),
      svg("text", { x: MARGIN.left - 6, y: y(at), class: "tick end" }, text),
    );
  }
  for (const at of ticks(0, losses.length - 1, 6).filter(Number.isInteger)) {
    picture.append(svg("text", { x: x(at), y: height - 5, class: "tick" }, String(at)));
  }
  const points = losses.map((loss, i) => `${x(i)} ${y(level(loss))}`);
  picture.append(svg("path", { d: `M${points.join("L")}`, class: "curve" }));
  const last = losses.length - 1;
  picture.append(svg("circle", { cx: x(last), cy: y(level(losses[last])), r: 3.5, class: "dot" }));
  return picture;
}

/** @param {number[]} losses */
function chartWords(losses) {
  if (losses.length < 2) return gettext("Loss over the steps of descent: none yet");
  return gettext("Loss over %(n)s steps of descent: from %(first)s to %(last)s", {
    n: losses.length - 1,
    first: format(losses[0], "plain"),
    last: format(losses[losses.length - 1], "plain"),
  });
}
