import type { Database } from '../database.ts'

const span = 15 * 60_000

/**
 * Wrong tries within a quarter of an hour, after which the next one waits: for one login, and for one address, behind
 * which a whole school may be.
 */
const bounds = { login: 5, address: 40 } as const

export type From = { readonly login: string; readonly address: string }

const keys = ({ login, address }: From) =>
  [
    [`login ${login}`, bounds.login],
    [`address ${address}`, bounds.address],
  ] as const

/** Seconds until the next try is looked at; 0 where it may be made now. */
export function secondsToWait(db: Database, from: From, now: number): number {
  db.run('delete from wrong_try where at <= ?', now - span)
  const waits = keys(from).map(([who, bound]) => {
    const oldest = db.find<{ at: number }>(
      'select at from wrong_try where who = ? order by at desc limit 1 offset ?',
      who,
      bound - 1,
    )
    return oldest ? Math.ceil((oldest.at + span - now) / 1_000) : 0
  })
  return Math.max(...waits)
}

export const noteWrongTry = (db: Database, from: From, now: number) =>
  db.together(() => {
    for (const [who] of keys(from)) db.run('insert into wrong_try values (?, ?)', who, now)
  })

export const forgetTries = (db: Database, { login }: From) =>
  db.run('delete from wrong_try where who = ?', `login ${login}`)
