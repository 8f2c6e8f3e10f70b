import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

/** What the manifest keeps of a file. `rows` without the header. */
export type Written = { rows: number; sha256: string }

export type CsvWriter = {
  /** Buffers a row; `drained` must be awaited now and then. */
  write(values: readonly string[]): void
  drained(): Promise<void>
  close(): Promise<Written>
}

/** Rows are kept back until there are this many letters, so that a file of a gigabyte never lies in memory. */
const chunk = 1 << 18

const quoted = (value: string) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

export function openCsv(path: string, header: readonly string[]): CsvWriter {
  const file = createWriteStream(path)
  const hash = createHash('sha256')
  let [held, rows] = ['', -1]
  const failed = new Promise<never>((_, reject) => file.once('error', reject))
  failed.catch(() => {})

  const flush = async () => {
    const text = held
    held = ''
    hash.update(text)
    if (!file.write(text)) await Promise.race([once(file, 'drain'), failed])
  }

  const write = (values: readonly string[]) => {
    let line = ''
    for (let i = 0; i < values.length; i++) line += i === 0 ? quoted(values[0]!) : ',' + quoted(values[i]!)
    held += line + '\n'
    rows++
  }
  write(header)

  return {
    write,
    drained: async () => {
      if (held.length >= chunk) await flush()
    },
    close: async () => {
      await flush()
      file.end()
      await Promise.race([once(file, 'close'), failed])
      return { rows, sha256: hash.digest('hex') }
    },
  }
}
