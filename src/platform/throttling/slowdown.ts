import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Rule, ruleOn } from '../law.ts'
import type { Work } from '../work.ts'
import type { GrowingWait } from './growing-wait.ts'
import { droppedInPassing, failuresKeptHours } from './law.ts'

/**
 * Seconds to wait after this many failures in a row: of one's own typing none, none, 2, 4, 8 … up to a quarter of an
 * hour.
 */
export const slowdownWait = (failures: number, { free, first, longest }: GrowingWait) =>
  failures < free ? 0 : Math.min(longest, first * 2 ** (failures - free))

/** Some proxies give the address of whom they forward with its port, which is another with each connection. */
const withoutPort = (address: string) =>
  /^\[([^\]]*)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address

/**
 * Whoever holds one address of an IPv6 network holds all of its /64: the first four groups, whatever was left out
 * between two colons. Others are as they are, without a port.
 */
export function networkOf(given: string): string {
  const address = withoutPort(given)
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const [first, last] = [head.split(':').filter(Boolean), (tail ?? '').split(':').filter(Boolean)]
  const left = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length)
  return [...first, ...Array.from({ length: left }, () => '0'), ...last]
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')
}

export const slowdownKeyOf = (...parts: string[]): Buffer => createHash('sha256').update(parts.join('\n')).digest()

/**
 * By what an attempt is slowed. From a browser in which this person has signed in before: by that browser alone, so
 * that strangers' failures never lock them out. From elsewhere: by login and address, so that a stranger slows only
 * strangers at the same place.
 */
export const slowdownKey = (login: string, from: { knownDevice: Buffer } | { address: string }): Buffer =>
  'knownDevice' in from
    ? slowdownKeyOf('device', login, from.knownDevice.toString('hex'))
    : slowdownKeyOf('address', login, networkOf(from.address))

type SlowdownTable = 'staff.slowdown' | 'accounts.slowdown' | 'access_links.slowdown' | 'families.slowdown'

/** Counts attempts in a context's own table: key, failures, failed_at, free_at. */
export function slowdownIn(table: SlowdownTable) {
  const counted = sql.table(table)
  return {
    /**
     * Counts an attempt before its secret is looked at, so that a hundred at once are a hundred. Gives undefined where
     * it may go on, else the seconds to wait; an attempt that comes too early is neither looked at nor counted. Those
     * that cost nothing wait for no moment: of two at once the later may have begun first.
     */
    async count(work: Work, key: Buffer, rule: Rule<GrowingWait>): Promise<number | undefined> {
      const { tx, now, today } = work
      const forgottenAfterHours = ruleOn(failuresKeptHours, today, work)
      const growingWait = ruleOn(rule, today, work)
      const { free, first, longest } = growingWait
      // Waits in seconds after 1, 2, 3 … failures; the last holds for all later ones.
      const waits = Array.from({ length: free + 1 + Math.max(0, Math.ceil(Math.log2(longest / first))) }, (_, index) =>
        slowdownWait(index + 1, growingWait),
      )
      const { rows } = await sql`
        insert into ${counted} as known (key, failures, failed_at, free_at)
        values (${key}, 1, ${now}, ${now}::timestamptz + make_interval(secs => ${slowdownWait(1, growingWait)}))
        on conflict (key) do update set
          failures =
            case when known.failed_at < ${now}::timestamptz - make_interval(hours => ${forgottenAfterHours}) then 1
            else known.failures + 1 end,
          failed_at = excluded.failed_at,
          free_at = excluded.failed_at + make_interval(secs => case
            when known.failed_at < ${now}::timestamptz - make_interval(hours => ${forgottenAfterHours}) then
              ${slowdownWait(1, growingWait)}::int
            else (${waits}::int[])[least(known.failures + 1, ${waits.length}::int)] end)
        where known.free_at <= ${now} or known.failures < ${free}
        returning 1`.execute(tx)
      if (rows.length > 0) return undefined
      const wait = await sql<{ seconds: number }>`
        select ceil(extract(epoch from free_at - ${now}::timestamptz))::int as seconds from ${counted}
        where key = ${key}`.execute(tx)
      return Math.max(1, wait.rows[0]?.seconds ?? 1)
    },

    /** Seconds to wait before the next attempt, where there are any; nothing is counted. */
    async waitFor(work: Work, key: Buffer, rule: Rule<GrowingWait>): Promise<number | undefined> {
      const { tx, now, today } = work
      const { free } = ruleOn(rule, today, work)
      const { rows } = await sql<{ seconds: number }>`
        select ceil(extract(epoch from free_at - ${now}::timestamptz))::int as seconds from ${counted}
        where key = ${key} and free_at > ${now} and failures >= ${free}`.execute(tx)
      return rows[0]?.seconds
    },

    /** How many more attempts cost nothing, after what was counted. */
    async freeLeft(work: Work, key: Buffer, rule: Rule<GrowingWait>): Promise<number> {
      const { tx, today } = work
      const { free } = ruleOn(rule, today, work)
      const { rows } = await sql<{ failures: number }>`
        select failures from ${counted} where key = ${key}`.execute(tx)
      return Math.max(0, free - (rows[0]?.failures ?? 0))
    },

    /** Takes one attempt back that was none: it succeeded, where others at the same place go on failing. */
    async takeBack({ tx }: Work, key: Buffer): Promise<void> {
      await sql`update ${counted} set failures = greatest(1, failures - 1), free_at = failed_at
        where key = ${key}`.execute(tx)
    },

    async clear({ tx }: Work, key: Buffer): Promise<void> {
      await sql`delete from ${counted} where key = ${key}`.execute(tx)
    },

    /**
     * Drops failures that count no more, so many at most: whoever signs in after a flood of guesses does not wait until
     * all are gone. Gives how many went.
     */
    async dropOld(work: Work, most: number = droppedInPassing): Promise<number> {
      const { tx, now, today } = work
      const forgottenAfterHours = ruleOn(failuresKeptHours, today, work)
      const { numAffectedRows } = await sql`delete from ${counted} where ctid = any (array(
        select ctid from ${counted}
        where failed_at < ${now}::timestamptz - make_interval(hours => ${forgottenAfterHours})
        limit ${most} for update skip locked))`.execute(tx)
      return Number(numAffectedRows ?? 0)
    },
  }
}
