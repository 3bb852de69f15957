/** Starts the graph room: the one module of it that acts when it is imported. */

import { useCatalogue } from "../i18n.js";
import { createSharing } from "../panels/sharing.js";
import { createSkips } from "../panels/skips.js";
import { createTheme, wantedTheme } from "../panels/theme.js";
import { createCard } from "./card.js";
import { createDescent } from "./descent.js";
import { createEditor } from "./editor.js";
import { createExport } from "./export.js";
import { createReading } from "./reading.js";
import { Room } from "./room.js";
import { Server } from "./server.js";
import { createStage } from "./stage.js";
import { createTransport } from "./transport.js";

/**
 * @typedef {object} GraphFacts
 * @property {string} language
 * @property {Record<string, string>} catalogue
 * @property {boolean} embed
 * @property {string} base address of the room
 * @property {{examples: import("./room.js").Example[], mostCharacters: number}} graph
 */

start(document.body, JSON.parse(document.getElementById("facts")?.textContent ?? "{}"));

/**
 * @param {HTMLElement} root
 * @param {GraphFacts} facts
 */
function start(root, facts) {
  useCatalogue(facts.catalogue);
  const { examples, mostCharacters } = facts.graph;
  const server = new Server(facts.base, facts.language);
  const room = new Room(examples, server, mostCharacters, wantedTheme(window));
  createSkips(root);
  createTheme(root, room, window);
  createEditor(root, room);
  createReading(root, room);
  createTransport(root, room);
  createStage(root, room, matchMedia("(prefers-reduced-motion: reduce)"));
  createCard(root, room);
  createDescent(root, room);
  if (!facts.embed) {
    createExport(root, room);
    createSharing(root, window, async (path) => {
      const url = new URL(`${facts.base}${path}?lang=${facts.language}`, location.href);
      url.hash = await room.link();
      return url.href;
    });
  }
  root.querySelector("#code-toggle")?.addEventListener("click", (event) => {
    const open = root.querySelector("#code-side")?.toggleAttribute("data-open") ?? false;
    /** @type {HTMLElement} */ (event.currentTarget).setAttribute("aria-expanded", String(open));
  });
  room.onLink = (link) => {
    history.replaceState(null, "", `${location.pathname}${location.search}#${link}`);
    for (const element of root.querySelectorAll("a.language, a#home")) {
      /** @type {HTMLAnchorElement} */ (element).hash = link;
    }
  };
  window.addEventListener("hashchange", () => room.open(location.hash.slice(1)));
  room.open(location.hash.slice(1));
}
