import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { type Application, applicationColumns } from '../store-application.ts'

/** Applications by where their cards are. */

/** Applications of the cards in a box, and whether the box goes to a school. */
export async function findApplicationsInBox(
  { tx }: Work,
  boxId: string,
): Promise<{ application: Application; toSchool: boolean }[]> {
  const { rows } = await sql<Application & { toSchool: boolean }>`
    select ${applicationColumns}, w.box_to_school as "toSchool"
    from cards.published_whereabouts w
    join enrolment.application a on a.person_id = w.person_id and a.card_id = w.card_id
    where w.box_id = ${boxId}`.execute(tx)
  return rows.map(({ toSchool, ...application }) => ({ application, toSchool }))
}

/** Applications of the cards that are out with a list. */
export async function findApplicationsOnList({ tx }: Work, listId: string): Promise<Application[]> {
  const { rows } = await sql<Application>`
    select ${applicationColumns} from cards.published_whereabouts w
    join enrolment.application a on a.person_id = w.person_id and a.card_id = w.card_id
    where w.place_kind = 'list' and w.place_id = ${listId}`.execute(tx)
  return rows
}

/** Applications that are behind their card. */
export async function findApplicationsBehindCards(
  { tx }: Work,
  limit: number,
): Promise<{ application: Application; cardState: string }[]> {
  const { rows } = await sql<Application & { cardState: string }>`
    select ${applicationColumns}, c.state as "cardState" from enrolment.application a
    join cards.published_card c on c.person_id = a.person_id and c.id = a.card_id
    where (c.state = 'produced' and a.state in ('sent-to-centre', 'approved', 'reprint'))
       or (c.state = 'at-unit' and a.state in ('sent-to-centre', 'approved', 'reprint', 'printed', 'shipped'))
       or (c.state in ('handed-over', 'blocked')
           and a.state in ('sent-to-centre', 'approved', 'reprint', 'printed', 'shipped', 'at-unit', 'dispatched'))
       or (c.state in ('revoked', 'expired')
           and a.state in ('sent-to-centre', 'approved', 'reprint', 'printed', 'shipped', 'at-unit', 'dispatched',
             'lost-in-transit'))
    order by a.id limit ${limit} for update of a`.execute(tx)
  return rows.map(({ cardState, ...application }) => ({
    application,
    cardState: cardState === 'blocked' ? 'handed-over' : cardState,
  }))
}
