import type { Static } from 'typebox'
import * as campaign from '../campaign/campaign.ts'
import { asDay, type Day, dayBefore } from '../platform/day.ts'
import { requestProblem } from '../platform/http/problems.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import type { quickStatistics } from './contract.ts'
import { statisticsProblem } from './problems.ts'

export type FigureParams = Partial<NonNullable<Static<NonNullable<typeof quickStatistics.query>>>>

/** A query for a figure: campaign, unit, metric, day and band, on which map, as known in which edition. */
export type FigureQuery = {
  readonly campaign: campaign.Campaign
  readonly unit: units.UnitRecord
  readonly metric: campaign.Metric
  readonly day: Day
  /** The first of the days that count as new; the day itself where none is given. */
  readonly first: Day
  readonly map: string
  readonly mapDay: Day
  readonly band: number
  /** Undefined = as known now. */
  readonly edition: number | undefined
  readonly tree: UnitTree
}

/** The campaign's units on a map: who stands below whom, and for which of them each unit as written counts. */
export type UnitTree = {
  readonly written: ReadonlyMap<string, string>
  readonly standing: ReadonlyMap<string, units.Unit>
  childrenOf(unitId: string): readonly units.Unit[]
  /** The unit itself and those above it, within the campaign. */
  lineOf(unitId: string): readonly string[]
}

export async function readUnitTree(work: Work, treeCampaign: campaign.Campaign, mapDay: Day): Promise<UnitTree> {
  const written = await units.homesOn(work, treeCampaign.unitId, mapDay)
  const standing = new Map((await units.unitsOn(work, mapDay)).map(unit => [unit.id as string, unit]))
  const children = Map.groupBy(standing.values(), ({ parentId }) => (parentId ?? '') as string)
  return {
    written,
    standing,
    childrenOf: unitId => children.get(unitId) ?? [],
    lineOf(unitId) {
      const line: string[] = []
      for (let at = standing.get(unitId); at; at = at.parentId && standing.get(at.parentId)) line.push(at.id)
      return line
    },
  }
}

/** The units as written that count for a unit. */
export const unitsWrittenIn = (tree: UnitTree, unitId: Id<'unit'>): string[] =>
  [...tree.written].flatMap(([id, home]) => (home === unitId || tree.lineOf(home).includes(unitId) ? [id] : []))

/**
 * Reads what is asked; refuses days without figures and units that are not the asker's, do not stand then, or take no
 * part.
 */
export async function readFigureQuery(work: Work, id: campaign.CampaignId, query: FigureParams): Promise<FigureQuery> {
  const one = await campaign.getCampaign(work, id)
  refuseResidents(work, one)
  const day = figureDay(work, one, query)
  const first = query.from ? asDay(query.from) : day
  if (first > day) throw statisticsProblem('figure-day-unknown', { from: first, to: day })
  // A campaign of a unit that was abolished is shown on the last map that had it.
  const shownOn = await campaign.lastStandingDay(work, one, day)
  const own = units.mapOn(shownOn)
  const map = query.map ?? own
  const mapDay = map === own ? shownOn : units.figureDayOf(map)
  if (!mapDay) throw requestProblem('input-invalid', { wrong: [{ field: 'map', should: 'be one of /api/maps' }] })
  const tree = await readUnitTree(work, one, mapDay)
  const unit = await figureUnit(work, one, tree, query)
  const metric = query.metric ?? one.metrics[0] ?? 'account-activated'
  const band = query.band ?? 0
  if (band !== 0 && !(await campaign.bandNamesOf(work, id)).some(part => part.band === band))
    throw statisticsProblem('figure-part-unknown', { band })
  return { campaign: one, unit, metric, day, first, map, mapDay, band, edition: query.edition, tree }
}

/** Whose scope is schools sees no figure of residents. */
function refuseResidents(work: Work, one: campaign.Campaign): void {
  if (!campaign.seesFiguresOf(work, one)) throw statisticsProblem('figure-unit-outside', { basis: one.basis })
}

function figureDay(work: Work, one: campaign.Campaign, { day: wantedDay }: FigureParams): Day {
  if (wantedDay === undefined) return work.today
  const day = asDay(wantedDay)
  const from = dayBefore(one.startsOn)
  if (day > work.today || day < from) throw statisticsProblem('figure-day-unknown', { from, to: work.today })
  return day
}

async function figureUnit(
  work: Work,
  one: campaign.Campaign,
  tree: UnitTree,
  { unit: wantedUnit }: FigureParams,
): Promise<units.UnitRecord> {
  const takesPart = (id: string) => tree.lineOf(id).includes(one.unitId)
  const own = work.unitId
  // One's own unit, or the campaign's for whoever is above it; a unit that does not stand on the map is not told of as
  // if it were the campaign's.
  const chosen = wantedUnit ?? (own && (takesPart(own) || !tree.standing.has(own)) ? own : one.unitId)
  const unit = await units.getUnit(work, chosen)
  if (!(await campaign.isOwnUnit(work, unit.id))) throw statisticsProblem('figure-unit-outside', { unit: unit.code })
  if (!tree.standing.has(unit.id)) throw statisticsProblem('figure-unit-gone', { unit: unit.code })
  if (!takesPart(unit.id)) throw statisticsProblem('figure-unit-outside', { unit: unit.code })
  return unit
}
