import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { CommunityGroup, GroupId, GroupMember, MemberRole } from './group.ts'

type GroupRow = Omit<CommunityGroup, 'endedOn'> & { readonly endedOn: CommunityGroup['madeOn'] | null }

const columns = sql.raw(
  'g.id, g.unit_id as "unitId", g.name, g.quarter, g.made_on as "madeOn", g.ended_on as "endedOn"',
)
const groupFrom = ({ endedOn, ...row }: GroupRow): CommunityGroup => ({ ...row, ...(endedOn !== null && { endedOn }) })

/** The groups in sight of some communes, or of all; those that are no more come last. */
export async function findGroups({ tx }: Work, unitIds?: readonly Id<'unit'>[]): Promise<CommunityGroup[]> {
  const { rows } = await sql<GroupRow>`
    select ${columns} from campaign.community_group g
    where ${unitIds ? sql`g.unit_id = any (${unitIds}::uuid[])` : sql`true`}
    order by g.ended_on is not null, g.name, g.id`.execute(tx)
  return rows.map(groupFrom)
}

export async function findGroup({ tx }: Work, id: GroupId): Promise<CommunityGroup | undefined> {
  const { rows } = await sql<GroupRow>`select ${columns} from campaign.community_group g where g.id = ${id}`.execute(tx)
  return rows[0] && groupFrom(rows[0])
}

/** The group, locked until the work ends. */
export async function holdGroup({ tx }: Work, id: GroupId): Promise<CommunityGroup | undefined> {
  const { rows } =
    await sql<GroupRow>`select ${columns} from campaign.community_group g where g.id = ${id} for update`.execute(tx)
  return rows[0] && groupFrom(rows[0])
}

/**
 * Whether the commune has another group of the name; asked under a lock, so that two who set up the same one do not
 * both succeed.
 */
export async function isNameTaken(
  { tx }: Work,
  { id, unitId, name }: Pick<CommunityGroup, 'id' | 'unitId' | 'name'>,
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('community group ' || ${unitId}::text, 0))`.execute(tx)
  const { rows } = await sql`
    select from campaign.community_group
    where unit_id = ${unitId} and name = ${name} and id <> ${id} and ended_on is null`.execute(tx)
  return rows.length > 0
}

export async function insertGroup({ tx }: Work, { id, unitId, name, quarter, madeOn }: CommunityGroup): Promise<void> {
  await sql`
    insert into campaign.community_group (id, unit_id, name, quarter, made_on)
    values (${id}, ${unitId}, ${name}, ${quarter}, ${madeOn}::date)`.execute(tx)
}

export async function updateGroup(
  { tx }: Work,
  { id, name, quarter }: Pick<CommunityGroup, 'id' | 'name' | 'quarter'>,
): Promise<void> {
  await sql`update campaign.community_group set name = ${name}, quarter = ${quarter} where id = ${id}`.execute(tx)
}

export async function setGroupEnded({ tx, today }: Work, id: GroupId): Promise<void> {
  await sql`update campaign.community_group set ended_on = ${today}::date where id = ${id}`.execute(tx)
}

/** Writes the group's members; a former member who is not among them is deleted. */
export async function replaceMembers(
  { tx }: Work,
  { id, unitId }: Pick<CommunityGroup, 'id' | 'unitId'>,
  members: readonly GroupMember[],
): Promise<void> {
  await sql`delete from campaign.community_group_member where group_id = ${id}`.execute(tx)
  if (members.length === 0) return
  await sql`
    insert into campaign.community_group_member (group_id, id, unit_id, role, full_name, phone)
    select ${id}, m.id, ${unitId}, m.role, m."fullName", m.phone
    from json_to_recordset(${JSON.stringify(members)}::json) as m
      (id uuid, role text, "fullName" text, phone text)`.execute(tx)
}

export type MemberRow = {
  readonly groupId: GroupId
  readonly id: string
  readonly role: MemberRole
  readonly fullName: string
  readonly phone: string | null
}

/** The members of some groups, each group's leader first. */
export async function findMembers({ tx }: Work, groupIds: readonly string[]): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select group_id as "groupId", id, role, full_name as "fullName", phone from campaign.community_group_member
    where group_id = any (${groupIds}::uuid[]) order by group_id, role, id`.execute(tx)
  return rows
}
