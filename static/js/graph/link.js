/** The room's state in a link: an example's name or a packed text, the step, the learning rate. */

/**
 * @typedef {object} Linked
 * @property {string} text
 * @property {number|null} position null for the end
 * @property {number} rate
 * @property {"auto"|"on"|"off"} folding
 */

export const DEFAULT_RATE = 0.01;

/**
 * @param {Linked} state
 * @param {{name: string, code: string}[]} examples
 * @returns {Promise<string>} without the #
 */
export async function toLink({ text, position, rate, folding }, examples) {
  const example = examples.find(({ code }) => code === text);
  const parts = [example ? `example=${example.name}` : `code=${await pack(text)}`];
  if (position !== null) parts.push(`step=${position}`);
  if (rate !== DEFAULT_RATE) parts.push(`rate=${rate}`);
  if (folding !== "auto") parts.push(`fold=${folding}`);
  return parts.join("&");
}

/**
 * What a link asks for; what it does not say, or says wrongly, is as usual.
 * @param {string} link without the #
 * @param {{name: string, code: string}[]} examples
 * @returns {Promise<Linked>}
 */
export async function fromLink(link, examples) {
  const parts = new URLSearchParams(link.replaceAll("+", "%2B"));
  const example = examples.find(({ name }) => name === parts.get("example")) ?? examples[0];
  const code = parts.get("code");
  const step = Number.parseInt(parts.get("step") ?? "", 10);
  const rate = Number.parseFloat(parts.get("rate") ?? "");
  const fold = parts.get("fold");
  return {
    text: (code ? await unpack(code) : null) ?? example.code,
    position: Number.isInteger(step) && step >= 0 ? step : null,
    rate: Number.isFinite(rate) ? rate : DEFAULT_RATE,
    folding: fold === "on" || fold === "off" ? fold : "auto",
  };
}

/**
 * z and deflated base64url; t and the escaped text where the browser cannot deflate.
 * @param {string} text
 */
async function pack(text) {
  if (typeof CompressionStream === "undefined") return `t${encodeURIComponent(text)}`;
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return `z${btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/**
 * @param {string} packed
 * @returns {Promise<string|null>} null where it cannot be read
 */
async function unpack(packed) {
  if (packed.startsWith("t")) return packed.slice(1);
  try {
    const letters = atob(packed.slice(1).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw")));
  } catch {
    return null;
  }
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream|DecompressionStream} stream
 */
async function through(bytes, stream) {
  const passed = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(passed).arrayBuffer());
}
