/** Files: the run saved as a checkpoint, its Experiment or a script, and the first two opened again. */

import { gettext } from "../i18n.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Format} Format */
/** @typedef {import("../store.js").Problem} Problem */
/** @typedef {ReturnType<typeof import("./notices.js").createNotices>} Notices */
/** A file that the server was asked to open: an Experiment by its command's id, a checkpoint has none. @typedef {{file: File, id: number|undefined}} Opening */

const CHECKPOINT = ".safetensors";
const EXPERIMENT = ".json";

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {Notices} notices
 * @param {(checkpoint: ArrayBuffer) => void} resume hands a checkpoint to the server
 * @returns {{
 *   save: (format: Format|"checkpoint") => void,
 *   checkpoint: (buffer: ArrayBuffer) => void,
 *   refused: (problems: Problem[], command: string|null, id: number|undefined) => boolean,
 * }} save asks for a file; checkpoint takes each that the server sends; refused says whether it was
 *   an opened file that the server would not have, and tells the reader
 */
export function createFiles(root, app, notices, resume) {
  const document = root.ownerDocument;
  let wantsCheckpoint = false;
  /** @type {Opening|null} */
  let opening = null;
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
  // What is handed back after a cut is the run itself, and no file.
  app.store.subscribe(["status"], () => {
    opening = null;
  });

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
      refuse(file, [
        gettext("It may have at most %(most)s bytes, and has %(size)s.", { most, size: file.size }),
      ]);
      return;
    }
    if (checkpoint) {
      opening = { file, id: undefined };
      resume(await file.arrayBuffer());
      return;
    }
    try {
      const experiment = JSON.parse(await file.text());
      opening = { file, id: app.send({ command: "configure", experiment }) };
    } catch (error) {
      refuse(file, [
        file.name.endsWith(EXPERIMENT)
          ? gettext("It is not valid JSON: %(why)s", { why: /** @type {Error} */ (error).message })
          : gettext("It is neither a checkpoint (.safetensors) nor an Experiment (.json)."),
      ]);
    }
  }

  /**
   * @param {File} file
   * @param {string[]} lines what is wrong
   */
  function refuse(file, lines) {
    const title = gettext("%(name)s cannot be opened; nothing has changed.", { name: file.name });
    notices.show({ kind: "file", alarm: true, title, lines });
  }

  return {
    save,
    checkpoint(buffer) {
      if (!wantsCheckpoint) return;
      wantsCheckpoint = false;
      download(document, `gradient-express${CHECKPOINT}`, buffer);
    },
    refused(problems, command, id) {
      const kind = command === "checkpoint" || command === "configure";
      if (!opening || !kind || opening.id !== id) return false;
      // In the file the Experiment is all there is.
      refuse(opening.file, problems.map(({ message }) => message.replace(/^experiment\./, "")));
      opening = null;
      return true;
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
