// The same page, counted from the facts: what a system without running totals must do for it.
import { sql } from 'kysely'
import type * as campaign from '../../src/campaign/campaign.ts'
import { addDays, type Day } from '../../src/platform/day.ts'
import type { Work } from '../../src/platform/work.ts'
import * as units from '../../src/units/units.ts'

/**
 * Members, today, so far and ten working days ago of the unit, those below it and (for its rank) those beside it; and
 * the unit's total of each day since the campaign began. By one statement each, over the people of these units and
 * their accounts.
 */
export async function pageByFacts(work: Work, id: campaign.CampaignId, unit: units.Unit, day: Day): Promise<unknown> {
  const [, above] = await units.unitPath(work, unit.id, day)
  const own = [...(await units.homesOn(work, unit.id, day)).keys()]
  const around = unit.level === 'commune' && above ? [...(await units.homesOn(work, above.id, day)).keys()] : own
  const recent = units.workingDaysBefore(day, 10)
  const first = sql`(select min(coalesce(a.activated_on, m.on_day)) from accounts.published_account a
    join accounts.published_transition m on m.person_id = a.person_id and m.account_id = a.id
      and m.state in ('activated', 'locked')
    where a.person_id = p.person_id and a.state <> 'cancelled')`
  const { rows } = await sql`
    select unit_id, count(*) as members, count(*) filter (where on_day <= ${day}) as so_far,
      count(*) filter (where on_day = ${day}) as today,
           count(*) filter (where on_day <= ${recent}) as recent
    from (select p.unit_id, ${first} as on_day from campaign.published_member p
          where p.campaign_id = ${id} and p.unit_id = any (${around}::uuid[]) and p.in_on <= ${day}) f
    group by unit_id`.execute(work.tx)
  const course = await sql`
    select on_day, count(*) from (select ${first} as on_day from campaign.published_member p
      where p.campaign_id = ${id} and p.unit_id = any (${own}::uuid[]) and p.in_on <= ${day}) f
    where on_day between ${addDays(day, -90)} and ${day} group by on_day`.execute(work.tx)
  return [rows, course.rows]
}
