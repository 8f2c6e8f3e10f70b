import pg, { type Connection, type Submittable } from 'pg'

/**
 * Several statements in one message of the extended protocol ("Pipelining" of PostgreSQL's protocol flow, read on
 * 2026-11-30). One Sync ends them all: where one fails, the server passes over those behind it, so that nothing runs
 * outside a transaction whose BEGIN failed, and no COMMIT takes what is not whole. Those that are kept are prepared
 * once a connection, under names of their own.
 */

/** A statement that is sent with the next one of its transaction. `isKept`: its text is always the same. */
export type AheadStatement = {
  readonly text: string
  readonly values?: readonly unknown[]
  readonly isKept?: boolean
  /** Is given its rows when it has succeeded; what it throws fails the message, and nothing behind it is given. */
  take?(rows: readonly unknown[]): void
}

type ReadRow = (texts: readonly (string | null)[]) => Readonly<Record<string, unknown>>

/** How the rows of a connection's kept statements are read, by the names of the statements. */
export type KnownStatements = Map<string, ReadRow | undefined>

/** What a statement gave, as a query of pg does. */
export type MessageResult = {
  readonly command: string
  readonly rowCount: number
  readonly rows: readonly unknown[]
}

type Fields = readonly { readonly name: string; readonly dataTypeID: number }[]

/** What pg gives to and takes from a query that is not its own, and its types leave out. */
type Sending = {
  readonly stream: { readonly writable: boolean; write(bytes: Buffer): void }
  _send(bytes: Buffer): void
  close(statement: { type: 'S'; name: string }): void
  parse(statement: { text: string; name: string }): void
  bind(statement: { statement: string; values: readonly unknown[] }): void
  describe(portal: { type: 'P'; name: string }): void
  execute(portal: { portal: string }): void
  sync(): void
}

const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils

function rowReader(fields: Fields): ReadRow {
  const columns = fields.map(({ name, dataTypeID }) => ({
    name,
    parse: pg.types.getTypeParser(dataTypeID, 'text') as (text: string) => unknown,
  }))
  return texts => {
    const row: Record<string, unknown> = {}
    let at = 0
    for (const { name, parse } of columns) {
      const text = texts[at] ?? null
      row[name] = text === null ? null : parse(text)
      at += 1
    }
    return row
  }
}

const noRows: ReadRow = () => ({})

/**
 * A message for a client of pg. `nameOf` gives the name under which a kept statement is prepared; `known` are those
 * that the connection has, and is changed.
 */
export function inOneMessage(
  statements: readonly AheadStatement[],
  { known, nameOf }: { readonly known: KnownStatements; nameOf(text: string): string },
  { resolve, reject }: { resolve(results: MessageResult[]): void; reject(error: unknown): void },
): Submittable {
  const sent = statements.map(({ text, values = [], isKept = false, take }) => ({
    ...{ text, take, name: isKept ? nameOf(text) : '' },
    values: values.map(prepareValue),
  }))
  const results: MessageResult[] = []
  let read: ReadRow | undefined
  let rows: unknown[] = []
  let failure: { readonly error: unknown } | undefined

  /** What fails in this process fails the message when all of it has been answered. */
  function step(take: () => void): void {
    if (failure) return
    try {
      take()
    } catch (error) {
      failure = { error }
    }
  }

  function submit(connection: Connection): void {
    const pieces: Buffer[] = []
    // All of it in one write: some dozens of small ones, even of one call, take three times as long.
    const to: Sending = Object.create(connection, { _send: { value: (bytes: Buffer) => void pieces.push(bytes) } })
    for (const { text, name, values } of sent) {
      const isNew = name === '' || !known.has(name)
      // A message that failed may have prepared it: then it is prepared again.
      if (isNew && name !== '') to.close({ type: 'S', name })
      if (isNew) to.parse({ text, name })
      to.bind({ statement: name, values })
      if (isNew) to.describe({ type: 'P', name: '' })
      to.execute({ portal: '' })
    }
    to.sync()
    if (to.stream.writable) to.stream.write(Buffer.concat(pieces))
  }

  return Object.assign(
    { submit },
    {
      handleRowDescription({ fields }: { fields: Fields }) {
        read = rowReader(fields)
      },
      handleDataRow({ fields }: { fields: readonly (string | null)[] }) {
        step(() => {
          const reader = read ?? known.get(sent[results.length]?.name ?? '') ?? noRows
          rows.push(reader(fields))
        })
      },
      handleCommandComplete({ text }: { text: string }) {
        const done = sent[results.length]
        if (done && done.name !== '' && !known.has(done.name)) known.set(done.name, read)
        const [command = '', ...counts] = text.split(' ')
        const result = { command, rowCount: Number(counts.at(-1) ?? 0), rows }
        step(() => done?.take?.(result.rows))
        results.push(result)
        read = undefined
        rows = []
      },
      handleEmptyQuery() {},
      handlePortalSuspended() {},
      handleError(error: unknown) {
        // Its plan may be one that holds no more.
        known.delete(sent[results.length]?.name ?? '')
        reject(failure ? failure.error : error)
      },
      handleReadyForQuery() {
        if (failure) reject(failure.error)
        else resolve(results)
      },
    },
  )
}
