import { communes } from '../../synth/people/place.ts'
import { stream } from '../../synth/random.ts'
import type * as campaign from '../campaign/campaign.ts'
import type { House } from '../open-house.ts'
import { asDay, type Day, daysFrom } from '../platform/day.ts'
import { asSystem, type Work } from '../platform/work.ts'
import * as statistics from '../statistics/statistics.ts'
import { shareOut } from '../statistics/statistics.ts'

/**
 * The rest of the province as counts: the installation has the people of a few thousand households, and what the
 * campaign's officers heard from the system before of everybody else. On the demonstration's day the two make the
 * published figures: about 120,000 activated accounts of 723,000 asked for (docs/domain.md, section 7).
 */

/** Activated by the day, of the target; people of fourteen and above are three in four. */
const published = { activated: 120_000, target: 723_000, ofAge: 0.745 } as const

/** How far the season had come some days before: a tenth came in the last week. */
const courseUntil = (day: Day): { readonly day: Day; readonly share: number }[] => {
  const first = asDay('2023-02-28')
  const days = daysFrom(first, day)
  return days.flatMap((on, at) => {
    const left = days.length - 1 - at
    const share = 0.62 + 0.38 * (at / (days.length - 1)) ** 1.6
    // The system before reported by the week, and daily in the last fortnight.
    return at === 0 || left % 7 === 0 || left < 14 ? [{ day: on, share }] : []
  })
}

type Counts = { readonly members: number; readonly activated: number }

/** How many of each commune are in the register here, by its code. */
async function membersHere(work: Work, id: campaign.CampaignId): Promise<Map<string, number>> {
  const { below } = await statistics.readQuickSheet(work, id)
  const sheets = []
  for (const { unit } of below) sheets.push(await statistics.readQuickSheet(work, id, { unit: unit.id }))
  return new Map(sheets.flatMap(sheet => sheet.below.map(({ unit, members }) => [unit.code, members] as const)))
}

/** What is left for each commune, when the people who are here are taken off. */
async function restOf(house: House, id: campaign.CampaignId): Promise<Map<string, Counts>> {
  const { whole } = await house.openWork(asSystem('demonstration'), work =>
    statistics.readQuickSheet(work, id, { metric: 'account-activated' }),
  )
  const here = await house.openWork(asSystem('demonstration'), work => membersHere(work, id))
  const weights = communes.map(({ code, thousands }) => ({
    members: Math.max(0, Math.round(thousands * 1000 * published.ofAge) - (here.get(code) ?? 0)),
    activated: Math.round(thousands * 1000 * (0.7 + 0.6 * stream(20230420, 'opening', code).next())),
  }))
  const shares = shareOut(
    published.activated - whole.cumulative,
    weights.map(({ activated }) => activated),
  )
  return new Map(
    communes.map(({ code }, at) => [code, { members: weights[at]?.members ?? 0, activated: shares[at] ?? 0 }]),
  )
}

/** Rows of an opening balance as an extract has them. */
function* extractRows(
  rest: ReadonlyMap<string, Counts>,
  until: Day,
): Generator<{ line: number; values: Record<string, string> }> {
  let line = 1
  for (const { day, share } of courseUntil(until))
    for (const [unit, { members, activated }] of rest) {
      const done = Math.round(activated * share)
      const [approved, received] = [Math.round(done * 2.05), Math.round(done * 2.3)]
      line += 1
      yield {
        line,
        values: {
          unit,
          day,
          members: String(members),
          'number-known': String(members),
          'card-applied': String(Math.round(members * 0.93)),
          'card-handed-over': String(Math.round(members * 0.91)),
          'account-received': String(Math.min(members, received)),
          'account-received-2': String(Math.min(members, Math.round(received * 0.94))),
          'account-approved': String(Math.min(members, approved)),
          'account-approved-2': String(Math.min(members, Math.round(approved * 0.94))),
          'account-activated': String(done),
          'account-activated-2': String(Math.round(done * 0.92)),
        },
      }
    }
}

/** Takes the opening balances of a campaign in, until a day. Gives the target of the whole province. */
export async function takeOpeningBalance(house: House, id: campaign.CampaignId, day: Day): Promise<number> {
  const rest = await restOf(house, id)
  const { rejected } = await house.openWork(asSystem('demonstration'), work =>
    statistics.importOpeningBalance(work, id, extractRows(rest, day)),
  )
  if (rejected.length > 0) throw new Error(`opening balances were refused: ${rejected[0]?.reason}`)
  return published.target
}
