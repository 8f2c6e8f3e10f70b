import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import { asDay } from '../../platform/day.ts'
import { asId, type Id, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { campaignTitle } from '../cohorts/cohorts.ts'
import { definitionProblem } from '../cohorts/contract.ts'
import { houseListDays } from '../law.ts'
import type { EntryShape, HouseListGiven, HouseListHead, OutcomeCounts } from './contract.ts'
import {
  type Group,
  type GroupId,
  type HouseListId,
  holdsNumber,
  inWalkingOrder,
  isInQuarter,
  isOver,
  lastDayOf,
  longestList,
  type Outcome,
} from './group.ts'
import { groupProblem } from './problems.ts'
import { findGroup, holdGroup } from './store.ts'
import * as store from './store-house-list.ts'

/** The commune as residences may write it: itself, and what was merged into it. */
async function writtenAs(work: Work, unitId: units.UnitId): Promise<units.UnitId[]> {
  const homes = await units.homesOn(work, unitId, work.today)
  return [...new Set([unitId, ...homes.keys()])]
}

const nobody: OutcomeCounts = { people: 0, waiting: 0, visited: 0, helped: 0, refused: 0, moved: 0, 'not-at-home': 0 }

/** How many entries of each list have which outcome; of lists that are forgotten, as it was then. */
export async function countsOf(work: Work, lists: readonly store.HouseList[]): Promise<Map<string, OutcomeCounts>> {
  const rows = await store.outcomesOf(
    work,
    lists.filter(({ result }) => !result).map(({ id }) => id),
  )
  const byList = Map.groupBy(rows, ({ listId }) => listId)
  const counted = (id: string): OutcomeCounts => {
    const parts = byList.get(id) ?? []
    const people = parts.reduce((sum, part) => sum + part.people, 0)
    return { ...nobody, people, ...Object.fromEntries(parts.map(part => [part.outcome ?? 'waiting', part.people])) }
  }
  return new Map(lists.map(({ id, result }) => [id, result ?? counted(id)]))
}

export const sumOf = (counts: readonly OutcomeCounts[]): OutcomeCounts =>
  counts.reduce<OutcomeCounts>((sum, one) => {
    const keys = Object.keys(nobody) as (keyof OutcomeCounts)[]
    return Object.fromEntries(keys.map(key => [key, sum[key] + one[key]])) as OutcomeCounts
  }, nobody)

const endOf = ({ expiresOn, endedOn }: store.HouseList) => ({ expiresOn, ...(endedOn !== null && { endedOn }) })

/** Heads of lists on the wire: what each covers, and the counts of its outcomes. */
export async function headsOf(work: Work, lists: readonly store.HouseList[]): Promise<HouseListHead[]> {
  const counts = await countsOf(work, lists)
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
        unit: { id: list.unitId, name: await units.nameOf(work, asId<'unit'>(list.unitId)) },
        ...(title && { campaignTitle: title }),
        lacking: list.lacking,
        within: list.within,
        why: list.why,
        madeOn: list.madeOn,
        madeBy: names.get(list.madeBy) ?? '',
        expiresOn: list.expiresOn,
        over: isOver(endOf(list), work.today),
        counts: counts.get(list.id) ?? nobody,
      }
    }),
  )
}

export async function headOf(work: Work, list: store.HouseList): Promise<HouseListHead> {
  const [head] = await headsOf(work, [list])
  if (!head) throw groupProblem('house-list-unknown')
  return head
}

async function holdLiving(work: Work, id: GroupId): Promise<Group> {
  const group = await holdGroup(work, id)
  if (!group) throw groupProblem('group-unknown')
  if (group.endedOn) throw groupProblem('group-ended', { endedOn: group.endedOn })
  return group
}

/**
 * Residents of the group's area who lack something; counted apart: those elsewhere in the commune, and those on a list
 * already.
 */
async function doorsFor(work: Work, group: Group, given: HouseListGiven) {
  const doors = await store.doors(work, {
    unitIds: await writtenAs(work, group.unitId),
    campaignId: given.campaign,
    lacking: given.lacking,
    law: cards.lawOf(work.today, work),
  })
  const near = given.within === 'commune' ? doors : doors.filter(({ address }) => isInQuarter(address, group.quarter))
  const free = near.filter(({ isListed }) => !isListed)
  return { free, elsewhere: doors.length - near.length, listedAlready: near.length - free.length }
}

export type MadeList = { readonly list: HouseListHead; readonly elsewhere: number; readonly listedAlready: number }

/**
 * Makes a list for a group to walk with: residents of its quarter, or of the whole commune, who lack something today.
 * Nobody is on two lists at a time. It is over after `days`, by default fourteen.
 */
export async function makeList(work: Work, groupId: GroupId, given: HouseListGiven): Promise<MadeList> {
  const group = await holdLiving(work, groupId)
  if (given.campaign && (await campaignTitle(work, given.campaign)) === undefined)
    throw definitionProblem('campaign-unknown')
  const { free, elsewhere, listedAlready } = await doorsFor(work, group, given)
  if (free.length === 0) throw groupProblem('house-list-empty', { elsewhere, listedAlready })
  if (free.length > longestList) throw groupProblem('house-list-too-long', { people: free.length, most: longestList })

  const asked = new Set<string>(given.lacking)
  const entries = inWalkingOrder(free).map(({ personId, needs }, at) => ({
    personId,
    place: at + 1,
    lacking: needs.filter(need => asked.has(need)),
  }))
  const id = newId<'house-list'>(work.now)
  const expiresOn = lastDayOf(work.today, given.days ?? ruleOn(houseListDays, work.today, work).usual)
  const list = {
    id,
    unitId: group.unitId,
    groupId,
    campaignId: given.campaign ?? null,
    lacking: given.lacking,
    within: given.within,
    why: given.why.trim(),
    people: entries.length,
    madeOn: work.today,
    expiresOn,
  }
  await store.insertHouseList(work, list, entries)
  await audit.record(
    work,
    'house-list.made',
    { kind: 'house-list', id, unitId: group.unitId },
    { why: list.why, group: groupId, people: entries.length, lacking: given.lacking, within: given.within, expiresOn },
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
  }
}

/** A list with its entries; when it is over, its counts alone. What is shown is noted as read. */
export async function openList(work: Work, id: HouseListId) {
  const list = await store.findHouseList(work, id)
  const group = list && (await findGroup(work, list.groupId))
  if (!list || !group) throw groupProblem('house-list-unknown')
  const head = await headOf(work, list)
  const rows = head.over ? [] : await store.entries(work, id, await writtenAs(work, group.unitId))
  await audit.noteReading(
    work,
    rows.filter(({ name }) => name !== null).map(({ personId }) => personId),
    ['name', 'residence', 'need'],
  )
  return { list: head, group, entries: rows.map(shownEntry) }
}

/** An entry on the wire, without number, birth date and phone, and without the name of a person who moved away. */
const shownEntry = ({ personId, place, lacking, outcome, onDay, note, name, address }: store.EntryRow): EntryShape => ({
  person: personId,
  place,
  lacking,
  ...(name !== null && { name, ...(address && { address }) }),
  ...(outcome !== null && { outcome }),
  ...(onDay !== null && { onDay }),
  ...(note !== null && { note }),
})

/** A list that is not over, locked. */
async function holdOpen(work: Work, id: HouseListId): Promise<store.HouseList> {
  const list = await store.holdHouseList(work, id)
  if (!list) throw groupProblem('house-list-unknown')
  if (isOver(endOf(list), work.today)) throw groupProblem('house-list-over', { expiresOn: list.expiresOn })
  return list
}

export type Said = {
  readonly outcome?: Outcome | undefined
  readonly onDay?: string | undefined
  readonly note?: string | undefined
}

/** Records the outcome of a call; without one, withdraws an earlier mark. Returns the list's counts. */
export async function markEntry(
  work: Work,
  id: HouseListId,
  personId: Id<'person'>,
  said: Said,
): Promise<OutcomeCounts> {
  const list = await holdOpen(work, id)
  const note = said.note?.trim() || undefined
  if (note && holdsNumber(note)) throw groupProblem('house-list-note-refused')
  const onDay = said.onDay === undefined ? work.today : asDay(said.onDay)
  if (onDay < list.madeOn || onDay > work.today)
    throw groupProblem('house-list-day-refused', { from: list.madeOn, to: work.today })

  const { outcome } = said
  const isThere = await store.setMark(work, id, personId, outcome && { outcome, onDay, note })
  if (!isThere) throw groupProblem('house-list-entry-unknown')
  await audit.record(
    work,
    outcome ? 'house-call.made' : 'house-call.taken-back',
    { kind: 'house-list', id, personId, unitId: list.unitId },
    outcome ? { outcome, onDay } : {},
  )
  return (await countsOf(work, [list])).get(id) ?? nobody
}

async function forget(
  work: Work,
  list: store.HouseList,
  deed: 'house-list.ended' | 'house-list.forgotten',
): Promise<OutcomeCounts> {
  const counts = (await countsOf(work, [list])).get(list.id) ?? nobody
  await store.forget(work, list.id, counts)
  await audit.record(work, deed, { kind: 'house-list', id: list.id, unitId: list.unitId }, counts)
  return counts
}

/** Ends a list before its day. */
export async function endList(work: Work, id: HouseListId): Promise<HouseListHead> {
  const list = await holdOpen(work, id)
  const result = await forget(work, list, 'house-list.ended')
  return headOf(work, { ...list, endedOn: work.today, result })
}

/** Ends what lists a group still has. */
export async function endListsOf(work: Work, groupId: GroupId): Promise<void> {
  for (const list of await store.houseLists(work, [groupId]))
    if (list.endedOn === null) await forget(work, list, 'house-list.ended')
}

/** Deletes the entries of lists whose last day is over, each list in a work of its own. Returns how many lists. */
export async function forgetLists(openWork: OpenWork): Promise<number> {
  const ids = await openWork(asSystem('campaign'), store.listsToForget)
  for (const id of ids)
    await openWork(asSystem('campaign'), async work => {
      const list = await store.holdHouseList(work, id)
      if (list && list.endedOn === null) await forget(work, list, 'house-list.forgotten')
    })
  return ids.length
}
