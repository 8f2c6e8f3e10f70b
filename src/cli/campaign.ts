import { readFile } from 'node:fs/promises'
import * as campaign from '../campaign/campaign.ts'
import { splitWays } from '../campaign/targets/contract.ts'
import { asOperator } from '../open-house.ts'
import { printAnswer, WrongUsage } from '../platform/terminal.ts'
import * as statistics from '../statistics/statistics.ts'
import type { Invocation } from './invocation.ts'

const authority = asOperator('campaign')

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw campaign.definitionProblem('campaign-malformed', {
      faults: [`the file is not JSON: ${error instanceof Error ? error.message : error}`],
    })
  }
}

/** `campaign create F.json`: creates the campaign, and counts its members and their needs. */
export async function campaignCreate({ house, positionals: [file], json }: Invocation): Promise<void> {
  if (!file) throw new WrongUsage('campaign create needs the JSON file that describes it')
  const text = await readFile(file, 'utf8').catch(error => {
    throw new WrongUsage(`${file} cannot be read: ${error.code}`)
  })
  const given = parseJson(text)
  const made = await house.openWork(authority, work => campaign.create(work, given))
  await statistics.recountAllDue(house.openWork)
  const sheet = await house.openWork(authority, work => statistics.readQuickSheet(work, campaign.asCampaignId(made.id)))
  const { members, cumulative, target } = sheet.whole
  await printAnswer(
    json,
    { ...made, members },
    `${made.title} (${made.name}), ${made.unit.name}: ${members} people meant; ${sheet.metric} ` +
      `${cumulative}${target === null ? '' : ` of ${target}`} by ${sheet.day}`,
  )
}

/** `campaign list`: what campaigns there are. */
export async function campaignList({ house, json }: Invocation): Promise<void> {
  const campaigns = await house.openWork(authority, campaign.listCampaignShapes)
  const words = campaigns.map(
    ({ name, title, unit, startsOn, state }) =>
      `  ${name.padEnd(28)} ${state.padEnd(7)} ${startsOn}  ${unit.name}: ${title}`,
  )
  await printAnswer(json, { campaigns }, words.join('\n') || 'There is no campaign yet: campaign create F.json')
}

/**
 * `campaign hand-down NAME`: hands the campaign's own batch down to districts and communes, in whole shares that sum to
 * it.
 */
export async function campaignHandDown({ house, positionals: [name], values, json }: Invocation): Promise<void> {
  if (!name) throw new WrongUsage('campaign hand-down needs the name of the campaign')
  const by = splitWays.find(way => way === (values['by'] ?? 'cohort'))
  if (!by) throw new WrongUsage(`--by is one of ${splitWays.join(', ')}`)
  const { metric: asked, batch = '1', 'issued-by': issuedBy } = values
  if (typeof issuedBy !== 'string' || issuedBy.trim() === '')
    throw new WrongUsage('--issued-by names the commander who answers for it')
  await statistics.recountAllDue(house.openWork)
  const issued = await house.openWork(authority, async work => {
    const one = await campaign.getCampaignByName(work, name)
    const metric = asked === undefined ? one.metrics[0] : campaign.metrics.find(known => known === asked)
    if (!metric) throw new WrongUsage(`there is no metric ${asked}`)
    return statistics.handDownTargets(work, one, { metric, batch: String(batch), by, issuedBy })
  })
  await printAnswer(
    json,
    { campaign: name, issued },
    `handed down, by level: ${issued.join(', ') || 'nothing, since the campaign’s unit has no such batch'}`,
  )
}
