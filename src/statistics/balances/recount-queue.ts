import type { Deed, Work } from '../../platform/work.ts'
import * as store from './store.ts'

/**
 * A deed done to a person: they are counted anew, from what is so then. Written in the deed's own work, so that none is
 * lost and none counted that did not happen. No job is queued: all deeds would wait for each other at its row. Whoever
 * runs the jobs looks every second (`keepCounting`).
 */
export async function countPerson(work: Work, deed: Deed): Promise<void> {
  const { personId } = deed.subject
  if (personId) await store.insertDue(work, { id: deed.id, personId, deed: deed.deed })
}

const countSet = (kind: store.DueSet['kind'], subjectOf: (deed: Deed) => string | null) => (work: Work, deed: Deed) =>
  store.insertDueSet(work, deed.id, kind, subjectOf(deed))

/** An import is one deed: everyone whose cards, accounts or records it moved is counted anew. */
export const countCards = countSet('cards', () => null)
export const countAccounts = countSet('accounts', () => null)
export const countRegister = countSet('register', () => null)
/** A roll that was compared: its school's pupils, those it had before, and their parents. */
export const countSchool = countSet('school', ({ subject }) => subject.unitId ?? null)
/** A campaign that begins: everyone it means. */
export const countCampaign = countSet('campaign', ({ subject }) => subject.id)
/** Units or schools changed: anybody may belong elsewhere. */
export const countEveryone = countSet('everyone', () => null)
