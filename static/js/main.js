/** Starts the page: the one module that acts when it is imported. */

import { Archive } from "./archive.js";
import { Connection, socketAddress } from "./connection.js";
import { Credits } from "./credits.js";
import { withFittingWeights } from "./experiment.js";
import { Exports } from "./exports.js";
import { decode } from "./frame.js";
import { History } from "./history.js";
import { useCatalogue } from "./i18n.js";
import { listenForShortcuts } from "./keyboard.js";
import { Moments } from "./moments.js";
import { createAnnouncements } from "./panels/announcements.js";
import { createAsGraph } from "./panels/as-graph.js";
import { createCard } from "./panels/card.js";
import { createControls } from "./panels/controls.js";
import { createData } from "./panels/data.js";
import { createDetail } from "./panels/detail.js";
import { createDial } from "./panels/dial.js";
import { createDialogs, whenOpened } from "./panels/dialogs.js";
import { createExamples } from "./panels/examples.js";
import { createFeatures } from "./panels/features.js";
import { createFiles } from "./panels/files.js";
import { createHide } from "./panels/hide.js";
import { createLayers } from "./panels/layers.js";
import { createLinks, handOverOnLanguage, showLink, takeOverCheckpoint } from "./panels/links.js";
import { createMicroscopeDoor } from "./panels/microscope.js";
import { createNetwork } from "./panels/network.js";
import { createNotices } from "./panels/notices.js";
import { createOutput } from "./panels/output.js";
import { createPast, wantedBudget } from "./panels/past.js";
import { createOwnPoints } from "./panels/own-points.js";
import { createReadout } from "./panels/readout.js";
import { createShare } from "./panels/share.js";
import { createSide } from "./panels/side.js";
import { createStatus } from "./panels/status.js";
import { createSkips } from "./panels/skips.js";
import { createTheme, wantedTheme } from "./panels/theme.js";
import { createTimeline } from "./panels/timeline.js";
import { createTraining } from "./panels/training.js";
import { createTrial } from "./panels/trial.js";
import { openPart } from "./parts.js";
import { createProof } from "./proof/badge.js";
import { RateTrial } from "./rate-trial.js";
import { Screen } from "./screen.js";
import { Session } from "./session.js";
import { firstState, Store } from "./store.js";

/** @typedef {import("./store.js").App} App */
/** @typedef {import("./store.js").Facts} Facts */
/** @typedef {import("./store.js").State} State */

const TIMELINE_EVERY_MS = 33;

start(document.body, readFacts());

/** @returns {Facts} */
function readFacts() {
  return JSON.parse(document.getElementById("facts")?.textContent ?? "{}");
}

/**
 * Joins the connection, the session, the panels and the drawing.
 * @param {HTMLElement} root
 * @param {Facts} facts
 */
function start(root, facts) {
  useCatalogue(facts.catalogue);
  const store = new Store(firstState(facts, location.hash.slice(1), wantedTheme(window)));
  const history = new History();
  const moments = new Moments(store, new Archive(wantedBudget(window)));
  const connection = new Connection(socketAddress(facts, location.href), {
    onEvent: (event) => session.receive(event),
    onBinary: receive,
    onOpen: greet,
    onStatus: showStatus,
  });
  const session = new Session(store, (command) => connection.send(command), {
    onLink: (link, how) => showLink(window, link, how),
    onReset: (because) => announcements.reset(because),
    onFaultyLink: (problems) => announcements.faultyLink(problems),
    onRefused(problems, command, id) {
      exports.refused(id);
      if (files?.refused(problems, command, id) || walker()?.refused(command)) return;
      announcements.refused(problems);
    },
    onExport: (event) => exports.answered(event),
    onFresh() {
      history.clear();
      moments.clear();
    },
  });
  const exports = new Exports((command) => session.send(command));
  const credits = new Credits();
  const rates = new RateTrial(store, session);
  const screen = new Screen();
  /** @type {import("./frame.js").Frame|null} the newest frame, until it is drawn */
  let newest = null;
  let scheduled = false;

  /** @type {App} */
  const app = {
    store,
    facts,
    send(command) {
      moments.leaveFor(command.command);
      rates.heard(command.command);
      return session.send(command);
    },
    scrub(time) {
      if (store.state.playing) session.send({ command: "pause" });
      if (time === null) moments.now();
      else moments.show(time);
      app.redraw();
    },
    branch() {
      const count = moments.steps();
      if (count === 0) return;
      history.branch();
      app.send({ command: "back", count });
    },
    trial(action) {
      moments.leaveFor("trial");
      rates.heard("trial");
      session.trial(action);
    },
    change(experiment, rapid) {
      const wanted = withFittingWeights(store.state.experiment, experiment);
      if (!rates.change(wanted)) session.change(wanted, rapid === "rapid");
    },
    export(format) {
      moments.leaveFor("export");
      return exports.ask(format);
    },
    redraw() {
      screen.spoil();
      schedule();
    },
  };
  createPast(root, moments.archive, window);
  const walker = createMicroscopeDoor(root, app, {
    add: (picture) => screen.add(picture),
    save: facts.embed ? null : () => files?.save("checkpoint"),
  });
  const { pictures, detail, announcements, files, proof } = createPanels(root, app, history, connection, walker);
  for (const picture of pictures) screen.add(picture);
  window.addEventListener("popstate", () => session.open(location.hash.slice(1)));
  handOverOnLanguage(root, window, () => connection.checkpoint);
  connection.checkpoint = takeOverCheckpoint(window);
  connection.open();

  /** @param {ArrayBuffer} buffer */
  function receive(buffer) {
    const message = decode(buffer);
    if (message.kind === "checkpoint") {
      connection.checkpoint = buffer;
      files?.checkpoint(buffer);
    } else if (message.kind === "data") {
      store.set({ data: message });
      app.redraw();
    } else if (message.kind === "dissection") {
      walker()?.receive(message);
    } else if (message.kind === "closeup") {
      walker()?.receiveCloseup(message);
    } else if (message.kind === "frame") {
      credits.arrived(performance.now());
      newest = message;
      schedule();
    } else if (message.kind === "gradcheck") {
      proof.received(message);
    }
  }

  /** @param {boolean} resumed */
  function greet(resumed) {
    credits.reset();
    detail.forget();
    if (resumed) session.resume();
    else session.open(location.hash.slice(1));
    detail.ask();
    grant();
  }

  /**
   * @param {State["status"]} status
   * @param {number} retryAt
   */
  function showStatus(status, retryAt) {
    if (status === "waiting" || status === "lost") {
      session.interrupted();
      exports.interrupted();
    }
    store.set({ status, retryAt });
  }

  function grant() {
    const frames = credits.due(performance.now());
    if (frames > 0) connection.send({ command: "credit", frames });
  }

  function schedule() {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(tick);
  }

  /** @param {number} time_ms */
  function tick(time_ms) {
    scheduled = false;
    const frame = newest;
    newest = null;
    grant();
    if (frame && frame.scalar("run") === store.state.run) {
      history.push(frame);
      moments.take(frame);
      screen.spoil();
    }
    detail.ask();
    if (store.state.playing) screen.move();
    if (screen.draw(time_ms) || store.state.playing) schedule();
  }
}

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {History} history
 * @param {Connection} connection
 * @param {() => import("./microscope/walker.js").Walker|null} walker
 */
function createPanels(root, app, history, connection, walker) {
  const dialogs = createDialogs(root, app, window);
  createSkips(root);
  createTheme(root, app, window);
  createLinks(root, app);
  createDial(root, app);
  createReadout(root, app);
  createData(root, app);
  createFeatures(root, app);
  createTraining(root, app);
  createSide(root);
  const drive = createControls(root, app, walker);
  const { say } = createStatus(root, app, () => connection.retry());
  const { edit } = createCard(root, app);
  createTrial(root, app, say);
  const layers = createLayers(root, app);
  const network = createNetwork(root, app, {
    placeColumns: layers.place,
    edit() {
      const step = /** @type {HTMLElement|null} */ (root.querySelector("#step"));
      if (app.store.state.grain === null) edit();
      else step?.focus();
    },
    say,
    reducedMotion: matchMedia("(prefers-reduced-motion: reduce)"),
  });
  const output = createOutput(root, app);
  const timeline = createTimeline(root, app, history, say);
  if (!app.facts.embed) {
    dialogs.onOpening("share", createShare(root, app, window).prepare);
    dialogs.onOpening(
      "embed",
      whenOpened(async () => {
        const load = () => import("./panels/embed.js");
        const { createEmbed } = await openPart(root.ownerDocument, app.facts, "embed", load);
        return createEmbed(root, app, window).prepare;
      }),
    );
    createExamples(root, app);
    dialogs.onOpening("points", createOwnPoints(root, app));
  }
  createAsGraph(root, app);
  createHide(root, app);
  listenForShortcuts(document, { ...drive, release: () => app.store.set({ selection: null }) });
  const notices = createNotices(root);
  const files = app.facts.embed
    ? null
    : createFiles(root, app, notices, (checkpoint) => connection.resume(checkpoint));
  const announcements = createAnnouncements(root, app, notices, {
    say,
    reset: drive.reset,
    save: files && (() => files.save("checkpoint")),
  });
  return {
    pictures: [
      { draw: network.draw, every_ms: 0, moves: true },
      { draw: output.draw, every_ms: 0, moves: false },
      { draw: timeline.draw, every_ms: TIMELINE_EVERY_MS, moves: false },
    ],
    detail: createDetail(app),
    announcements,
    proof: createProof(root, app, say),
    files,
  };
}
