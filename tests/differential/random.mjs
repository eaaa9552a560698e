// Numbers that look random and are the same for the same seed.

/** A source for one case: seed and index together. */
export function randomness(seed, index) {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count) => Math.floor(next() * count);
  const chance = (share) => next() < share;
  const pick = (list) => list[below(list.length)];
  /** Between `least` and `most` of what `make` makes. */
  const some = (least, most, make) =>
    Array.from({ length: least + below(most - least + 1) }, make);
  return { below, chance, pick, some };
}
