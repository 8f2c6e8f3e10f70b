import * as audit from '../../audit/audit.ts'
import { asDay, type Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { campaignTitle } from '../cohorts/campaigns.ts'
import { definitionProblem } from '../cohorts/problems.ts'
import { longestVisitList, visitListDays } from '../law.ts'
import { needLawOn } from '../need-law.ts'
import type { EntryShape, VisitListHead, VisitListInput, VisitOutcomeCounts } from './contract.ts'
import {
  type CommunityGroup,
  type GroupId,
  holdsNumber,
  isListOver,
  lastDayOf,
  type VisitListId,
  type VisitOutcome,
} from './group.ts'
import { groupProblem } from './problems.ts'
import { isInQuarter } from './quarter.ts'
import { findGroup, holdGroup } from './store.ts'
import * as store from './store-visit-list.ts'
import { inWalkingOrder } from './walking-order.ts'

// Visit lists: a group's list for one walk is made, marked door by door and ended; its entries are deleted after its
// last day.

/** The commune as residences may write it: itself, and what was merged into it. */
async function writtenAs(work: Work, unitId: units.UnitId): Promise<units.UnitId[]> {
  const homes = await units.homesOn(work, unitId, work.today)
  return [...new Set([unitId, ...homes.keys()])]
}

const nobody: VisitOutcomeCounts = {
  people: 0,
  waiting: 0,
  visited: 0,
  helped: 0,
  refused: 0,
  moved: 0,
  'not-at-home': 0,
}

/** How many entries of each list have which outcome; of lists that are forgotten, as it was then. */
export async function outcomeCountsOf(
  work: Work,
  lists: readonly store.VisitList[],
): Promise<Map<string, VisitOutcomeCounts>> {
  const rows = await store.outcomesOf(
    work,
    lists.filter(({ result }) => !result).map(({ id }) => id),
  )
  const byList = Map.groupBy(rows, ({ listId }) => listId)
  const counted = (id: string): VisitOutcomeCounts => {
    const parts = byList.get(id) ?? []
    const people = parts.reduce((sum, part) => sum + part.people, 0)
    return { ...nobody, people, ...Object.fromEntries(parts.map(part => [part.outcome ?? 'waiting', part.people])) }
  }
  return new Map(lists.map(({ id, result }) => [id, result ?? counted(id)]))
}

export const sumOfCounts = (counts: readonly VisitOutcomeCounts[]): VisitOutcomeCounts =>
  counts.reduce<VisitOutcomeCounts>((sum, one) => {
    const keys = Object.keys(nobody) as (keyof VisitOutcomeCounts)[]
    return Object.fromEntries(keys.map(key => [key, sum[key] + one[key]])) as VisitOutcomeCounts
  }, nobody)

const listEnd = ({ expiresOn, endedOn }: store.VisitList) => ({ expiresOn, ...(endedOn !== null && { endedOn }) })

/** Heads of lists on the wire: what each covers, and the counts of its outcomes. */
export async function headsOf(work: Work, lists: readonly store.VisitList[]): Promise<VisitListHead[]> {
  const counts = await outcomeCountsOf(work, lists)
  const names = await staff.namesOf(
    work,
    lists.map(({ madeBy }) => madeBy),
  )
  return Promise.all(
    lists.map(async list => {
      const title = list.campaignId ? await campaignTitle(work, list.campaignId) : undefined
      return {
        id: list.id,
        groupId: list.groupId,
        unit: { id: list.unitId, name: await units.unitName(work, list.unitId) },
        ...(title && { campaignTitle: title }),
        lacking: list.lacking,
        within: list.within,
        why: list.why,
        madeOn: list.madeOn,
        madeBy: names.get(list.madeBy) ?? '',
        expiresOn: list.expiresOn,
        over: isListOver(listEnd(list), work.today),
        counts: counts.get(list.id) ?? nobody,
      }
    }),
  )
}

export async function headOf(work: Work, list: store.VisitList): Promise<VisitListHead> {
  const [head] = await headsOf(work, [list])
  if (!head) throw groupProblem('house-list-unknown')
  return head
}

async function holdLiving(work: Work, id: GroupId): Promise<CommunityGroup> {
  const group = await holdGroup(work, id)
  if (!group) throw groupProblem('group-unknown')
  if (group.endedOn) throw groupProblem('group-ended', { endedOn: group.endedOn })
  return group
}

/**
 * Residents of the group's area who lack something; counted apart: those elsewhere in the commune, those on a list
 * already, and those who have declared to be away until the list is over: neighbours knock at their doors in vain, and
 * need not be told who is away.
 */
async function doorsFor(work: Work, group: CommunityGroup, input: VisitListInput, expiresOn: Day) {
  const doors = await store.findDoors(work, {
    unitIds: await writtenAs(work, group.unitId),
    campaignId: input.campaign,
    lacking: input.lacking,
    law: needLawOn(work.today, work),
  })
  const near = input.within === 'commune' ? doors : doors.filter(({ address }) => isInQuarter(address, group.quarter))
  const unlisted = near.filter(({ isListed }) => !isListed)
  const free = unlisted.filter(({ awayUntil }) => awayUntil === null || awayUntil < expiresOn)
  return {
    free,
    elsewhere: doors.length - near.length,
    listedAlready: near.length - unlisted.length,
    away: unlisted.length - free.length,
  }
}

export type MadeList = {
  readonly list: VisitListHead
  readonly elsewhere: number
  readonly listedAlready: number
  readonly away: number
}

/**
 * Makes a list for a group to walk with: residents of its quarter, or of the whole commune, who lack something today.
 * Nobody is on two lists at a time. It is over after `days`, by default fourteen.
 */
export async function makeList(work: Work, groupId: GroupId, input: VisitListInput): Promise<MadeList> {
  const group = await holdLiving(work, groupId)
  if (input.campaign && (await campaignTitle(work, input.campaign)) === undefined)
    throw definitionProblem('campaign-unknown')
  const term = ruleOn(visitListDays, work.today, work)
  if (input.days !== undefined && input.days > term.longest)
    throw groupProblem('house-list-lasts-too-long', { days: input.days, most: term.longest })
  const expiresOn = lastDayOf(work.today, input.days ?? term.usual)
  const { free, elsewhere, listedAlready, away } = await doorsFor(work, group, input, expiresOn)
  if (free.length === 0) throw groupProblem('house-list-empty', { elsewhere, listedAlready, away })
  if (free.length > longestVisitList)
    throw groupProblem('house-list-too-long', { people: free.length, most: longestVisitList })

  const asked = new Set<string>(input.lacking)
  const entries = inWalkingOrder(free).map(({ personId, needs }, at) => ({
    personId,
    place: at + 1,
    lacking: needs.filter(need => asked.has(need)),
  }))
  const id = newId<'visit-list'>(work.now)
  const list = {
    id,
    unitId: group.unitId,
    groupId,
    campaignId: input.campaign ?? null,
    lacking: input.lacking,
    within: input.within,
    why: input.why.trim(),
    people: entries.length,
    madeOn: work.today,
    expiresOn,
  }
  await store.insertVisitList(work, list, entries)
  await audit.record(
    work,
    'house-list.made',
    { kind: 'house-list', id, unitId: group.unitId },
    { why: list.why, group: groupId, people: entries.length, lacking: input.lacking, within: input.within, expiresOn },
  )
  await audit.noteReading(
    work,
    entries.map(({ personId }) => personId),
    ['residence', 'need'],
  )
  return {
    list: await headOf(work, { ...list, madeBy: work.by.id, endedOn: null, result: null }),
    elsewhere,
    listedAlready,
    away,
  }
}

/** A list with its entries; when it is over, its counts alone. What is shown is noted as read. */
export async function openList(work: Work, id: VisitListId) {
  const list = await store.findVisitList(work, id)
  const group = list && (await findGroup(work, list.groupId))
  if (!list || !group) throw groupProblem('house-list-unknown')
  const head = await headOf(work, list)
  const rows = head.over ? [] : await store.findEntries(work, id, await writtenAs(work, group.unitId))
  await audit.noteReading(
    work,
    rows.filter(({ name }) => name !== null).map(({ personId }) => personId),
    ['name', 'residence', 'need'],
  )
  return { list: head, group, entries: rows.map(entryShape) }
}

/** An entry on the wire, without number, birth date and phone, and without the name of a person who moved away. */
export const doorShape = ({ personId, place, lacking, outcome, onDay, note, name, address }: store.DoorRow) => ({
  person: personId,
  place,
  lacking,
  ...(name !== null && { name, ...(address && { address }) }),
  ...(outcome !== null && { outcome }),
  ...(onDay !== null && { onDay }),
  ...(note !== null && { note }),
})

const entryShape = (row: store.EntryRow): EntryShape => ({
  ...doorShape(row),
  ...(row.name !== null && row.awayUntil !== null && { awayUntil: row.awayUntil }),
})

/** A list that is not over, locked. */
async function holdOpenList(work: Work, id: VisitListId): Promise<store.VisitList> {
  const list = await store.holdVisitList(work, id)
  if (!list) throw groupProblem('house-list-unknown')
  if (isListOver(listEnd(list), work.today)) throw groupProblem('house-list-over', { expiresOn: list.expiresOn })
  return list
}

export type EntryMark = {
  readonly outcome?: VisitOutcome | undefined
  readonly onDay?: string | undefined
  readonly note?: string | undefined
}

/** Records the outcome of a call; without one, withdraws an earlier mark. Returns the list's counts. */
export async function markEntry(
  work: Work,
  id: VisitListId,
  personId: Id<'person'>,
  mark: EntryMark,
): Promise<VisitOutcomeCounts> {
  const list = await holdOpenList(work, id)
  const note = mark.note?.trim() || undefined
  if (note && holdsNumber(note)) throw groupProblem('house-list-note-refused')
  const onDay = mark.onDay === undefined ? work.today : asDay(mark.onDay)
  if (onDay < list.madeOn || onDay > work.today)
    throw groupProblem('house-list-day-refused', { from: list.madeOn, to: work.today })

  const { outcome } = mark
  const isThere = await store.setMark(work, id, personId, outcome && { outcome, onDay, note })
  if (!isThere) throw groupProblem('house-list-entry-unknown')
  await audit.record(
    work,
    outcome ? 'house-call.made' : 'house-call.taken-back',
    { kind: 'house-list', id, personId, unitId: list.unitId },
    outcome ? { outcome, onDay } : {},
  )
  return (await outcomeCountsOf(work, [list])).get(id) ?? nobody
}

async function forgetVisitList(
  work: Work,
  list: store.VisitList,
  deed: 'house-list.ended' | 'house-list.forgotten',
): Promise<VisitOutcomeCounts> {
  const counts = (await outcomeCountsOf(work, [list])).get(list.id) ?? nobody
  await store.setVisitListForgotten(work, list.id, counts)
  await audit.record(work, deed, { kind: 'house-list', id: list.id, unitId: list.unitId }, counts)
  return counts
}

/** Ends a list before its day. */
export async function endList(work: Work, id: VisitListId): Promise<VisitListHead> {
  const list = await holdOpenList(work, id)
  const result = await forgetVisitList(work, list, 'house-list.ended')
  return headOf(work, { ...list, endedOn: work.today, result })
}

/** Ends what lists a group still has. */
export async function endListsOf(work: Work, groupId: GroupId): Promise<void> {
  for (const list of await store.findVisitLists(work, [groupId]))
    if (list.endedOn === null) await forgetVisitList(work, list, 'house-list.ended')
}

/** Deletes the entries of lists whose last day is over, each list in a work of its own. Returns how many lists. */
export async function forgetLists(openWork: OpenWork): Promise<number> {
  const ids = await openWork(asSystem('campaign'), store.listsToForget)
  for (const id of ids)
    await openWork(asSystem('campaign'), async work => {
      const list = await store.holdVisitList(work, id)
      if (list && list.endedOn === null) await forgetVisitList(work, list, 'house-list.forgotten')
    })
  return ids.length
}
