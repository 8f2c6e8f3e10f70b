import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { now } from '../clock.ts'
import { type Day, dayAt, dayBefore, weekday } from '../day.ts'
import { archiveIn, type BaseFile, isDatedAhead, listBases, removeSegmentsBefore, walIn } from './backup-folder.ts'
import type { BaseKeys } from './base-file.ts'
import { refusedArchives } from './own-archives.ts'

/**
 * Which base backups are kept, and the log that no kept one needs any more. In: the rule of the setting, such as
 * `7d 4w 12m`. The newest is kept whatever the rule says, and so are the last that a drill restored and those dated
 * ahead by a wrong clock, which the rule meets once their day is over. Archives of one installation that go on side by
 * side, such as that of a copy, are kept each by itself.
 */

type Dated = Pick<BaseFile, 'finishedAt'> & Partial<Pick<BaseFile, 'archive'>>

/** With which a week begins (ISO 8601). */
const mondayOf = (day: Day): Day => (weekday(day) === 1 ? day : mondayOf(dayBefore(day)))

/** By what backups are counted together: the last of each is meant. In the days of the province. */
const periodsOf = {
  d: (day: Day) => day as string,
  w: (day: Day) => mondayOf(day),
  m: (day: Day) => day.slice(0, 7),
}

/** The last backup of each archive in each of so many periods that have one, the newest periods first. */
function lastOfPeriods<Base extends Dated>(bases: readonly Base[], count: number, periodOf: (day: Day) => string) {
  const periods = Map.groupBy(bases, ({ finishedAt }) => periodOf(dayAt(finishedAt)))
  return [...periods.values()]
    .slice(-count)
    .flatMap(list => [...new Map(list.map(base => [base.archive, base])).values()])
}

/** Those of the bases, which are given the oldest first, that the rule keeps at a moment. */
export function keptByRule<Base extends Dated>(all: readonly Base[], rule: string, at: Date): ReadonlySet<Base> {
  const ahead = all.filter(base => isDatedAhead(base, at))
  const bases = all.filter(base => !ahead.includes(base))
  const kept = rule.split(' ').flatMap(term => {
    const periodOf = periodsOf[term.at(-1) as keyof typeof periodsOf]
    return lastOfPeriods(bases, Number(term.slice(0, -1)), periodOf)
  })
  return new Set([...kept, ...bases.slice(-1), ...ahead])
}

export type Removed = { readonly bases: number; readonly segments: number; readonly archives: number }

export type RetentionOf = {
  readonly rule: string
  /** The archive that is written into. */
  readonly current: string
  /** The name of the base's file that a drill restored last. */
  readonly proven: string | undefined
  /** What opens the installation's own archives. All others stay: somebody else keeps them by a rule of their own. */
  readonly keys: readonly BaseKeys[]
}

async function basesUnderRule(folder: string, { current, keys }: RetentionOf): Promise<BaseFile[]> {
  const all = await listBases(folder)
  const refused = await Promise.all(keys.map(one => refusedArchives(all, one)))
  return all.filter(({ archive }) => archive === current || refused.some(others => !others.has(archive)))
}

/** Removes what the rule does not keep of the installation's own archives. */
export async function removeOld(folder: string, of: RetentionOf): Promise<Removed> {
  const { rule, current, proven } = of
  const all = await basesUnderRule(folder, of)
  const kept = keptByRule(all, rule, now())
  const isKept = (base: BaseFile) => kept.has(base) || basename(base.path) === proven
  const old = all.filter(base => !isKept(base))
  for (const { path } of old) await rm(path)
  let [segments, archives] = [0, 0]
  for (const [archive, bases] of Map.groupBy(all, base => base.archive)) {
    // By the log, not by their dates: a clock may have been wrong.
    const [first] = bases.flatMap(base => (isKept(base) ? [base.firstSegment] : [])).sort()
    if (first) segments += await removeSegmentsBefore(walIn(folder, archive), first)
    else if (archive !== current) {
      await rm(archiveIn(folder, archive), { recursive: true })
      archives += 1
    }
  }
  return { bases: old.length, segments, archives }
}
