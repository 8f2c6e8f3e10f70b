import * as campaign from '../campaign/campaign.ts'
import * as cards from '../cards/cards.ts'
import * as enrolment from '../enrolment/enrolment.ts'
import { hotline } from '../names/hotline.ts'
import * as planning from '../planning/planning.ts'
import { asDay } from '../platform/day.ts'
import type { Language } from '../platform/pages/html.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import type { Audience } from './activity.ts'
import type { MaterialKind } from './contract.ts'
import { lastDayTold, mostSessionsTold } from './law.ts'
import { type Material, type MaterialFacts, writeMaterial } from './material.ts'
import { awarenessProblem } from './problems.ts'

/** The facts of a campaign that a leaflet of a commune, or of a school, tells: days, places, hours. No person. */

export type MaterialQuery = {
  readonly campaign: campaign.CampaignId
  readonly kind: MaterialKind
  readonly audience: Audience
  readonly unit?: units.UnitId | undefined
  readonly school?: units.SchoolId | undefined
  readonly language?: Language | undefined
}

/** The commune of the leaflet: of the school, the named one, or one's own. */
async function communeOf(work: Work, { unit, school }: MaterialQuery): Promise<units.UnitId> {
  const unitId = school ? (await units.getSchool(work, school)).unitId : (unit ?? work.unitId)
  if (!unitId || !(await campaign.isOwnUnit(work, unitId))) throw awarenessProblem('activity-place-refused')
  if (school && !isOwnSchool(work, school, unitId)) throw awarenessProblem('activity-place-refused', { place: school })
  return unitId
}

const isOwnSchool = ({ scope }: Work, school: units.SchoolId, unitId: units.UnitId) =>
  scope === 'house' || (scope !== 'none' && (scope.units.includes(school) || scope.units.includes(unitId)))

async function factsOf(work: Work, query: MaterialQuery, unitId: units.UnitId): Promise<MaterialFacts> {
  const { days } = await campaign.listSafeDays(work, { unit: unitId, campaign: query.campaign })
  const sessions = await planning.publicSessionsIn(work, [unitId], {
    from: work.today,
    to: lastDayTold(work.today),
  })
  const { name: police, seat } = await units.letterheadOf(work, unitId, work.today)
  const [commune = seat] = seat.split(',')
  return {
    place: query.school ? (await units.getSchool(work, query.school)).name : commune,
    police,
    age: cards.ageWhenDue(work.today, work),
    safeDays: days
      .filter(({ lastSafeOn }) => lastSafeOn >= work.today)
      .map(({ officeOn, by, ...one }) => ({ ...one, officeOn: asDay(officeOn), by: asDay(by) })),
    sessions: sessions
      .flatMap(({ kind, schoolId, state, ...one }) =>
        kind !== 'counter' && state !== 'closed' && (schoolId === null || !query.school || schoolId === query.school)
          ? [{ ...one, kind }]
          : [],
      )
      .slice(0, mostSessionsTold),
    hours: await planning.getWorkingHours(work, unitId, work.today),
    isFirstFree: enrolment.isFirstCardFree(work.today, work),
    hotline,
  }
}

/** Writes a leaflet, letter or text of today's facts. Throws activity-place-refused, campaign-unknown. */
export async function readMaterial(
  work: Work,
  query: MaterialQuery,
): Promise<Material & { readonly unit: string; readonly issuedBy: string }> {
  const one = await campaign.getCampaign(work, query.campaign)
  const unitId = await communeOf(work, query)
  const facts = await factsOf(work, { ...query, campaign: one.id }, unitId)
  const written = writeMaterial(query.kind, query.audience, facts, {
    language: query.language ?? 'vi',
    day: work.today,
    lawRows: work.lawRows,
  })
  return { ...written, unit: facts.place, issuedBy: facts.police }
}
