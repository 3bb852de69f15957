/** Files: the run saved as a checkpoint, its Experiment or a script, and the first two opened again. */

import { gettext } from "../i18n.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Format} Format */
/** @typedef {ReturnType<typeof import("./notices.js").createNotices>} Notices */

const CHECKPOINT = ".safetensors";

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {Notices} notices
 * @param {(checkpoint: ArrayBuffer) => void} resume hands a checkpoint to the server
 * @returns {{save: (format: Format|"checkpoint") => void, checkpoint: (buffer: ArrayBuffer) => void}}
 *   save asks for a file; the other takes each checkpoint that the server sends
 */
export function createFiles(root, app, notices, resume) {
  const document = root.ownerDocument;
  let wantsCheckpoint = false;
  for (const button of root.querySelectorAll("[data-save]")) {
    const { save: format } = /** @type {HTMLElement} */ (button).dataset;
    button.addEventListener("click", () => save(/** @type {Format|"checkpoint"} */ (format)));
  }
  const chooser = /** @type {HTMLInputElement} */ (root.querySelector("#open-file"));
  chooser.addEventListener("change", () => {
    const [file] = chooser.files ?? [];
    if (file) open(file);
    chooser.value = "";
    chooser.closest("dialog")?.close();
  });
  acceptDrops(root, open);

  /** @param {Format|"checkpoint"} format */
  async function save(format) {
    if (format === "checkpoint") {
      wantsCheckpoint = true;
      app.send({ command: "export", format });
      return;
    }
    const made = await app.export(format);
    if (made) download(document, made.filename, made.text);
  }

  /** @param {File} file */
  async function open(file) {
    const checkpoint = file.name.endsWith(CHECKPOINT);
    const most = app.facts.experiment.file_bytes[checkpoint ? "checkpoint" : "experiment"];
    if (file.size > most) {
      refuse(
        file,
        gettext("It may have at most %(most)s bytes, and has %(size)s.", { most, size: file.size }),
      );
      return;
    }
    if (checkpoint) {
      resume(await file.arrayBuffer());
      return;
    }
    try {
      app.send({ command: "configure", experiment: JSON.parse(await file.text()) });
    } catch {
      refuse(file, gettext("It is neither a checkpoint (.safetensors) nor an Experiment (.json)."));
    }
  }

  /**
   * @param {File} file
   * @param {string} why
   */
  function refuse(file, why) {
    const title = gettext("%(name)s cannot be opened.", { name: file.name });
    notices.show({ kind: "file", title, lines: [why] });
  }

  return {
    save,
    checkpoint(buffer) {
      if (!wantsCheckpoint) return;
      wantsCheckpoint = false;
      download(document, `gradient-express${CHECKPOINT}`, buffer);
    },
  };
}

/**
 * A file dropped anywhere on the page is opened.
 * @param {HTMLElement} root
 * @param {(file: File) => void} open
 */
function acceptDrops(root, open) {
  const carries = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files");
  root.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    root.toggleAttribute("data-dropping", true);
  });
  root.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) root.removeAttribute("data-dropping");
  });
  root.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    root.removeAttribute("data-dropping");
    const [file] = event.dataTransfer?.files ?? [];
    if (file) open(file);
  });
}

/**
 * @param {Document} document
 * @param {string} name
 * @param {string|ArrayBuffer} content
 */
export function download(document, name, content) {
  const address = URL.createObjectURL(new Blob([content]));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
