import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Day, dayAt, dayBefore, weekday } from '../day.ts'
import { archiveIn, archivesOf, type BaseFile, listBases, removeSegmentsBefore, walIn } from './backup-folder.ts'

/**
 * Which base backups are kept, and the log that no kept one needs any more. In: the rule of the setting, such as
 * `7d 4w 12m`. The newest is kept whatever the rule says, and so is the last that a drill restored.
 */

type Dated = Pick<BaseFile, 'finishedAt'>

/** With which a week begins (ISO 8601). */
const mondayOf = (day: Day): Day => (weekday(day) === 1 ? day : mondayOf(dayBefore(day)))

/** By what backups are counted together: the last of each is meant. In the days of the province. */
const periodsOf = {
  d: (day: Day) => day as string,
  w: (day: Day) => mondayOf(day),
  m: (day: Day) => day.slice(0, 7),
}

/** The last backup of each of so many periods that have one, the newest periods first. */
function lastOfPeriods<Base extends Dated>(bases: readonly Base[], count: number, periodOf: (day: Day) => string) {
  const last = new Map<string, Base>()
  for (const base of bases) last.set(periodOf(dayAt(base.finishedAt)), base)
  return [...last.values()].slice(-count)
}

/** Those of the bases, which are given the oldest first, that the rule keeps. */
export function keptByRule<Base extends Dated>(bases: readonly Base[], rule: string): ReadonlySet<Base> {
  const kept = rule.split(' ').flatMap(term => {
    const periodOf = periodsOf[term.at(-1) as keyof typeof periodsOf]
    return lastOfPeriods(bases, Number(term.slice(0, -1)), periodOf)
  })
  return new Set([...kept, ...bases.slice(-1)])
}

export type Removed = { readonly bases: number; readonly segments: number; readonly archives: number }

/**
 * Removes what the rule does not keep. `current` is the archive that is written into; `proven` the name of the
 * base's file that a drill restored last.
 */
export async function removeOld(
  folder: string,
  { rule, current, proven }: { readonly rule: string; readonly current: string; readonly proven: string | undefined },
): Promise<Removed> {
  const all = await listBases(folder)
  const kept = keptByRule(all, rule)
  const isKept = (base: BaseFile) => kept.has(base) || basename(base.path) === proven
  const old = all.filter(base => !isKept(base))
  for (const { path } of old) await rm(path)
  let [segments, archives] = [0, 0]
  for (const archive of await archivesOf(folder)) {
    const oldest = all.find(base => base.archive === archive && isKept(base))
    if (oldest) segments += await removeSegmentsBefore(walIn(folder, archive), oldest.firstSegment)
    else if (archive !== current && all.some(base => base.archive === archive)) {
      await rm(archiveIn(folder, archive), { recursive: true })
      archives += 1
    }
  }
  return { bases: old.length, segments, archives }
}
