import * as campaign from '../../campaign/campaign.ts'
import * as outOfSchool from '../../out-of-school/out-of-school.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Deed, Work } from '../../platform/work.ts'
import * as store from './store.ts'

/**
 * Queues the person of a deed for a recount. The row is written in the deed's own work, so that no deed is lost and
 * none counted that did not happen. No job is queued, since all deeds would wait for each other at its row; the process
 * that runs jobs looks every second (`keepCounting`).
 */
export async function queuePerson(work: Work, deed: Deed): Promise<void> {
  const { personId } = deed.subject
  if (!personId) return
  await store.insertDuePerson(work, { id: deed.id, personId, deed: deed.deed })
  await campaign.queueNeedsOf(work, personId)
}

/** Two records that were merged, or parted again: both are counted anew. */
export async function queueMerged(work: Work, { deed, facts }: Deed): Promise<void> {
  const { survivor, merged } = facts as { survivor: Id<'person'>; merged: Id<'person'> }
  for (const personId of [survivor, merged]) {
    await store.insertDuePerson(work, { id: newId<'deed'>(work.now), personId, deed })
    await campaign.queueNeedsOf(work, personId)
  }
  await outOfSchool.queueChildren(work)
}

const queueSet =
  (kind: store.DuePersonSet['kind'], subjectOf: (deed: Deed) => string | null) => (work: Work, deed: Deed) =>
    store.insertDueSet(work, deed.id, kind, subjectOf(deed))

/** An import is one deed: everyone whose cards, accounts or records it moved is counted anew. */
export const queueCardHolders = queueSet('cards', () => null)
export const queueAccountHolders = queueSet('accounts', () => null)
export async function queueRegisterChanges(work: Work, deed: Deed): Promise<void> {
  await store.insertDueSet(work, deed.id, 'register', null)
  await outOfSchool.queueChildren(work)
}
/** A roll that was compared: its school's pupils, those it had before, and their parents. */
export async function queueSchool(work: Work, deed: Deed): Promise<void> {
  await store.insertDueSet(work, deed.id, 'school', deed.subject.unitId ?? null)
  await campaign.queueNeedsOfSchool(work, deed)
  await outOfSchool.queueChildren(work, deed.subject.unitId)
}
/** A campaign that begins: everyone it means. */
export const queueCampaign = queueSet('campaign', ({ subject }) => subject.id)
/** Units or schools changed: anybody may belong elsewhere. */
export const queueEveryone = queueSet('everyone', () => null)
