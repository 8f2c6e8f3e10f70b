import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { NeedLaw } from '../need-law.ts'
import { anyOf, livingPeople, neededOf } from '../store-who-lacks-what.ts'
import type { VisitOutcomeCounts } from './contract.ts'
import type { DoorNeed, GroupId, VisitListId, VisitOutcome } from './group.ts'
import type { Reach } from './quarter.ts'

export type VisitList = {
  readonly id: VisitListId
  readonly unitId: Id<'unit'>
  readonly groupId: GroupId
  readonly campaignId: Id<'campaign'> | null
  readonly lacking: DoorNeed[]
  readonly within: Reach
  readonly why: string
  readonly people: number
  readonly madeOn: Day
  readonly madeBy: string
  readonly expiresOn: Day
  readonly endedOn: Day | null
  /** The counts of outcomes when the entries were deleted; null before. */
  readonly result: VisitOutcomeCounts | null
}

const columns =
  sql.raw(`l.id, l.unit_id as "unitId", l.group_id as "groupId", l.campaign_id as "campaignId", l.lacking, l.within,
      l.why, l.people,
  l.made_on as "madeOn", l.made_by as "madeBy", l.expires_on as "expiresOn", l.ended_on as "endedOn", l.result`)

/**
 * Where a person is found at home: their current residence, else the temporary, else the permanent one; only where that
 * is in one of these units.
 */
const doorRows = (personId: 'd.person_id' | 'e.person_id', unitIds: readonly Id<'unit'>[], day: Day) => sql`
  select h.person_id, h.address from (
    select r.person_id, r.unit_id, r.address from register.published_residence r
    where r.person_id = ${sql.raw(personId)} and (r.from_on is null or r.from_on <= ${day})
      and (r.to_on is null or r.to_on > ${day})
    order by array_position(array['current', 'temporary', 'permanent'], r.kind), r.from_on desc nulls last, r.id
      limit 1) h
  where h.unit_id = any (${unitIds}::uuid[])`

export type Door = {
  readonly personId: Id<'person'>
  readonly sortKey: string
  readonly address: string
  readonly needs: DoorNeed[]
  /** On a list that is not over. */
  readonly isListed: boolean
  /** Until when the person is away, as was declared; null for who is at home today. */
  readonly awayUntil: Day | null
}

export type DoorQuery = {
  /** The commune, as residences may write it. */
  readonly unitIds: readonly Id<'unit'>[]
  readonly campaignId?: Id<'campaign'> | undefined
  readonly lacking: readonly DoorNeed[]
  readonly law: NeedLaw
}

/**
 * The living who are at home in a commune and lack any of these things; of a campaign's people alone, where one is
 * named.
 */
export async function findDoors(
  { tx, today }: Work,
  { unitIds, campaignId, lacking, law }: DoorQuery,
): Promise<Door[]> {
  const meant = campaignId
    ? sql`and exists (select from campaign.member m
        where m.person_id = d.person_id and m.campaign_id = ${campaignId} offset 0)`
    : sql``
  const { rows } = await sql<Door>`
    with home as materialized (
      select d.person_id, coalesce(door.address, '') as address
      from (select distinct d.person_id from register.published_residence d
        where d.unit_id = any (${unitIds}::uuid[]) and (d.to_on is null or d.to_on > ${today})) d
      cross join lateral (${doorRows('d.person_id', unitIds, today)}) door
      where true ${meant}
    ),
    c as materialized (${livingPeople(sql`select person_id from home`, { bornIn: [] })})
    select c.person_id as "personId", c.sort_key as "sortKey", home.address, n.needs,
           exists (select from campaign.house_list_entry e join campaign.house_list l on l.id = e.list_id
                   where e.person_id = c.person_id and l.ended_on is null and l.expires_on >= ${today}) as "isListed",
           (select max(a.until_on) from register.published_absence a
            where a.person_id = c.person_id and a.from_on <= ${today} and a.until_on >= ${today}) as "awayUntil"
    from c join home using (person_id) ${neededOf({ day: today, law })}
    where ${anyOf(lacking)}`.execute(tx)
  return rows
}

export async function insertVisitList(
  { tx, now, by }: Work,
  list: Omit<VisitList, 'madeBy' | 'endedOn' | 'result'>,
  entries: readonly {
    readonly personId: Id<'person'>
    readonly place: number
    readonly lacking: readonly DoorNeed[]
  }[],
): Promise<void> {
  await sql`
    insert into campaign.house_list
      (id, unit_id, group_id, campaign_id, lacking, within, why, people, made_on, made_by, made_at, expires_on)
    values (${list.id}, ${list.unitId}, ${list.groupId}, ${list.campaignId}, ${list.lacking}::text[], ${list.within},
        ${list.why}, ${list.people},
            ${list.madeOn}::date, ${by.id}, ${now}, ${list.expiresOn}::date)`.execute(tx)
  await sql`
    insert into campaign.house_list_entry (person_id, list_id, unit_id, place, lacking)
    select e."personId", ${list.id}, ${list.unitId}, e.place, array(select json_array_elements_text(e.lacking))
    from json_to_recordset(${JSON.stringify(entries)}::json) as e
      ("personId" uuid, place integer, lacking json)`.execute(tx)
}

/** The lists of some groups, the latest first. */
export async function findVisitLists({ tx }: Work, groupIds: readonly string[]): Promise<VisitList[]> {
  const { rows } = await sql<VisitList>`
    select ${columns} from campaign.house_list l where l.group_id = any (${groupIds}::uuid[])
    order by l.made_at desc, l.id desc`.execute(tx)
  return rows
}

export async function findVisitList({ tx }: Work, id: VisitListId): Promise<VisitList | undefined> {
  const { rows } = await sql<VisitList>`select ${columns} from campaign.house_list l where l.id = ${id}`.execute(tx)
  return rows[0]
}

/** The list, locked until the work ends: nobody marks what is being deleted. */
export async function holdVisitList({ tx }: Work, id: VisitListId): Promise<VisitList | undefined> {
  const { rows } =
    await sql<VisitList>`select ${columns} from campaign.house_list l where l.id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function listsToForget({ tx, today }: Work): Promise<VisitListId[]> {
  const { rows } = await sql<{ id: VisitListId }>`
    select id from campaign.house_list where ended_on is null and expires_on < ${today}::date order by id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** How many entries of some lists have which outcome. */
export async function outcomesOf(
  { tx }: Work,
  listIds: readonly string[],
): Promise<{ listId: string; outcome: VisitOutcome | null; people: number }[]> {
  const { rows } = await sql<{ listId: string; outcome: VisitOutcome | null; people: number }>`
    select list_id as "listId", outcome, count(*)::integer as people from campaign.house_list_entry
    where list_id = any (${listIds}::uuid[]) group by list_id, outcome`.execute(tx)
  return rows
}

/** A person of a list and the outcome of the visit; who no longer lives there has no name. */
export type DoorRow = {
  readonly personId: Id<'person'>
  readonly place: number
  readonly lacking: DoorNeed[]
  readonly outcome: VisitOutcome | null
  readonly onDay: Day | null
  readonly note: string | null
  readonly name: string | null
  readonly address: string | null
}

export type EntryRow = DoorRow & { readonly awayUntil: Day | null }

/**
 * The entries in their order. Name and address are the register's of today, and only of those who are still at home in
 * the commune.
 */
export async function findEntries(
  { tx, today }: Work,
  listId: VisitListId,
  unitIds: readonly Id<'unit'>[],
): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select e.person_id as "personId", e.place, e.lacking, e.outcome, e.outcome_on as "onDay", e.note,
      p.full_name as name, coalesce(door.address, '') as address,
      (select max(a.until_on) from register.published_absence a
       where a.person_id = door.person_id and a.from_on <= ${today} and a.until_on >= ${today}) as "awayUntil"
    from campaign.house_list_entry e
    left join lateral (${doorRows('e.person_id', unitIds, today)}) door on true
    left join register.published_person p on p.person_id = door.person_id
    where e.list_id = ${listId} order by e.place`.execute(tx)
  return rows
}

export type VisitMark = { readonly outcome: VisitOutcome; readonly onDay: Day; readonly note?: string | undefined }

/** Writes what came of a call, or takes it back; false where the person is not on the list. */
export async function setMark(
  { tx, by }: Work,
  listId: VisitListId,
  personId: Id<'person'>,
  mark: VisitMark | undefined,
): Promise<boolean> {
  const { rows } = await sql`
    update campaign.house_list_entry
    set outcome = ${mark?.outcome ?? null}, outcome_on = ${mark?.onDay ?? null}::date, note = ${mark?.note ?? null},
      marked_by = ${mark ? by.id : null}
    where list_id = ${listId} and person_id = ${personId} returning 1`.execute(tx)
  return rows.length > 0
}

/** Deletes the entries; the counts stay. */
export async function setVisitListForgotten(
  { tx, today }: Work,
  id: VisitListId,
  result: VisitOutcomeCounts,
): Promise<void> {
  await sql`delete from campaign.house_list_entry where list_id = ${id}`.execute(tx)
  await sql`update campaign.house_list set ended_on = ${today}::date, result = ${JSON.stringify(result)}::jsonb
    where id = ${id}`.execute(tx)
}
