import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { GroupId, VisitListId } from './group.ts'
import type { DoorRow } from './store-visit-list.ts'

export type GroupAccess = {
  readonly id: string
  readonly groupId: GroupId
  readonly unitId: Id<'unit'>
  readonly appointmentId: string
  readonly officerId: Id<'officer'>
  readonly givenOn: Day
}

const columns = sql.raw(`a.id, a.group_id as "groupId", a.unit_id as "unitId", a.appointment_id as "appointmentId",
  a.officer_id as "officerId", a.given_on as "givenOn"`)

/** Who of a group signs in now. */
export async function findAccess({ tx }: Work, groupId: GroupId): Promise<GroupAccess[]> {
  const { rows } = await sql<GroupAccess>`
    select ${columns} from campaign.group_access a where a.group_id = ${groupId} and a.ended_on is null
    order by a.given_on, a.id`.execute(tx)
  return rows
}

export async function holdAccess({ tx }: Work, id: string): Promise<GroupAccess | undefined> {
  const { rows } = await sql<GroupAccess>`
    select ${columns} from campaign.group_access a where a.id = ${id} and a.ended_on is null for update`.execute(tx)
  return rows[0]
}

/** False where the member has it already. */
export async function insertAccess({ tx, today, by }: Work, one: Omit<GroupAccess, 'givenOn'>): Promise<boolean> {
  const { rows } = await sql`
    insert into campaign.group_access (id, group_id, unit_id, appointment_id, officer_id, given_on, given_by)
    values (${one.id}, ${one.groupId}, ${one.unitId}, ${one.appointmentId}, ${one.officerId}, ${today}::date, ${by.id})
    on conflict do nothing returning 1`.execute(tx)
  return rows.length > 0
}

export async function setAccessEnded({ tx, today, by }: Work, id: string): Promise<void> {
  await sql`
    update campaign.group_access set ended_on = ${today}::date, ended_by = ${by.id} where id = ${id}`.execute(tx)
}

export type OwnList = {
  readonly id: VisitListId
  readonly groupId: GroupId
  readonly groupName: string
  readonly quarter: string
  readonly unitId: Id<'unit'>
  readonly madeOn: Day
  readonly expiresOn: Day
}

/** The lists of the member's own groups that are not over. */
export async function findOwnLists({ tx, today }: Work): Promise<OwnList[]> {
  const { rows } = await sql<OwnList>`
    select l.id, l.group_id as "groupId", g.name as "groupName", g.quarter, l.unit_id as "unitId",
      l.made_on as "madeOn", l.expires_on as "expiresOn"
    from campaign.house_list l join campaign.community_group g on g.id = l.group_id
    where l.ended_on is null and l.expires_on >= ${today}::date order by l.expires_on, l.id`.execute(tx)
  return rows
}

/** The people of a list, in the order of the walk; those who no longer live there have no name. */
export async function findOwnDoors({ tx, today }: Work, listId: VisitListId): Promise<DoorRow[]> {
  const { rows } = await sql<DoorRow>`
    select e.person_id as "personId", e.place, e.lacking, e.outcome, e.outcome_on as "onDay", e.note,
      d.full_name as name, d.address
    from campaign.house_list_entry e
    left join (select * from campaign.doors_of(${listId}, ${today}::date)) d on d.person_id = e.person_id
    where e.list_id = ${listId} order by e.place`.execute(tx)
  return rows
}
