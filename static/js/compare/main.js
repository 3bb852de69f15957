/** Starts the comparison: the one module of it that acts when it is imported. */

import { drawGradientLegend, drawRiverLegend, drawValueLegend } from "../draw/legend.js";
import { handOver, takeOver } from "../handover.js";
import { gettext, useCatalogue } from "../i18n.js";
import { listenForShortcuts } from "../keyboard.js";
import { createDial } from "../panels/dial.js";
import { createSharing } from "../panels/sharing.js";
import { showLink } from "../panels/links.js";
import { createNotices } from "../panels/notices.js";
import { createBanner } from "../panels/status.js";
import { createSkips } from "../panels/skips.js";
import { createTheme, wantedTheme } from "../panels/theme.js";
import { Screen } from "../screen.js";
import { createChart } from "./chart.js";
import { createChooser } from "./chooser.js";
import { createControls } from "./controls.js";
import { createNumbers } from "./numbers.js";
import { pack, unpack } from "./parcel.js";
import { Room } from "./room.js";
import { createRun } from "./run.js";
import { createSpeech } from "./speech.js";

/** @typedef {import("../store.js").Facts} Facts */
/** @typedef {ReturnType<typeof createNotices>} Notices */

const CHART_EVERY_MS = 33;
/** The name of what is handed over to the page in another language. */
const PARCEL = "comparison";

start(document.body, JSON.parse(document.getElementById("facts")?.textContent ?? "{}"));

/**
 * @param {HTMLElement} root
 * @param {Facts} facts
 */
function start(root, facts) {
  useCatalogue(facts.catalogue);
  const notices = createNotices(root);
  const screen = new Screen();
  let scheduled = false;
  const room = new Room(facts, wantedTheme(window), {
    onLink: (link, how) => showLink(window, link, how),
    onFaultyLink: (lines) => tellFaults(notices, lines),
    onRefused: (problems) => tellRefusal(notices, problems),
    onPair: redraw,
  });
  createSkips(root);
  createTheme(root, room, window);
  const drive = createControls(root, room);
  createDial(root, { store: room.store, send: () => room.tandem.setPace(room.store.state.pace) });
  createChooser(root, room);
  createNumbers(root, room);
  createBanner(root, room, () => room.sides.forEach(({ connection }) => connection.retry()));
  createSpeech(root, room);
  createLegends(root, room);
  const motion = matchMedia("(prefers-reduced-motion: reduce)");
  for (const who of /** @type {const} */ ([0, 1])) {
    const { drawNetwork, drawOutput } = createRun(root, room, who, motion, redraw);
    screen.add({ draw: drawNetwork, every_ms: 0, moves: true });
    screen.add({ draw: drawOutput, every_ms: 0, moves: false });
  }
  const chart = createChart(root, room, redraw);
  screen.add({ draw: chart.draw, every_ms: CHART_EVERY_MS, moves: false });
  room.store.subscribe(["ready"], ({ ready }) => {
    if (ready) notices.dismiss("full");
  });
  room.store.subscribe(["playing", "theme", "cursor", "logLoss", "curve", "ended"], redraw);
  if (!facts.embed) {
    createSharing(root, window, (path) => {
      const url = new URL(`compare${path}?lang=${facts.language}`, location.href);
      url.hash = room.store.state.link;
      return url.href;
    });
  }
  keepLinks(root, room);
  listenForShortcuts(document, drive);
  window.addEventListener("popstate", () => room.open(location.hash.slice(1), "replace"));
  root.querySelector("a.language")?.addEventListener("click", () => {
    handOver(window, PARCEL, pack(room));
  });
  const link = location.hash.slice(1);
  room.start(link, unpack(takeOver(window, PARCEL), link));

  function redraw() {
    screen.spoil();
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(tick);
  }

  /** @param {number} time_ms */
  function tick(time_ms) {
    scheduled = false;
    room.tandem.tick(performance.now());
    const { playing } = room.store.state;
    if (playing) screen.move();
    if ((screen.draw(time_ms) || playing) && !scheduled) {
      scheduled = true;
      requestAnimationFrame(tick);
    }
  }
}

/**
 * @param {Notices} notices
 * @param {string[]} lines
 */
function tellFaults(notices, lines) {
  notices.show({
    kind: "link",
    title: gettext("Part of this link could not be used; its default is shown instead."),
    lines,
  });
}

/**
 * @param {Notices} notices
 * @param {import("../store.js").Problem[]} problems
 */
function tellRefusal(notices, problems) {
  const lines = problems.map(({ message }) => message);
  if (problems.some(({ field }) => field === "sessions")) {
    lines.push(gettext("A comparison takes two places on the server. The page tries again by itself."));
    notices.show({ kind: "full", alarm: true, title: gettext("The server is full."), lines });
    return;
  }
  notices.show({ kind: "refused", alarm: true, title: gettext("That cannot be done."), lines });
}

/**
 * The page's own links carry what is compared: to the other language, to each run, and home.
 * @param {HTMLElement} root
 * @param {Room} room
 */
function keepLinks(root, room) {
  const write = (/** @type {string} */ selector, /** @type {string} */ link) => {
    for (const element of root.querySelectorAll(selector)) {
      /** @type {HTMLAnchorElement} */ (element).hash = link;
    }
  };
  room.store.subscribe(["link"], ({ link }) => write("a.language, a#home, a.to-compare", link));
  for (const [who, { store }] of room.sides.entries()) {
    store.subscribe(["link"], ({ link }) => write(`[data-run="${who}"] a.to-run`, link));
  }
  room.sides[0].store.subscribe(["link"], ({ link }) => write("a.to-playground", link));
}

/**
 * @param {HTMLElement} root
 * @param {Room} room
 */
function createLegends(root, room) {
  const canvas = (/** @type {string} */ id) =>
    /** @type {HTMLCanvasElement} */ (root.querySelector(id));
  const paint = () => {
    const { theme } = room.store.state;
    drawRiverLegend(canvas("#legend-river"), theme);
    drawValueLegend(canvas("#legend-values"), theme, 1);
    drawGradientLegend(canvas("#legend-gradients"), theme);
  };
  room.store.subscribe(["theme"], paint);
  new ResizeObserver(paint).observe(canvas("#legend-gradients"));
  new ResizeObserver(paint).observe(canvas("#legend-river"));
}
