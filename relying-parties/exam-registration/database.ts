import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'

type Row = Record<string, unknown>

/** The site's database. All of it is synchronous: between two statements of one function nothing else happens. */
export type Database = {
  /** The shape of a row is stated by who asks, beside the statement. */
  find<R = Row>(text: string, ...values: SQLInputValue[]): R | undefined
  list<R = Row>(text: string, ...values: SQLInputValue[]): R[]
  /** How many rows were changed. */
  run(text: string, ...values: SQLInputValue[]): number
  /** All of it or nothing; on the disk when it returns. */
  together<T>(deed: () => T): T
  close(): void
}

const schema = readFileSync(join(import.meta.dirname, 'schema.sql'), 'utf8')
/** What brings a database of each earlier release to the next. */
const upgrades = ['schema-2.sql', 'schema-3.sql'].map(file => readFileSync(join(import.meta.dirname, file), 'utf8'))
const schemaVersion = upgrades.length + 1

/**
 * Opens `exam.db` in the folder, which it makes where there is none. WAL with `synchronous = full`: what was committed
 * is there after a power cut. One process at a time: a second one is refused.
 */
export function openDatabase(folder: string): Database {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const db = new DatabaseSync(join(folder, 'exam.db'), { timeout: 1_000 })
  try {
    db.exec(
      'pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on',
    )
    const { user_version: standing } = db.prepare('pragma user_version').get() as { user_version: number }
    if (standing > schemaVersion) throw new Error(`${folder} was written by a later release of this site`)
    const steps = standing === 0 ? [schema] : upgrades.slice(standing - 1)
    if (steps.length) db.exec(`begin immediate; ${steps.join(';\n')}; pragma user_version = ${schemaVersion}; commit`)
    db.exec('begin immediate; commit')
  } catch (error) {
    db.close()
    if (/database is locked/.test(String(error)))
      throw new Error(`another process already serves ${folder}; stop it, or name another folder`)
    throw error
  }

  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  const prepared = (text: string) => {
    const statement = statements.get(text) ?? db.prepare(text)
    statements.set(text, statement)
    return statement
  }
  return {
    find: <R>(text: string, ...values: SQLInputValue[]) => prepared(text).get(...values) as R | undefined,
    list: <R>(text: string, ...values: SQLInputValue[]) => prepared(text).all(...values) as R[],
    run: (text, ...values) => Number(prepared(text).run(...values).changes),
    together(deed) {
      db.exec('begin immediate')
      try {
        const result = deed()
        db.exec('commit')
        return result
      } catch (error) {
        db.exec('rollback')
        throw error
      }
    },
    close: () => db.close(),
  }
}
