import { randomFillSync } from 'node:crypto'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { CompiledQuery } from 'kysely'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { Tx } from '../db.ts'
import type { Id } from '../ids.ts'

/** Takes rows to a table by COPY, inside the transaction of `tx`; nothing else may be asked of it until `end`. */
export type BulkLoad = {
  /** Adds a row; values are texts, null is absent. */
  add(values: readonly (string | number | null)[]): void
  /** Waits while the server lags behind; called once in a while, so that memory stays bounded. */
  settle(): Promise<void>
  /** Rows loaded. */
  end(): Promise<number>
  /** Gives up; the transaction is then to be rolled back. */
  abort(error: Error): Promise<void>
}

/** Text that is sent at once, in characters. */
const pieceLength = 1 << 17

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A value in PostgreSQL's COPY text format. */
function copyValue(value: string | number | null): string | number {
  if (value === null) return '\\N'
  return typeof value === 'string' && /[\\\t\n\r]/.test(value)
    ? value.replace(/[\\\t\n\r]/g, sign => escapes[sign] ?? sign)
    : value
}

/**
 * COPY … FROM STDIN on the work's own connection, so that it commits or vanishes with the work. Tables under row-level
 * security take no COPY: load a temporary one, then INSERT … SELECT (house.md 9.1). `target` is a literal of our own,
 * such as `staged (line, number)`.
 */
export function loadInto(tx: Tx, target: string): BulkLoad {
  const stream = copyFrom(`copy ${target} from stdin`)
  const done = finished(stream)
  done.catch(() => {})
  // The driver passes anything with a `submit` on to the connection's queue; a COPY is such a thing, and Kysely has no
  // word for it.
  const begun = tx.executeQuery({ ...CompiledQuery.raw(''), sql: stream as unknown as string })
  begun.catch(() => {})

  let text = ''
  let lagging = false
  const flush = () => {
    if (text === '') return
    lagging = !stream.write(text)
    text = ''
  }
  return {
    add(values) {
      let row = ''
      for (let i = 0; i < values.length; i++) row += (i === 0 ? '' : '\t') + copyValue(values[i] ?? null)
      text += `${row}\n`
      if (text.length >= pieceLength) flush()
    },
    async settle() {
      if (!lagging) return
      await Promise.race([once(stream, 'drain'), done])
      lagging = false
    },
    async end() {
      await begun
      flush()
      stream.end()
      await done
      return stream.rowCount
    },
    async abort(error) {
      stream.destroy(error)
      await done.catch(() => {})
    },
  }
}

/**
 * The rows of a query by COPY … TO STDOUT in the binary format, at one moment, on the work's own connection: nothing
 * else may be asked of it until the stream has ended. `select` is a literal of our own.
 */
export function copyOut(tx: Tx, select: string): Readable {
  const stream = copyTo(`copy (${select}) to stdout (format binary)`)
  // See loadInto. A failure shows on the stream.
  tx.executeQuery({ ...CompiledQuery.raw(''), sql: stream as unknown as string }).catch(error => stream.destroy(error))
  return stream
}

/**
 * Mints UUIDv7 that grow one by one: a counter of 26 bits follows the milliseconds (RFC 9562, section 6.2, method 1),
 * then 48 random bits. Rows that come in this order only ever append to an index on their key.
 */
export function growingIds<Kind extends string>(at: Date): () => Id<Kind> {
  const ms = at.getTime().toString(16).padStart(12, '0')
  const head = `${ms.slice(0, 8)}-${ms.slice(8)}-7`
  const random = Buffer.alloc(6 * 1024)
  let used = random.length
  let count = 0
  return () => {
    if (used === random.length) {
      randomFillSync(random)
      used = 0
    }
    const tail = random.toString('hex', used, used + 6)
    used += 6
    const high = (count >>> 14).toString(16).padStart(3, '0')
    const low = (0x8000 | (count & 0x3fff)).toString(16)
    count += 1
    return `${head}${high}-${low}-${tail}` as Id<Kind>
  }
}
