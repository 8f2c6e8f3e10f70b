import * as audit from '../../audit/audit.ts'
import type { Work } from '../../platform/work.ts'
import { type Campaign, type CampaignId, getCampaign } from './campaigns.ts'
import { definitionProblem } from './problems.ts'
import * as store from './store.ts'
import { findFirstPage, putFirstPage } from './store-first-page.ts'

/**
 * Which campaign the first page of a unit shows. In: the campaigns whose figures the actor sees. Decided: the one that
 * the unit chose; where it chose none, or that one is closed, the one that has run longest among those whose last day
 * is to come, so that a new campaign takes over nobody's page. Out: that campaign, and a fresher one to offer. Deed:
 * first-page.chosen.
 */

export type FirstPage = { readonly campaign: CampaignId | null; readonly fresher: CampaignId | null }

export async function readFirstPage(work: Work, seen: readonly Campaign[]): Promise<FirstPage> {
  const open = seen.filter(({ state }) => state === 'open').toSorted((a, b) => (a.madeAt < b.madeAt ? -1 : 1))
  const chosen = work.unitId && (await findFirstPage(work, work.unitId))
  const kept = chosen && open.find(({ id }) => id === chosen.campaignId)
  const first = kept ?? (await longestRunning(work, open)) ?? open.at(-1)
  if (!first) return { campaign: null, fresher: null }
  const since = kept && chosen ? chosen.chosenAt : first.madeAt
  const latest = open.at(-1)
  const isFresher = latest && latest.id !== first.id && latest.madeAt > since
  return { campaign: first.id, fresher: isFresher ? latest.id : null }
}

async function longestRunning(work: Work, open: readonly Campaign[]): Promise<Campaign | undefined> {
  const deadlines = await store.deadlinesOfMany(
    work,
    open.map(({ id }) => id),
  )
  return open.find(({ id }) => {
    const days = (deadlines.get(id) ?? []).map(({ on }) => on)
    return days.length === 0 || days.some(on => on >= work.today)
  })
}

/** The actor's unit chooses the campaign of its first page; choosing the same again keeps it, and offers no other. */
export async function chooseFirstPage(work: Work, id: CampaignId): Promise<void> {
  const campaign = await getCampaign(work, id)
  if (campaign.state === 'closed') throw definitionProblem('campaign-closed')
  if (!work.unitId) throw definitionProblem('campaign-unknown')
  await putFirstPage(work, work.unitId, id)
  await audit.record(work, 'first-page.chosen', { kind: 'campaign', id, unitId: work.unitId })
}
