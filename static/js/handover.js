/** What a page leaves for the one that follows it in the same tab, in the session's storage. */

/**
 * @param {Window} window
 * @param {string} name
 * @param {unknown} parcel
 */
export function handOver(window, name, parcel) {
  try {
    window.sessionStorage.setItem(name, JSON.stringify(parcel));
  } catch {
    // Storage is denied or full: the new page starts from the link.
  }
}

/**
 * What the page before left, once.
 * @param {Window} window
 * @param {string} name
 * @returns {any} null if there is nothing
 */
export function takeOver(window, name) {
  try {
    const parcel = window.sessionStorage.getItem(name);
    window.sessionStorage.removeItem(name);
    return parcel === null ? null : JSON.parse(parcel);
  } catch {
    return null;
  }
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {string}
 */
export function toText(buffer) {
  return btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
}

/**
 * `toText` the other way round.
 * @param {string} text
 * @returns {ArrayBuffer}
 */
export function fromText(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer;
}
