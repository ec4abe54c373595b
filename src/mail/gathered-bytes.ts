const MEGABYTE = 1_000_000;

/** Bytes that come in pieces, put together as they come: kept apart until the end, they would be in memory twice. */
export class GatheredBytes {
  #bytes = Buffer.alloc(0);
  #size = 0;

  /** @param most of more than these the rest is left out */
  constructor(readonly most: number) {}

  add(piece: Buffer): void {
    const end = Math.min(this.#size + piece.length, this.most);
    if (end > this.#bytes.length) this.#growTo(end);
    this.#size += piece.copy(this.#bytes, this.#size, 0, end - this.#size);
  }

  /** What has come since it was last asked for. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#size);
    this.#bytes = Buffer.alloc(0);
    this.#size = 0;
    return taken;
  }

  #growTo(least: number): void {
    // above a megabyte at once as far as it may have to: what nothing is written to takes no memory
    const length = least > MEGABYTE ? this.most : Math.max(least, 2 * this.#bytes.length);
    const larger = Buffer.allocUnsafeSlow(length);
    this.#bytes.copy(larger, 0, 0, this.#size);
    this.#bytes = larger;
  }
}
