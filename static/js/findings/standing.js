/**
 * Which findings have stood for a while. One batch shows little: a ReLU may be off for all of its
 * few examples and on for the next. A finding counts when every frame of a short while has shown
 * it, over enough examples. It goes when a while has not shown it at all, or when after a gap it has
 * not stood so again for a good while longer: what is on the verge must not come and go. Pure.
 */

/** @typedef {import("../dissection.js").Finding} Finding */
/** @typedef {{step: number, rows: number}} Pass rows: examples that it has seen */
/** @typedef {{counted: boolean}} Stretch frames without a gap that show a finding: whether it came to count */
/**
 * @typedef {object} Entry
 * @property {Finding} finding as it was shown last
 * @property {number|null} since_ms when it began to stand; null while it does not
 * @property {number|null} away_ms when it ceased to; null while it stands
 * @property {number} step of the newest pass that showed it
 * @property {number} before examples of the passes before that, since it stands
 * @property {number} examples with those of the newest pass
 * @property {number|null} doubt_ms when it was missed first after it had counted
 * @property {boolean} counts
 * @property {Stretch} stretch
 */

export const STANDS_MS = 800;
export const AWAY_MS = 1000;
export const GOES_MS = 2400;

/** @param {Finding} finding */
export const keyOf = ({ ailment, layer, unit }) => `${ailment} ${layer} ${unit ?? ""}`;

export class Standing {
  constructor() {
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
  }

  clear() {
    this.entries.clear();
  }

  /**
   * Takes a frame's findings.
   * @param {Finding[]} findings
   * @param {Pass} pass that shows them
   * @param {number} now_ms
   * @returns {Stretch[]} the one that each of them belongs to
   */
  take(findings, pass, now_ms) {
    const present = new Set(findings.map(keyOf));
    for (const [key, entry] of this.entries) {
      if (!present.has(key)) miss(entry, now_ms);
    }
    return findings.map((finding) => {
      const key = keyOf(finding);
      const entry = see(this.entries.get(key), finding, pass, now_ms);
      this.entries.set(key, entry);
      return entry.stretch;
    });
  }

  /**
   * The findings that count now.
   * @param {number} enough examples that it takes
   * @param {number} now_ms
   * @returns {{findings: Finding[], next_ms: number}} next_ms: when that changes without another
   *   frame, Infinity where it does not
   */
  settle(enough, now_ms) {
    let next_ms = Infinity;
    for (const [key, entry] of this.entries) {
      const due_ms = settle(entry, enough, now_ms);
      if (!entry.counts && entry.since_ms === null) this.entries.delete(key);
      next_ms = Math.min(next_ms, due_ms);
    }
    const counting = [...this.entries.values()].filter(({ counts }) => counts);
    return { findings: counting.map(({ finding }) => finding).sort(byPlace), next_ms };
  }
}

/**
 * @param {Entry} entry
 * @param {number} now_ms
 */
function miss(entry, now_ms) {
  entry.since_ms = null;
  entry.away_ms ??= now_ms;
  entry.doubt_ms ??= now_ms;
}

/**
 * @param {Entry|undefined} entry
 * @param {Finding} finding
 * @param {Pass} pass
 * @param {number} now_ms
 * @returns {Entry}
 */
function see(entry, finding, { step, rows }, now_ms) {
  if (!entry || entry.since_ms === null) {
    const [counts, doubt_ms] = [entry?.counts ?? false, entry?.doubt_ms ?? null];
    const stretch = { counted: counts };
    const times = { since_ms: now_ms, away_ms: null, doubt_ms };
    return { finding, ...times, step, before: 0, examples: rows, counts, stretch };
  }
  // Within one update the pass only grows, example by example.
  const before = step === entry.step ? entry.before : entry.examples;
  return { ...entry, finding, step, before, examples: before + rows };
}

/**
 * @param {Entry} entry
 * @param {number} enough
 * @param {number} now_ms
 * @returns {number} when this changes without another frame
 */
function settle(entry, enough, now_ms) {
  const { since_ms, away_ms, examples, doubt_ms } = entry;
  const stands_ms = since_ms === null || examples < enough ? Infinity : since_ms + STANDS_MS;
  if (now_ms >= stands_ms) {
    entry.counts = entry.stretch.counted = true;
    entry.doubt_ms = null;
    return Infinity;
  }
  if (!entry.counts) return stands_ms;
  const goes_ms = Math.min(later(doubt_ms, GOES_MS), later(away_ms, AWAY_MS));
  if (now_ms >= goes_ms) {
    entry.counts = false;
    entry.doubt_ms = null;
    return stands_ms;
  }
  return Math.min(stands_ms, goes_ms);
}

/**
 * @param {number|null} from_ms
 * @param {number} by_ms
 */
function later(from_ms, by_ms) {
  return from_ms === null ? Infinity : from_ms + by_ms;
}

/**
 * @param {Finding} one
 * @param {Finding} other
 */
function byPlace(one, other) {
  return one.layer - other.layer || (one.unit ?? -1) - (other.unit ?? -1);
}
