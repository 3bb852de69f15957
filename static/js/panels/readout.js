/** The numbers that matter: epoch, step, losses, penalty, accuracy. */

import { lossText } from "../scales.js";

/** @typedef {import("../store.js").App} App */

/**
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createReadout(root, app) {
  const item = (/** @type {string} */ id) =>
    /** @type {HTMLElement} */ (root.querySelector(`#${id}`));
  const whole = new Intl.NumberFormat(app.facts.language);
  const [epoch, step, trainLoss, testLoss, penalty, accuracy] = [
    "epoch", "step-count", "train-loss", "test-loss", "penalty", "accuracy",
  ].map(item);

  app.store.subscribe(["experiment", "counts"], ({ experiment, counts }) => {
    item("penalty-item").hidden = experiment.regularization === "none";
    item("accuracy-item").hidden = experiment.problem !== "classification";
    item("test-loss-item").hidden = counts.test === 0;
  });

  app.store.subscribe(["frame", "counts"], ({ frame, counts }) => {
    if (!frame) return;
    write(epoch, whole.format(frame.scalar("epoch")));
    write(step, whole.format(frame.scalar("step")));
    write(trainLoss, lossText(frame.scalar("train_loss")));
    write(testLoss, lossText(frame.scalar("test_loss")));
    write(penalty, lossText(frame.scalar("penalty")));
    const share = frame.scalar(counts.test > 0 ? "test_accuracy" : "train_accuracy");
    write(accuracy, Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : "–");
  });
}

/**
 * Writes only what differs: a frame comes sixty times a second.
 * @param {HTMLElement} element
 * @param {string} text
 */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
