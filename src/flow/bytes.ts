/** Writes numbers in as few bytes as they need (LEB128). */
export class ByteWriter {
  #bytes: Uint8Array
  #length = 0

  /** `capacity` is how many bytes are expected. */
  constructor(capacity = 4096) {
    this.#bytes = new Uint8Array(capacity)
  }

  /** A number from 0 to 2^32 - 1. */
  unsigned(value: number): void {
    this.#reserve(5)
    let left = value >>> 0
    while (left > 127) {
      this.#bytes[this.#length++] = (left & 127) | 128
      left >>>= 7
    }
    this.#bytes[this.#length++] = left
  }

  /** A number of either sign, small when its amount is small. */
  signed(value: number): void {
    this.unsigned((value << 1) ^ (value >> 31))
  }

  /** Bytes as they are. */
  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const wider = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count))
    wider.set(this.#bytes)
    this.#bytes = wider
  }
}

/**
 * Reads what a `ByteWriter` wrote. After the first read that the bytes do not
 * hold, `failed` is true and every read gives 0 or nothing.
 */
export class ByteReader {
  failed = false
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get remaining(): number {
    return this.#bytes.length - this.#at
  }

  unsigned(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.#at]
      if (byte === undefined) break
      this.#at++
      value |= (byte & 127) << shift
      if (byte < 128) return value >>> 0
    }
    this.fail()
    return 0
  }

  signed(): number {
    const value = this.unsigned()
    return (value >>> 1) ^ -(value & 1)
  }

  /** A number of things that take at least `each` bytes; 0 when there cannot be so many. */
  count(each: number): number {
    const value = this.unsigned()
    if (value * each <= this.remaining) return value
    this.fail()
    return 0
  }

  raw(length: number): Uint8Array {
    if (length > this.remaining) {
      this.fail()
      return new Uint8Array(0)
    }
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  fail(): void {
    this.failed = true
    this.#at = this.#bytes.length
  }
}
