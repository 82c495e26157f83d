const BITS = 1 << 26;

/** Tells which keys were certainly never added (a Bloom filter of 8 MiB: about one false alarm in 200 at 4 million keys). */
export class KeyFilter {
  private readonly words = new Uint32Array(BITS / 32);

  add(key: string): void {
    const [a, b] = hashes(key);
    for (let n = 0; n < 3; n++) {
      const bit = ((a + n * b) >>> 0) % BITS;
      this.words[bit >>> 5]! |= 1 << (bit & 31);
    }
  }

  has(key: string): boolean {
    const [a, b] = hashes(key);
    for (let n = 0; n < 3; n++) {
      const bit = ((a + n * b) >>> 0) % BITS;
      if (!(this.words[bit >>> 5]! & (1 << (bit & 31)))) return false;
    }
    return true;
  }
}

/** Two FNV-1a hashes from different bases. */
function hashes(key: string): [number, number] {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let n = 0; n < key.length; n++) {
    const code = key.charCodeAt(n);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
  }
  return [a >>> 0, (b >>> 0) | 1];
}
