/**
 * The running totals that figures are read from. A person with a deed comes in through the recount queue
 * (recount-queue.ts). Decided here, from the facts alone: which campaigns have them as a member, and which milestones
 * they have since when. What goes out are milestones by person and balances by unit, band and day, each change with a
 * new edition. Every night all of it is compared with a count from nothing. Deed: figures.mended.
 */

import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import * as cards from '../../cards/cards.ts'
import * as outOfSchool from '../../out-of-school/out-of-school.ts'
import { asId, isId } from '../../platform/ids.ts'
import { asSystem, type OpenWork, type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as store from './store.ts'
import * as milestones from './store-milestone.ts'

/**
 * Above so many at once the totals of all campaigns are written from nothing: cheaper than what changed, person by
 * person.
 */
const wholeFrom = 200_000

/** As many as are counted in one work: a second's deeds many times over, in some hundred milliseconds. */
const atOnce = 20_000

const house = asSystem('statistics')

export type RecountStep = { readonly people: number; readonly edition: number | undefined; readonly more: boolean }

/**
 * Recounts the persons due: finds their memberships and milestones anew, and adds the differences to the running
 * totals. The result depends on the facts alone, so that repeating it, also after a kill, gives the same. Returns the
 * edition that began, where anything changed.
 */
export const recountDue = (openWork: OpenWork): Promise<RecountStep> => openWork(house, recountStep)

/** Counts until nobody is due: for commands. */
export async function recountAllDue(openWork: OpenWork): Promise<void> {
  for (;;) if (!(await recountDue(openWork)).more) return
}

/**
 * The same within a work, which keeps others from counting until it ends: what it reads then is of one state of
 * knowledge.
 */
export async function recountWithin(work: Work): Promise<void> {
  for (;;) if (!(await withHouseScope(work, recountStep)).more) return
}

/** What is still to be counted is, in the work that closes a campaign, before it is closed. */
export const recountBeforeClosing = (work: Work): Promise<void> => recountWithin(work)

/** How many wait to be counted; more than a thousand is not told exactly. */
export const countWaiting = store.countDuePersons

/** Whether anybody is to be counted, or what each person lacks is of another day. */
export const isAnyDue = async (work: Work): Promise<boolean> =>
  (await store.isAnyQueued(work)) ||
  (await outOfSchool.areChildrenBehind(work)) ||
  (await campaign.areNeedsBehind(work)) ||
  (await accounts.areQueueCountsBehind(work))

/** Keeps others from counting until the work ends, while it reads. */
export const holdKnowledge = store.holdKnowledge

/** What each person lacks is kept in the same step, of the same people. */
async function recountStep(work: Work): Promise<RecountStep> {
  await store.holdCounting(work)
  await followFromNowOn(work)
  const step = await countCampaigns(work)
  await outOfSchool.keepChildren(work)
  await campaign.keepNeeds(work)
  await accounts.keepQueueCounts(work)
  return step
}

/** Changes of the register are followed from the first count on, which reads everyone. */
async function followFromNowOn(work: Work): Promise<void> {
  if ((await store.markOf(work)) === undefined) await store.setMark(work, await register.currentMark(work))
}

async function countCampaigns(work: Work): Promise<RecountStep> {
  const sets = await store.takeDueSets(work)
  const taken = await store.takeDuePersons(work, atOnce)
  const begun = sets.filter(({ kind }) => kind === 'campaign')
  const isEveryone = sets.some(({ kind }) => kind === 'everyone')
  for (const set of sets) await addDueSet(work, set)
  const people = await store.analyzeDue(work)
  const open = (await campaign.listCampaigns(work)).filter(({ state }) => state === 'open')
  const fresh = open.filter(({ id }) => begun.some(({ subject_id }) => subject_id === id))
  const more = taken >= atOnce
  if (people === 0 && fresh.length === 0 && !isEveryone) return { people, edition: undefined, more }
  const edition = await campaign.beginEdition(work)
  // Those that are counted already come first: a campaign that begins finds what people have, and would hide what is
  // new of them.
  const known = open.filter(one => !fresh.includes(one))
  if (isEveryone) await recountEveryone(work, known, edition)
  else if (people > 0) await recountOpenCampaigns(work, known, edition)
  for (const one of fresh) await beginCounting(work, one, edition)
  return { people, edition, more }
}

async function addDueSet(work: Work, { kind, subject_id, at }: store.DuePersonSet): Promise<void> {
  if (kind === 'cards' || kind === 'accounts') await store.addMovedAt(work, kind, at)
  if (kind === 'school' && subject_id && isId(subject_id)) {
    await store.addSchool(work, asId<'school'>(subject_id))
    await store.addMembers(work, await campaign.campaignsByRelation(work))
  }
  if (kind === 'register') await followRegister(work)
}

/** Queues persons who changed in the register since the last reading, in steps. */
async function followRegister(work: Work): Promise<void> {
  const since = await store.markOf(work)
  if (since === undefined) return
  let [kept, isSettled] = [since, true]
  for (let place = since, more = true; more; ) {
    const page = await register.findChangedSince(work, place, 10_000)
    await store.addPersonsAndKin(work, page.personIds)
    if (isSettled) kept = page.settledTo
    isSettled &&= page.settledTo === page.next
    ;({ next: place, more } = page)
  }
  await store.setMark(work, kept)
}

/** A campaign's first count: everyone it means, and what they have. Nothing was counted of it before. */
async function beginCounting(work: Work, openedCampaign: campaign.Campaign, edition: number): Promise<void> {
  await campaign.updateMembers(work, openedCampaign, edition, 'everyone')
  if (!(await campaign.areMembersFrozen(work, openedCampaign.id))) await campaign.freezeMembers(work, openedCampaign.id)
  await store.analyzeCounts(work)
  await milestones.findMilestones(work, cards.lawOf(work.today, work), 'new')
  await milestones.writeMilestones(work, edition)
  await store.analyzeCounts(work)
  await store.writeBalances(work, openedCampaign.id)
  await store.analyzeCounts(work)
}

/**
 * Counts everyone anew: where units or schools changed, anybody may belong elsewhere. Gives how many differed, by
 * campaign.
 */
async function recountEveryone(
  work: Work,
  open: readonly campaign.Campaign[],
  edition: number,
): Promise<Map<string, number>> {
  const differed = new Map<string, number>()
  for (const one of open) differed.set(one.id, await campaign.updateMembers(work, one, edition, 'everyone'))
  await milestones.findMilestones(work, cards.lawOf(work.today, work), 'everyone')
  await milestones.writeMilestones(work, edition)
  for (const { id } of open) {
    differed.set(id, (differed.get(id) ?? 0) + (await milestones.countChangedIn(work, id, edition)))
    await store.writeBalances(work, id)
  }
  return differed
}

/** Counts those of `due_person` anew in the campaigns that are open already. */
async function recountOpenCampaigns(work: Work, open: readonly campaign.Campaign[], edition: number): Promise<void> {
  const many = (await store.analyzeDue(work)) > wholeFrom
  if (!many) await store.takeCounts(work, 'before_count')
  for (const one of open) await campaign.updateMembers(work, one, edition, 'due')
  await milestones.findMilestones(work, cards.lawOf(work.today, work), 'due')
  await milestones.writeMilestones(work, edition)
  if (many) for (const { id } of open) await store.writeBalances(work, id)
  else {
    await store.takeCounts(work, 'after_count')
    if ((await store.findDeltas(work)) > 0) await store.foldDeltas(work)
  }
  await milestones.dropMilestonesOfMerged(work, edition)
}

export type RecountResult = { readonly campaign: string; readonly differed: number; readonly totals: number }

/**
 * Counts everyone of every open campaign anew from the facts, each night, and compares: `differed` = people whose
 * membership or milestones were not as the facts are (their deeds were not followed), `totals` = cells of the running
 * totals that were not their sums. What differs is mended and recorded; nothing is recorded where all was as it must
 * be.
 */
export async function verifyCounts(openWork: OpenWork): Promise<RecountResult[]> {
  await recountAllDue(openWork)
  await openWork(house, countEndedTerms)
  await openWork(house, verifyKept)
  return openWork(house, async work => {
    await store.holdCounting(work)
    const edition = await campaign.beginEdition(work)
    const open = (await campaign.listCampaigns(work)).filter(({ state }) => state === 'open')
    const totals = new Map<string, number>()
    for (const { id } of open) totals.set(id, (await store.discrepancies(work, id)).length)
    const differed = await recountEveryone(work, open, edition)
    const told: RecountResult[] = []
    for (const { id, name, unitId } of open) {
      const found = { campaign: name, differed: differed.get(id) ?? 0, totals: totals.get(id) ?? 0 }
      told.push(found)
      if (found.differed + found.totals === 0) continue
      await audit.record(
        work,
        'figures.mended',
        { kind: 'campaign', id, unitId },
        { differed: found.differed, totals: found.totals },
      )
    }
    return told
  })
}

/** What each person lacks, and whose roll a child is on, are compared with the facts in the same way. */
async function verifyKept(work: Work): Promise<void> {
  await store.holdCounting(work)
  await store.takeDuePersons(work, 0)
  const found = {
    children: await outOfSchool.verifyChildren(work),
    needs: await campaign.verifyNeeds(work),
    'account-queues': await accounts.verifyQueueCounts(work),
  }
  for (const [kind, { differed, totals }] of Object.entries(found))
    if (differed + totals > 0) await audit.record(work, 'figures.mended', { kind, id: work.id }, { differed, totals })
}

/** Cards whose term ended since: no deed records it, so the day decides. */
async function countEndedTerms(work: Work): Promise<void> {
  await store.holdCounting(work)
  await store.takeDuePersons(work, 0)
  await store.addEndedTerms(work)
  if ((await store.analyzeDue(work)) === 0) return
  const open = (await campaign.listCampaigns(work)).filter(({ state }) => state === 'open')
  await recountOpenCampaigns(work, open, await campaign.beginEdition(work))
}
