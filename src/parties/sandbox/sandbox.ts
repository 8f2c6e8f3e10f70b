/**
 * The sandbox: invented people, as whom engineers sign in to sandbox clients; live clients refuse them.
 * Input: a file of numbers, or everyone of a demonstration. Decided of each person whether they may be invented: a
 * person who has or had a residence counts as real. Other contexts ask by person who is invented.
 * Deed: sandbox-people.marked.
 */

import * as audit from '../../audit/audit.ts'
import { parseNumber } from '../../names/numbers/numbers.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type * as units from '../../units/units.ts'
import * as store from './store.ts'

export const sandboxColumns = ['person_number'] as const

/** Marks people of the register as invented. Gives how many were not marked before. */
export async function markSandboxPeople(
  work: Work,
  personIds: readonly register.PersonId[] | 'everyone',
  facts: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  const added = await store.insertSandboxPeople(work, personIds)
  const subject = { kind: 'sandbox', id: newId<'sandbox'>(work.now) }
  await audit.record(work, 'sandbox-people.marked', subject, { ...facts, added, everyone: personIds === 'everyone' })
  return added
}

type InventedPerson = { readonly personId: register.PersonId } | { readonly reason: string }

/** A person who lives nowhere is in no list, cohort or figure of a unit; a real one would be missed there. */
async function findInventedPerson(work: Work, text: string): Promise<InventedPerson> {
  if (parseNumber(text).kind !== 'number') return { reason: 'number-malformed: a number has twelve digits' }
  const found = await register.findByNumber(work, text)
  if (!found)
    return { reason: 'person-unknown: nobody in the register has this number; import the invented people first' }
  if (found.cancelled) return { reason: 'number-cancelled: give the number that is in force' }
  const { residences } = await register.getPerson(work, found.id)
  if (residences.length > 0)
    return { reason: 'person-lives-somewhere: whoever has a residence is counted, and taken to be real' }
  return { personId: found.id }
}

/**
 * Marks the people whose numbers a file has as invented. Wrong rows are reported with their reason, right ones count,
 * and importing again changes nothing. A person who has or had a residence is refused, so that a typing mistake does
 * not shut a real person out of all live clients.
 */
export async function importSandboxPeople(
  work: Work,
  rows: units.ImportRows,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<units.ReferenceImport> {
  const rejected: { readonly line: number; readonly reason: string }[] = []
  const good = new Set<register.PersonId>()
  let read = 0
  for await (const { line, values } of rows) {
    read += 1
    const found = values
      ? await findInventedPerson(work, values['person_number'] ?? '')
      : { reason: 'row-broken: this line has not the columns of the header' }
    if ('reason' in found) rejected.push({ line, reason: found.reason })
    else if (good.has(found.personId))
      rejected.push({ line, reason: 'person-twice: the same person stands on an earlier line' })
    else good.add(found.personId)
  }
  const added = good.size > 0 ? await markSandboxPeople(work, [...good], facts) : 0
  return { read, added, changed: 0, unchanged: good.size - added, rejected }
}

/** Whether a person is invented. Sandbox clients accept nobody else. */
export const isSandboxPerson: (work: Work, personId: register.PersonId) => Promise<boolean> = store.findSandboxPerson
/** Which of some people are invented. */
export const sandboxPeople: (work: Work, personIds: readonly register.PersonId[]) => Promise<ReadonlySet<string>> =
  store.findSandboxPeople
