/** Export: the picture as SVG and PNG, made here; DOT and code, written by the server. */

import { gettext } from "../i18n.js";
import { colours } from "../palette.js";
import { svg } from "./shapes.js";

/** @typedef {import("./room.js").Room} Room */

const PNG_SCALE = 2;
const MOST_PNG_PX = 8000;

/**
 * @param {HTMLElement} root
 * @param {Room} room
 */
export function createExport(root, room) {
  const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.querySelector(`#${id}`));
  const code = /** @type {HTMLTextAreaElement} */ (part("export-code"));
  let file = "graph.txt";

  part("export-svg").addEventListener("click", () => {
    const picture = standalone(root, room);
    if (picture) save(new Blob([picture.text], { type: "image/svg+xml" }), "graph.svg");
  });
  part("export-png").addEventListener("click", async () => {
    const picture = standalone(root, room);
    if (picture) save(await rasterized(picture), "graph.png");
  });
  for (const button of part("export-languages").querySelectorAll("button")) {
    button.addEventListener("click", () => show(button.value));
  }
  part("export-save").addEventListener("click", () => {
    save(new Blob([code.value], { type: "text/plain" }), file);
  });

  /** @param {string} language */
  async function show(language) {
    const answer = await room.server.exported(room.store.state.text, language).catch(() => ({
      error: { message: gettext("The server does not answer.") },
    }));
    part("export-problem").textContent = answer.error?.message ?? "";
    part("export-text").hidden = answer.error !== undefined;
    if (answer.error !== undefined) return;
    code.value = answer.code;
    file = answer.file;
  }
}

/**
 * The whole picture, unmoved, as a file of its own.
 * @param {HTMLElement} root
 * @param {Room} room
 * @returns {{text: string, width: number, height: number}|null}
 */
function standalone(root, { store }) {
  const { answer, theme } = store.state;
  const world = root.querySelector("#picture > g > g");
  if (!answer?.picture || !world) return null;
  const { width, height } = answer.picture;
  const copy = /** @type {SVGElement} */ (world.cloneNode(true));
  for (const box of copy.querySelectorAll("[data-box]")) {
    for (const name of ["tabindex", "role", "class", "data-box"]) box.removeAttribute(name);
  }
  const picture = svg(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
    svg("rect", { width, height, fill: colours(theme).paper }),
    copy,
  );
  return { text: new XMLSerializer().serializeToString(picture), width, height };
}

/**
 * @param {{text: string, width: number, height: number}} picture
 * @returns {Promise<Blob>}
 */
async function rasterized({ text, width, height }) {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  await image.decode();
  const scale = Math.min(PNG_SCALE, MOST_PNG_PX / width, MOST_PNG_PX / height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no PNG"))), "image/png");
  });
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
