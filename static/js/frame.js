/**
 * Reads the server's binary messages: safetensors files (docs/reference/protocol.md).
 *
 * A header changes only when the layout does, so the last one of each kind is kept: a message that
 * starts with the same bytes is read without parsing anything.
 */

/** @typedef {Float64Array|Float32Array|BigInt64Array|Int32Array|Uint8Array} Tensor */
/** @typedef {{dtype: string, shape: number[], start: number, length: number}} Place */
/**
 * @typedef {object} Header
 * @property {Uint8Array} bytes as they came, to know them again
 * @property {Record<string, string>} metadata
 * @property {Map<string, Place>} places
 * @property {Map<string, number>} scalars where each scalar stands
 */

const LENGTH_BYTES = 8;

/** @type {Record<string, {bytes: number, view: (buffer: ArrayBuffer, start: number, length: number) => Tensor}>} */
const DTYPES = {
  F64: { bytes: 8, view: (buffer, start, length) => new Float64Array(buffer, start, length) },
  I64: { bytes: 8, view: (buffer, start, length) => new BigInt64Array(buffer, start, length) },
  F32: { bytes: 4, view: (buffer, start, length) => new Float32Array(buffer, start, length) },
  I32: { bytes: 4, view: (buffer, start, length) => new Int32Array(buffer, start, length) },
  U8: { bytes: 1, view: (buffer, start, length) => new Uint8Array(buffer, start, length) },
};

/** @type {Map<number, Header>} by their length */
const known = new Map();
const KNOWN_AT_MOST = 16;

/** One message: its arrays are views into the bytes that came. */
export class Frame {
  /**
   * @param {ArrayBuffer} buffer
   * @param {Header} header
   */
  constructor(buffer, header) {
    this.buffer = buffer;
    this.header = header;
    /** @type {Map<string, Tensor>} */
    this.views = new Map();
    /** @type {Float64Array|null} */
    this.values = null;
  }

  /** "frame", "data" or "checkpoint". */
  get kind() {
    return this.header.metadata.kind;
  }

  get metadata() {
    return this.header.metadata;
  }

  /** @param {string} name */
  has(name) {
    return this.header.places.has(name);
  }

  /**
   * @param {string} name
   * @returns {number[]}
   */
  shape(name) {
    return this.#place(name).shape;
  }

  /**
   * A view of an array, row by row.
   * @param {string} name
   * @returns {Float32Array|Uint8Array}
   */
  tensor(name) {
    let view = this.views.get(name);
    if (!view) {
      const { dtype, start, length } = this.#place(name);
      view = DTYPES[dtype].view(this.buffer, start, length);
      this.views.set(name, view);
    }
    return /** @type {Float32Array|Uint8Array} */ (view);
  }

  /**
   * One of the named numbers of a frame: step, epoch, train_loss and so on.
   * @param {string} name
   * @returns {number}
   */
  scalar(name) {
    const index = this.header.scalars.get(name);
    if (index === undefined) throw new RangeError(`expected a scalar of the frame, got ${name}`);
    this.values ??= /** @type {Float64Array} */ (/** @type {unknown} */ (this.tensor("scalars")));
    return this.values[index];
  }

  /** @param {string} name */
  #place(name) {
    const place = this.header.places.get(name);
    if (!place) throw new RangeError(`expected a tensor of the message, got ${name}`);
    return place;
  }
}

/**
 * Reads a message.
 * @param {ArrayBuffer} buffer
 * @returns {Frame}
 * @throws {RangeError} when the bytes are not a whole safetensors file
 */
export function decode(buffer) {
  if (buffer.byteLength < LENGTH_BYTES) {
    throw new RangeError(`expected at least 8 bytes, got ${buffer.byteLength}`);
  }
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  if (length > buffer.byteLength - LENGTH_BYTES) {
    throw new RangeError(`expected a header of ${length} bytes, got ${buffer.byteLength - LENGTH_BYTES}`);
  }
  const bytes = new Uint8Array(buffer, LENGTH_BYTES, length);
  const header = recall(bytes) ?? remember(parse(bytes));
  for (const [name, { dtype, start, length: count }] of header.places) {
    if (start + count * DTYPES[dtype].bytes > buffer.byteLength) {
      throw new RangeError(`expected all of ${name}, got a message of ${buffer.byteLength} bytes`);
    }
  }
  return new Frame(buffer, header);
}

/**
 * Whether two frames show the same state of the run: then one check serves both.
 * @param {Frame} one
 * @param {Frame} other
 */
export function sameMoment(one, other) {
  if (one === other) return true;
  const names = ["run", "step", "epoch", "batch", "train_loss"];
  if (names.some((name) => !Object.is(one.scalar(name), other.scalar(name)))) return false;
  const [mine, theirs] = [one.tensor("parameters"), other.tensor("parameters")];
  return mine.length === theirs.length && mine.every((weight, i) => weight === theirs[i]);
}

/**
 * @param {Uint8Array} bytes
 * @returns {Header|undefined}
 */
function recall(bytes) {
  const header = known.get(bytes.length);
  if (!header) return undefined;
  for (let i = 0; i < bytes.length; i += 1) {
    if (bytes[i] !== header.bytes[i]) return undefined;
  }
  return header;
}

/** @param {Header} header */
function remember(header) {
  if (known.size >= KNOWN_AT_MOST) known.clear();
  known.set(header.bytes.length, header);
  return header;
}

/**
 * @param {Uint8Array} bytes
 * @returns {Header}
 */
function parse(bytes) {
  /** @type {Record<string, any>} */
  let json;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new RangeError("expected a JSON header, got something else");
  }
  const { __metadata__: metadata = {}, ...tensors } = json;
  const base = LENGTH_BYTES + bytes.length;
  const places = new Map(
    Object.entries(tensors).map(([name, { dtype, shape, data_offsets: [start, end] }]) => {
      if (!(dtype in DTYPES)) throw new RangeError(`expected a known dtype of ${name}, got ${dtype}`);
      const length = (end - start) / DTYPES[dtype].bytes;
      return [name, { dtype, shape, start: base + start, length }];
    }),
  );
  const names = metadata.scalars ? metadata.scalars.split(",") : [];
  return {
    bytes: bytes.slice(),
    metadata,
    places,
    scalars: new Map(names.map((/** @type {string} */ name, /** @type {number} */ i) => [name, i])),
  };
}
