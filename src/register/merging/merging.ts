import * as audit from '../../audit/audit.ts'
import { addDays } from '../../platform/day.ts'
import { asId, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Deed, Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import type { CorrectionField } from '../corrections/correction.ts'
import { childrenLinkedTo, currentValues, writtenValues } from '../corrections/corrections.ts'
import { correctionDays, mergeUndoDays } from '../law.ts'
import type { PersonId } from '../person.ts'
import { openPerson } from '../persons/persons.ts'
import { registerProblem } from '../problems.ts'
import * as register from '../store.ts'
import * as change from '../store-history.ts'
import * as links from '../store-link-record-refresh.ts'
import {
  countedTables,
  type MergedRecords,
  type MergeId,
  type MergeState,
  type PersonTable,
  type RecordMerge,
} from './merge.ts'
import * as store from './store.ts'

/**
 * Merging: two records of the register turn out to be one person. In: the two records, why, and which papers show it.
 * Decided: by a second officer whose units have both people, which record and which number stay, or that they are two.
 * Out: one record on which all hangs that hung on either; the other id and the other number lead to it. It is undone to
 * the letter while nothing was built on it. Every context follows `person.merged` (src/consequences.ts); the tables
 * that name a person stand in src/person-columns.ts.
 * Deeds: `merge.proposed`, `.withdrawn`, `.refused`, `.undone`, `person.merged`.
 */

export const asMergeId = (text: string): MergeId => asId<'merge'>(text)

export type MergeProposal = {
  /** The record that the proposer would keep. */
  readonly personId: PersonId
  readonly otherId: PersonId
  readonly reason: string
  readonly papers: string
}

const subjectOfMerge = ({ id, personId, unitId }: RecordMerge) => ({ kind: 'merge', id, personId, unitId })

/**
 * Proposes that two records are one person. The proposer's units have both among their residents, or one of them and
 * the other is open to be compared. Throws merge-one-record, reason-needed, merge-papers-needed, unit-needed,
 * person-unknown, merge-open.
 */
export async function proposeMerge(
  work: Work,
  { personId, otherId, reason, papers }: MergeProposal,
): Promise<RecordMerge> {
  if (personId === otherId) throw registerProblem('merge-one-record')
  if (reason.trim() === '') throw registerProblem('reason-needed')
  if (papers.trim() === '') throw registerProblem('merge-papers-needed')
  if (!work.unitId) throw registerProblem('unit-needed')
  const both = [personId, otherId]
  const whole = await register.findSummaries(work, both)
  const seen = new Set([...whole, ...(await register.findCompared(work, both))].map(({ id }) => id))
  if (whole.length === 0 || !both.every(id => seen.has(id))) throw registerProblem('person-unknown')
  // Two proposals about one record at once wait for each other here.
  await store.holdPersons(work, both)
  if (await store.hasOpenMerge(work, both)) throw registerProblem('merge-open')
  const merge: RecordMerge = {
    id: newId<'merge'>(work.now),
    personId,
    otherId,
    state: 'proposed',
    reason: reason.trim(),
    papers: papers.trim(),
    unitId: work.unitId,
    proposedBy: work.by.id,
    proposedOn: work.today,
    dueOn: units.workingDaysAfter(work.today, ruleOn(correctionDays, work.today, work)),
  }
  await store.insertMerge(work, merge)
  await audit.record(work, 'merge.proposed', subjectOfMerge(merge), { other: otherId })
  await noteNames(work, [merge])
  return merge
}

/** The merge as the scope sees it; throws merge-unknown. */
export async function getMerge(work: Work, id: MergeId): Promise<RecordMerge> {
  const merge = await store.findMerge(work, id)
  if (!merge) throw registerProblem('merge-unknown')
  await noteNames(work, [merge])
  return merge
}

/** Those of the scope; the reading of everyone named is noted. */
export async function listMerges(work: Work, states: readonly MergeState[]): Promise<RecordMerge[]> {
  const found = await store.findMerges(work, states)
  await noteNames(work, found)
  return found
}

/** How many proposals of others wait, without reading whose records they are. */
export const countMerges = (work: Work) => store.countOpenMerges(work)

const noteNames = (work: Work, merges: readonly RecordMerge[]) =>
  audit.noteReading(
    work,
    merges.flatMap(({ personId, otherId }) => [personId, otherId]),
    ['name', 'merge'],
  )

/** What a side of a merge shows: the record whole where it is the scope's, with what hangs on it. */
export async function openSide(work: Work, id: PersonId) {
  const [person] = await register.findSummaries(work, [id])
  if (!person) return undefined
  return { person: await openPerson(work, id), hanging: await store.findHanging(work, id, countedTables) }
}

/** The record into which a record went, where it was merged: whoever has the old id goes on there. */
export const survivorOf: (work: Work, id: PersonId) => Promise<PersonId | undefined> = store.findSurvivor

export type MergeDecision = {
  readonly survivorId: PersonId
  /** The number that stays in force; needed where both records have one. */
  readonly number?: string | undefined
  readonly answer?: string | undefined
}

const refusals = {
  unknown: 'merge-unknown',
  closed: 'merge-closed',
  same: 'second-officer-needed',
  outside: 'merge-person-outside',
} as const

async function decideAsSecond(
  work: Work,
  merge: RecordMerge,
  decision: Parameters<typeof store.decideMerge>[2],
): Promise<void> {
  const hand = { id: merge.proposedBy, at: merge.proposedOn }
  await staff.refuseSameHand(work, 'merge-decided', [hand], () => registerProblem('second-officer-needed'))
  const outcome = await store.decideMerge(work, merge.id, decision)
  if (outcome !== 'decided') throw registerProblem(refusals[outcome])
}

/**
 * A second officer finds that they are one person and says which record and which number stay. All that hangs on the
 * other record moves in this work, by the consequences of `person.merged`. Throws merge-unknown, merge-closed,
 * second-officer-needed, merge-person-outside, merge-number-unknown.
 */
export async function acceptMerge(
  work: Work,
  id: MergeId,
  { survivorId, number, answer }: MergeDecision,
): Promise<RecordMerge> {
  const proposed = await getMerge(work, id)
  const both = [proposed.personId, proposed.otherId]
  if (!both.includes(survivorId)) throw registerProblem('merge-unknown')
  if (proposed.state !== 'proposed') throw registerProblem('merge-closed')
  if ((await store.holdPersons(work, both)) < both.length) throw registerProblem('merge-person-outside')
  const mergedId = survivorId === proposed.personId ? proposed.otherId : proposed.personId
  const held = await store.numbersInForce(work, both)
  const kept = number ?? (held.size === 1 ? [...held.values()][0] : undefined)
  const numberOf = both.find(one => held.get(one) === kept) ?? survivorId
  if (held.size > 0 && (kept === undefined || ![...held.values()].includes(kept)))
    throw registerProblem('merge-number-unknown')
  const past = await pastValues(work, survivorId, mergedId, kept)

  await decideAsSecond(work, proposed, {
    survivor: survivorId,
    number: kept,
    accepts: true,
    said: answer?.trim() || undefined,
    undoUntil: addDays(work.today, ruleOn(mergeUndoDays, work.today, work)),
  })
  const facts: MergedRecords = { merge: id, survivor: survivorId, merged: mergedId, numberOf }
  await audit.record(
    work,
    'person.merged',
    { kind: 'person', id: survivorId, personId: survivorId, unitId: proposed.unitId },
    facts,
  )

  await change.insertHistory(work, survivorId, past, `${proposed.reason}: ${proposed.papers}`, 'person.merged')
  await change.rewriteNameWords(work, survivorId)
  await store.rewriteScopes(work, survivorId)
  await links.refreshLinkRecords(work, [survivorId, ...(await childrenLinkedTo(work, survivorId))])
  await store.sealRows(work, id)
  return getMerge(work, id)
}

/** What the record that ends said otherwise: every past value is kept (LCC Art. 8(6)). */
async function pastValues(
  work: Work,
  survivorId: PersonId,
  mergedId: PersonId,
  kept: string | undefined,
): Promise<change.PastValue[]> {
  const [now, before] = [await currentValues(work, survivorId), await currentValues(work, mergedId)]
  const differing = Object.entries(before ?? {}).flatMap(([field, old]) => {
    const stays = now?.[field as keyof typeof now] ?? undefined
    return old === null || old === stays ? [] : [{ field: field as CorrectionField, old, new: stays }]
  })
  const numbers = await store.numbersInForce(work, [survivorId, mergedId])
  const lost = [...numbers.values()].filter(one => one !== kept)
  return [...(await writtenValues(work, differing)), ...lost.map(old => ({ field: 'number', old, new: kept }))]
}

/** Keeps what stands of both, so that it can be put back. A consequence of `person.merged`. */
export const keepRecords =
  (tables: readonly PersonTable[]) =>
  (work: Work, { facts }: Deed): Promise<void> =>
    store.keepRows(work, (facts as MergedRecords).merge, tables)

/**
 * Moves every row that names the record that ends. Before, the other number is cancelled, and of two residences or
 * households in force the surviving record's stays. A consequence of `person.merged`.
 */
export async function moveRecords(work: Work, { facts }: Deed): Promise<void> {
  const { merge, survivor, merged, numberOf } = facts as MergedRecords
  const numbers = await store.numbersInForce(work, [survivor, merged])
  const kept = numbers.get(numberOf)
  const loser = numberOf === survivor ? merged : survivor
  if (kept && numbers.has(loser)) await store.cancelNumberOfMerged(work, loser, kept)
  await store.endDoubles(work, survivor, merged)
  await store.dropLinkRecord(work, merged)
  await store.moveRows(work, merge)
}

/** A second officer finds that they are two people, or that the papers do not show it. Throws as `acceptMerge` does. */
export async function refuseMerge(
  work: Work,
  id: MergeId,
  { reason }: { readonly reason: string },
): Promise<RecordMerge> {
  if (reason.trim() === '') throw registerProblem('reason-needed')
  const proposed = await getMerge(work, id)
  await decideAsSecond(work, proposed, {
    survivor: proposed.personId,
    accepts: false,
    said: reason.trim(),
    undoUntil: work.today,
  })
  await audit.record(work, 'merge.refused', subjectOfMerge(proposed), { other: proposed.otherId })
  return getMerge(work, id)
}

/** The proposer takes it back while it waits. Throws merge-unknown, merge-closed, not-the-proposer. */
export async function withdrawMerge(work: Work, id: MergeId): Promise<RecordMerge> {
  const proposed = await getMerge(work, id)
  const outcome = await store.setMergeWithdrawn(work, id)
  if (outcome === 'another') throw registerProblem('not-the-proposer')
  if (outcome !== 'withdrawn') throw registerProblem(outcome === 'closed' ? 'merge-closed' : 'merge-unknown')
  await audit.record(work, 'merge.withdrawn', subjectOfMerge(proposed), { other: proposed.otherId })
  return getMerge(work, id)
}

/** What stands in the way of undoing: the tables in which something changed since. */
export const builtOn: (work: Work, id: MergeId) => Promise<string[]> = store.findBuiltOn

/**
 * Parts the records again: every row is put back as it was. Throws merge-unknown, merge-closed, merge-undo-over,
 * merge-built-on with what stands in the way, reason-needed.
 */
export async function undoMerge(
  work: Work,
  id: MergeId,
  { reason }: { readonly reason: string },
): Promise<RecordMerge> {
  if (reason.trim() === '') throw registerProblem('reason-needed')
  const merge = await getMerge(work, id)
  const { personId, otherId } = merge
  await store.holdPersons(work, [personId])
  const built = await store.findBuiltOn(work, id)
  if (built.length > 0) throw registerProblem('merge-built-on', { tables: built })
  const outcome = await store.putRowsBack(work, id, reason.trim())
  if (outcome === 'built') throw registerProblem('merge-built-on', { tables: await store.findBuiltOn(work, id) })
  if (outcome === 'over') throw registerProblem('merge-undo-over')
  if (outcome !== 'undone') throw registerProblem(outcome === 'closed' ? 'merge-closed' : 'merge-unknown')
  const children = [...(await childrenLinkedTo(work, personId)), ...(await childrenLinkedTo(work, otherId))]
  await links.refreshLinkRecords(work, [personId, otherId, ...new Set(children)])
  await audit.record(work, 'merge.undone', subjectOfMerge(merge), {
    merge: id,
    survivor: personId,
    merged: otherId,
    numberOf: personId,
  } satisfies MergedRecords)
  return getMerge(work, id)
}

/** After the last day on which a merge can be undone, nothing of the former records is kept beside the one. */
export const forgetMergedRows: (work: Work) => Promise<number> = store.forgetRows
