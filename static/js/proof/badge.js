/** The badge of the gradient check: whether backpropagation and finite differences agree. */

import { sameMoment } from "../frame.js";
import { gettext } from "../i18n.js";
import { openPart } from "../parts.js";
import { roughly, sentenceOf } from "./sentence.js";
import { verdictOf } from "./verdict.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("./verdict.js").Verdict} Verdict */

/** A state that stands for so long is checked without being asked. */
const SETTLED_MS = 300;
/** Larger networks are checked when somebody asks: that can take seconds of the server's time. */
const UNASKED_AT_MOST = 1000;

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {(text: string) => void} say
 * @returns {{received: (message: Frame) => void}}
 */
export function createProof(root, app, say) {
  const badge = /** @type {HTMLButtonElement} */ (root.querySelector("#proof"));
  const { store } = app;
  /** The newest check of this run. @type {Frame|null} */
  let message = null;
  /** The state that was sent to be checked last. @type {Frame|null} */
  let asked = null;
  let busy = false;
  /** @type {ReturnType<typeof import("./dialog.js").createDialog>|null} */
  let dialog = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;

  store.subscribe(["run", "status"], ({ run, status }) => {
    if (status === "open" && message?.scalar("run") === run) return;
    forget();
  });
  store.subscribe(["frame", "playing", "past", "counts"], ({ playing, past, counts }) => {
    clearTimeout(timer);
    show();
    if (playing || past || counts.parameters > UNASKED_AT_MOST) return;
    timer = setTimeout(ask, SETTLED_MS);
  });
  badge.addEventListener("click", async () => {
    ask();
    const load = () => import("./dialog.js");
    const { createDialog } = await openPart(root.ownerDocument, app.facts, "proof", load);
    dialog ??= createDialog(root, app);
    dialog.open(message, busy);
  });

  function forget() {
    clearTimeout(timer);
    message = asked = null;
    busy = false;
    show();
  }

  /** Asks for a check of the state that is shown, unless that is checked or being checked. */
  function ask() {
    const { frame, status, past } = store.state;
    if (!frame || status !== "open" || past || (asked && sameMoment(asked, frame))) return;
    asked = frame;
    busy = true;
    app.send({ command: "gradcheck" });
    show();
  }

  function show() {
    const { frame, shape, experiment } = store.state;
    const verdict = message && verdictOf(message);
    const now = isNow(verdict, frame);
    badge.disabled = !frame;
    badge.dataset.verdict = verdict?.kind ?? "none";
    badge.toggleAttribute("data-late", !now);
    const head = verdict ? headOf(verdict) : unchecked(busy);
    write(badge.querySelector(".proof-head"), head);
    write(badge.querySelector(".proof-tail"), verdict ? tailOf(verdict) : "");
    write(badge.querySelector(".proof-step"), verdict && !now ? stepOf(verdict, app) : "");
    const sentence = verdict ? sentenceOf(verdict, shape, experiment.features) : head;
    // Its name is what stands in it; the sentence describes it.
    if (badge.title !== sentence) badge.title = sentence;
  }

  /**
   * @param {Verdict|null} verdict
   * @param {Frame|null} frame
   */
  function isNow(verdict, frame) {
    if (!verdict || !frame || busy || verdict.step !== frame.scalar("step")) return false;
    return asked !== null && sameMoment(asked, frame);
  }

  return {
    received(next) {
      const { run, shape, experiment } = store.state;
      if (next.scalar("run") !== run) return;
      message = next;
      busy = false;
      show();
      const verdict = verdictOf(next);
      if (verdict.kind === "differ") say(sentenceOf(verdict, shape, experiment.features));
      dialog?.show(next);
    },
  };
}

/** @param {boolean} busy */
function unchecked(busy) {
  return busy ? gettext("checking …") : gettext("check the gradient");
}

/** @param {Verdict} verdict */
function headOf({ kind }) {
  return {
    agree: gettext("analytic = numeric"),
    differ: gettext("analytic ≠ numeric"),
    kinks: gettext("not smooth here"),
    huge: gettext("too large to compare"),
  }[kind];
}

/** @param {Verdict} verdict */
function tailOf({ kind, error }) {
  return kind === "kinks" || kind === "huge" ? "" : roughly(error);
}

/**
 * Of which step a check is that is not of the one shown.
 * @param {Verdict} verdict
 * @param {App} app
 */
function stepOf({ step }, app) {
  const n = new Intl.NumberFormat(app.facts.language).format(step);
  return gettext("step %(n)s", { n });
}

/**
 * @param {Element|null} element
 * @param {string} text
 */
function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
