import { writeFile } from 'node:fs/promises'
import * as campaign from '../campaign/campaign.ts'
import { asOperator } from '../open-house.ts'
import * as planning from '../planning/planning.ts'
import { type Day, parseDay } from '../platform/day.ts'
import { asId, isId } from '../platform/ids.ts'
import { escapedForTerminal, printAnswer, progressOn, WrongUsage } from '../platform/terminal.ts'
import * as statistics from '../statistics/statistics.ts'
import * as units from '../units/units.ts'
import type { Invocation } from './invocation.ts'
import { differenceLines } from './plan/difference-answer.ts'
import { readEventWords, withIds } from './plan/event-words.ts'
import { replanLimit } from './plan/plan-replan.ts'

const authority = asOperator('campaign')

type Values = Invocation['values']

function dayNamed(values: Values, name: string): Day {
  const said = values[name]
  const day = typeof said === 'string' ? parseDay(said) : undefined
  if (!day) throw new WrongUsage(`--${name} takes a day such as 2023-04-24`)
  return day
}

function numberOption(values: Values, name: string): number | undefined {
  const said = values[name]
  if (said === undefined) return undefined
  if (typeof said !== 'string' || !/^\d{1,9}$/.test(said)) throw new WrongUsage(`--${name} takes a whole number`)
  return Number(said)
}

/** `--overtime 2023-04-22,2023-04-29,evenings`: days, and the evening of each working day; else none. */
export function overtimeOption(values: Values): planning.OvertimeOrder {
  const said = values['overtime']
  if (typeof said !== 'string' || said === 'none') return planning.noOvertime
  const parts = said.split(',').map(part => part.trim())
  const days = parts.flatMap(part => {
    const day = parseDay(part)
    if (!day && part !== 'evenings')
      throw new WrongUsage('--overtime takes days such as 2023-04-22,2023-04-29, the word evenings, or none')
    return day ? [day] : []
  })
  return { days, evenings: parts.includes('evenings') }
}

const writeJson = (file: string, document: unknown) => writeFile(file, `${JSON.stringify(document, null, 1)}\n`)

/** `campaign plan NAME`: which team goes where on which day, from what the house knows (docs/planning.md). */
export const campaignPlan = (invocation: Invocation): Promise<void> => planCampaign(invocation)

/** The same by another solver: a script that exports `solve`. */
export async function planCampaign(invocation: Invocation, solver?: URL): Promise<void> {
  const {
    house,
    positionals: [name],
    values,
    json,
  } = invocation
  if (!name) throw new WrongUsage('campaign plan needs the name of the campaign (campaign list tells the names)')
  const [from, to, overtime] = [dayNamed(values, 'from'), dayNamed(values, 'to'), overtimeOption(values)]
  const [seconds, work] = [numberOption(values, 'seconds'), numberOption(values, 'work')]
  if (seconds !== undefined && work !== undefined) throw new WrongUsage('either --seconds or --work, not both')
  const seed = numberOption(values, 'seed') ?? 1

  await statistics.recountAllDue(house.openWork)
  const { instance, notes } = await house.openWork(authority, async opened => {
    const one = await campaign.getCampaignByName(opened, name)
    const unit = typeof values['unit'] === 'string' ? await units.findUnitOn(opened, values['unit'], from) : undefined
    if (values['unit'] !== undefined && !unit) throw new WrongUsage(`no unit ${values['unit']} stands on ${from}`)
    return planning.buildInstanceWithNotes(opened, { campaign: one, unitId: unit?.id, from, to, overtime })
  })
  if (typeof values['instance'] === 'string') await writeJson(values['instance'], instance)

  const limit = work === undefined ? { seconds: seconds ?? planning.longestSolving.usualSeconds } : { work }
  const progress = progressOn()
  const plan = await planning.solveInThread(
    instance,
    { seed, ...limit, onProgress: ({ share = 0 }) => progress(share, 1, 'solving') },
    solver,
  )
  if (typeof values['out'] === 'string') await writeJson(values['out'], plan)
  const { objective, bound, gap, late } = plan
  await printAnswer(json, { campaign: name, from, to, objective, bound, gap, late, notes }, summaryOf(plan, notes))
}

type SolvedPlan = Awaited<ReturnType<typeof planning.solveInThread>>

function summaryOf({ objective, bound, gap, routes }: SolvedPlan, notes: planning.InstanceNotes): string {
  const sessions = routes.flatMap(route => route.sessions)
  const served = sessions.flatMap(({ serves }) => serves).reduce((sum, { people }) => sum + people, 0)
  const { total, latePeople, unservedPeople, travelMinutes, overtimeMinutes, movedSessions, km } = objective
  const { measured } = notes
  return [
    `${sessions.length} sessions on ${routes.length} routes: ${served} people served, ${latePeople} late, ` +
      `${unservedPeople} of them not at all`,
    `objective ${total} officer-minutes: ${travelMinutes} travel, ${overtimeMinutes} overtime, ${movedSessions} ` +
      `announced sessions not kept; ${km} km`,
    ...(bound ? [`no plan is below ${bound.total}, and none has fewer than ${bound.latePeople} people late`] : []),
    ...(gap === undefined ? [] : [`gap ${(gap * 100).toFixed(1)} %`]),
    `ways: ${notes.toldWays.length} told by files, ${notes.estimatedWays} estimated from the map`,
    `pace: ${measured.minutes.length} kinds of site and ${measured.kits.length} kits measured in ` +
      `${notes.heldSessions} closed sessions, the rest assumed`,
    ...(notes.elsewhere > 0 ? [`${notes.elsewhere} people in need live in none of these units`] : []),
    ...(notes.sitesToEnter.length > 0 ? [`${notes.sitesToEnter.length} sites are no sites of the house yet`] : []),
    ...(notes.teamsLeftOut.length > 0
      ? [`teams without an officer in these days: ${notes.teamsLeftOut.join(', ')}`]
      : []),
    ...(notes.notAnnounced.length > 0
      ? [`sessions that stand and are not planned with: ${notes.notAnnounced.join(', ')}`]
      : []),
  ].join('\n')
}

/**
 * `campaign replan NAME --event E`: the plan in force after what happened, and what it has beside it. Nothing is kept;
 * a draft that can be accepted is made in the console.
 */
export async function campaignReplan({ house, positionals: [name], values, json }: Invocation): Promise<void> {
  if (!name) throw new WrongUsage('campaign replan needs the name of the campaign (campaign list tells the names)')
  const limits = replanLimit(values, 'campaign replan')
  const said = values['plan']
  if (said !== undefined && !(typeof said === 'string' && isId(said)))
    throw new WrongUsage('--plan takes the id of a plan')
  const asked = readEventWords(values['event'])

  await statistics.recountAllDue(house.openWork)
  const begun = await house.openWork(authority, async opened => {
    const one = await campaign.getCampaignByName(opened, name)
    const id = said === undefined ? await planning.getPlanInForce(opened, one.id) : asId<'plan'>(said)
    return planning.readReplan(opened, id, instance => asked.map(event => withIds(instance, event)))
  })
  const { instance: before, plan: inForce, events, kept } = begun
  const { instance, plan, difference } = await planning.makePlanAgain(before, inForce, events, {
    ...limits,
    announced: 'instance',
  })
  if (typeof values['instance'] === 'string') await writeJson(values['instance'], instance)
  if (typeof values['out'] === 'string') await writeJson(values['out'], plan)
  const { objective } = plan
  await printAnswer(
    json,
    { campaign: name, basedOn: kept.id, from: begun.from, to: kept.to, events, objective, difference },
    differenceLines(difference).map(escapedForTerminal).join('\n'),
  )
}
