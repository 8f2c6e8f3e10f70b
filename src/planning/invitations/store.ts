import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { asHour, type Hour } from '../hour.ts'
import type { TeamSession, TeamSessionId } from '../session.ts'

export const noticeKinds = ['invited', 'moved', 'cancelled', 'tomorrow', 'missed'] as const
export type NoticeKind = (typeof noticeKinds)[number]

export type FamilyNotice = {
  readonly personId: Id<'person'>
  readonly messageId?: Id<'message'> | undefined
  readonly notTold?: 'no-phone' | 'declined' | undefined
}

/** Whom a session's family notices of a kind have reached, or could not. */
export async function noticedPeople(
  { tx }: Work,
  sessionId: TeamSessionId,
  kinds: readonly NoticeKind[],
): Promise<{ readonly personId: Id<'person'>; readonly kind: NoticeKind; readonly notTold: string | null }[]> {
  const { rows } = await sql<{ personId: Id<'person'>; kind: NoticeKind; notTold: string | null }>`
    select person_id as "personId", kind, not_told as "notTold" from planning.family_notice
    where session_id = ${sessionId} and kind = any (${[...kinds]}::text[])`.execute(tx)
  return rows
}

/** Writes down who was told; whoever could not be told before and can be now is written anew. */
export async function putNotices(
  { tx, now }: Work,
  { id, unitId }: Pick<TeamSession, 'id' | 'unitId'>,
  { kind, version }: { readonly kind: NoticeKind; readonly version: number },
  notices: readonly FamilyNotice[],
): Promise<void> {
  const rows = notices.map(one => ({ ...one, id: newId<'family-notice'>(now) }))
  await sql`
    insert into planning.family_notice as f
      (person_id, id, session_id, unit_id, kind, of_version, message_id, not_told, noted_at)
    select n."personId", n.id, ${id}, ${unitId}, ${kind}, ${version}, n."messageId", n."notTold", ${now}
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as n ("personId" uuid, id uuid, "messageId" uuid, "notTold" text)
    order by n."personId"
    on conflict (person_id, session_id, kind, of_version) do update
      set message_id = excluded.message_id, not_told = excluded.not_told, noted_at = excluded.noted_at
      where f.message_id is null`.execute(tx)
}

/** Sessions of a day that are to be held, of which families are reminded the evening before. */
export async function sessionsOn({ tx }: Work, day: Day): Promise<TeamSessionId[]> {
  const { rows } = await sql<{ id: TeamSessionId }>`
    select id from planning.session where day = ${day} and state = 'planned' and kind <> 'counter'
    order by starts_at, id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The hours that people have at a session as it is planned now: theirs alone, within its own. */
export async function bookedHoursAt({ tx }: Work, sessionId: TeamSessionId): Promise<ReadonlyMap<string, Hour>> {
  const { rows } = await sql<{ personId: Id<'person'>; startsAt: Hour }>`
    select b.person_id as "personId", b.starts_at as "startsAt"
    from planning.booking b join planning.session s on s.id = b.place_id
    where b.place_id = ${sessionId} and b.state = 'booked' and b.day = s.day
      and b.starts_at >= s.starts_at and b.starts_at < s.ends_at`.execute(tx)
  return new Map(rows.map(({ personId, startsAt }) => [personId, asHour(startsAt)]))
}
