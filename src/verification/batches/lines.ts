/** Cuts bytes that come in pieces into lines. Pure; memory is bounded by the longest line. */

const newline = 10
/** How many bytes of an endless line are kept; the row's own limit then refuses it. */
const mostKept = 65_536

export type InputLine = {
  readonly text: string /** Bytes up to and with the line's end, from the beginning of what was pushed. */
  readonly end: number
}

export type LineCutter = {
  push(bytes: Uint8Array): void
  /** The last line may have no end. */
  finish(): void
  /** Takes up to so many lines that are not blank. Blank ones go with the one before. */
  take(most: number): InputLine[]
  /** How many lines are ready. */
  readonly ready: number
}

/** `from`: where in the whole the first byte stands. */
export function lineCutter(from = 0): LineCutter {
  const lines: InputLine[] = []
  let rest: Buffer = Buffer.alloc(0)
  /** Bytes before `rest`. */
  let passed = from
  let isBeginning = from === 0

  const add = (bytes: Buffer, end: number) => {
    const whole = bytes.toString('utf8').replace(/\r$/, '')
    // A byte order mark begins a file, and is no part of its first line (Unicode 16, section 23.8).
    const text = isBeginning ? whole.replace(/^\ufeff/, '') : whole
    isBeginning = false
    const isBlank = text.trim() === ''
    const last = lines.at(-1)
    if (!isBlank) lines.push({ text, end })
    else if (last) lines[lines.length - 1] = { ...last, end }
  }

  return {
    push(bytes) {
      const all =
        rest.length === 0 ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.concat([rest, bytes])
      let at = 0
      for (let end = all.indexOf(newline); end >= 0; end = all.indexOf(newline, at)) {
        add(all.subarray(at, end), passed + end + 1)
        at = end + 1
      }
      passed += at
      rest = Buffer.from(all.subarray(at))
      if (rest.length > 2 * mostKept) {
        const dropped = rest.length - mostKept
        rest = Buffer.from(rest.subarray(0, mostKept))
        passed += dropped
      }
    },
    finish() {
      if (rest.length > 0) add(rest, passed + rest.length)
      passed += rest.length
      rest = Buffer.alloc(0)
    },
    take: most => lines.splice(0, most),
    get ready() {
      return lines.length
    },
  }
}
