/**
 * How many accounts of each commune are alike in what queues depend on, counted beforehand, so that telling how many
 * wait in each queue need not read everybody's account (ADR 24). Deeds come in, and say whose accounts or residences
 * they touched; the communes of these are read from the accounts until they are counted anew. Counts a commune go out,
 * to the queues. Statistics counts them in the same step as its own.
 */
import type { Id } from '../../platform/ids.ts'
import type { Deed, Work } from '../../platform/work.ts'
import { queueCountAgain } from '../store.ts'
import * as store from './store-queue-counts.ts'

/** Somebody lives elsewhere than before. */
export async function followResidence(work: Work, { subject }: Deed): Promise<void> {
  if (subject.personId) await queueCountAgain(work, subject.personId)
}

/** Two records that were merged, or parted again. */
export async function followMergedResidence(work: Work, { facts }: Deed): Promise<void> {
  const { survivor, merged } = facts as { survivor: Id<'person'>; merged: Id<'person'> }
  await queueCountAgain(work, survivor, merged)
}

/** An import is one deed: all are counted anew. */
export const recountAllQueues = (work: Work): Promise<void> => store.insertDueEverywhere(work)

/** Whether a commune waits to be counted, or nothing has been counted yet. */
export const areQueueCountsBehind = (work: Work): Promise<boolean> => store.isCountDue(work)

/** Counts anew the communes that deeds touched; all, where nothing was counted. */
export async function keepQueueCounts(work: Work): Promise<void> {
  const units = await store.takeDueUnits(work)
  if (units === 'every' || units.length > 0) await store.countUnits(work, units)
}

/** Counts all anew and compares: in how many communes something else had been kept. What differs is mended. */
export async function verifyQueueCounts(work: Work): Promise<{ readonly differed: number; readonly totals: number }> {
  await keepQueueCounts(work)
  const totals = await store.countDifferingUnits(work)
  await store.countUnits(work, 'every')
  return { differed: 0, totals }
}
