import { sql } from 'kysely'
import type { Id } from '../platform/ids.ts'
import { slowdownIn } from '../platform/throttling/slowdown.ts'
import type { Work } from '../platform/work.ts'
import type { Link, LinkEnd, LinkId, LinkKind, LinkSession } from './link.ts'

export const pinCounters = slowdownIn('access_links.slowdown')

const columns = sql.raw(`l.id, l.kind, l.subject_id as "subjectId", l.label, l.unit_id as "unitId",
  l.school_id as "schoolId", l.holder, l.until, l.issued_at as "issuedAt", l.ended_at as "endedAt",
  l.ended_why as "endedWhy", l.last_opened_on as "lastOpenedOn"`)

export type NewAccessLink = Pick<
  Link,
  'id' | 'kind' | 'subjectId' | 'label' | 'unitId' | 'schoolId' | 'holder' | 'until'
> & {
  readonly tokenHash: Buffer
  /** The real instant at which it ends at the latest, which the database itself holds to. */
  readonly untilAt: Date
}

export async function insertLink({ tx, now, by }: Work, link: NewAccessLink): Promise<void> {
  await sql`
    insert into access_links.link (id, kind, subject_id, label, unit_id, school_id, holder, until, until_at, token_hash,
      issued_by, issued_at)
    values (${link.id}, ${link.kind}, ${link.subjectId}, ${link.label}, ${link.unitId}, ${link.schoolId},
      ${link.holder}, ${link.until}::date, ${link.untilAt}::timestamptz, ${link.tokenHash},
      ${by.id}, ${now}::timestamptz)`.execute(tx)
}

/** The PIN that counts is the last; whoever sets it cannot read it. */
export async function insertPin({ tx, now }: Work, linkId: LinkId, id: string, hash: string): Promise<void> {
  await sql`
    insert into access_links.pin (link_id, id, hash, set_at)
    values (${linkId}, ${id}, ${hash}, ${now}::timestamptz)`.execute(tx)
}

/** A link in sight, locked until the work ends. */
export async function holdLink({ tx }: Work, id: LinkId): Promise<Link | undefined> {
  const { rows } = await sql<Link>`select ${columns} from access_links.link l where l.id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function findLink({ tx }: Work, id: LinkId): Promise<Link | undefined> {
  const { rows } = await sql<Link>`select ${columns} from access_links.link l where l.id = ${id}`.execute(tx)
  return rows[0]
}

/** The link of a token, in whatever state. */
export async function findByToken({ tx }: Work, kind: LinkKind, tokenHash: Buffer): Promise<Link | undefined> {
  const { rows } = await sql<Link>`
    select ${columns} from access_links.link l where l.token_hash = ${tokenHash} and l.kind = ${kind}`.execute(tx)
  return rows[0]
}

/** The links of some subjects in sight, the latest first. */
export async function findLinks({ tx }: Work, kind: LinkKind, subjectIds: readonly string[]): Promise<Link[]> {
  const { rows } = await sql<Link>`
    select ${columns} from access_links.link l
    where l.kind = ${kind} and l.subject_id = any (${subjectIds}::uuid[])
    order by l.issued_at desc, l.id desc`.execute(tx)
  return rows
}

export async function setEnded({ tx, now, by }: Work, id: LinkId, why: LinkEnd): Promise<void> {
  await sql`
    update access_links.link set ended_at = ${now}::timestamptz, ended_why = ${why}, ended_by = ${by.id}
    where id = ${id} and ended_at is null`.execute(tx)
}

/** Sessions that began before this instant are over: the link has another PIN, or none. */
export async function setSessionsVoid({ tx, now }: Work, id: LinkId): Promise<void> {
  await sql`update access_links.link set void_before = ${now}::timestamptz where id = ${id}`.execute(tx)
}

export type PresentedLink = Link & {
  readonly pinHash: string | null
  /** Whether this browser has opened it before. */
  readonly isOwnBrowser: boolean
}

/** The link of a token, in whatever state, with the PIN that counts. Asked alike whether there is one or not. */
export async function findPresented(
  { tx }: Work,
  kind: LinkKind,
  tokenHash: Buffer,
  deviceHash: Buffer,
): Promise<PresentedLink | undefined> {
  const { rows } = await sql<PresentedLink>`
    select ${columns},
      (select p.hash from access_links.pin p where p.link_id = l.id order by p.set_at desc, p.id desc limit 1)
        as "pinHash",
      exists (select from access_links.session s where s.link_id = l.id and s.device_hash = ${deviceHash})
        as "isOwnBrowser"
    from access_links.link l where l.token_hash = ${tokenHash} and l.kind = ${kind}`.execute(tx)
  return rows[0]
}

export async function insertSession(
  { tx, now }: Work,
  session: {
    readonly linkId: LinkId
    readonly id: string
    readonly tokenHash: Buffer
    readonly deviceHash: Buffer
    readonly endsAt: Date
  },
): Promise<void> {
  await sql`
    insert into access_links.session (link_id, id, token_hash, device_hash, begun_at, ends_at)
    values (${session.linkId}, ${session.id}, ${session.tokenHash}, ${session.deviceHash}, ${now}::timestamptz,
      ${session.endsAt}::timestamptz)`.execute(tx)
}

export async function setOpened({ tx, now, today }: Work, id: LinkId): Promise<void> {
  await sql`update access_links.link set last_opened_at = ${now}::timestamptz, last_opened_on = ${today}::date
    where id = ${id}`.execute(tx)
}

export type KnownSession = LinkSession & {
  readonly endedWhy: LinkEnd | null
  readonly isLinkOver: boolean
  readonly isPinOld: boolean
  readonly isOver: boolean
}

/** The session of a cookie at the address of its link; an ended one too, as long as it is kept. */
export async function findSessionOf(
  { tx, now }: Work,
  kind: LinkKind,
  tokenHash: Buffer,
  cookieHash: Buffer,
): Promise<KnownSession | undefined> {
  const { rows } = await sql<KnownSession>`
    select l.id as "linkId", l.kind, l.subject_id as "subjectId", l.label, l.unit_id as "unitId",
      l.school_id as "schoolId", l.holder, l.until, l.ended_why as "endedWhy",
      l.ended_at is not null or l.until_at <= ${now}::timestamptz as "isLinkOver",
      s.begun_at < coalesce(l.void_before, s.begun_at) as "isPinOld",
      s.ends_at <= ${now}::timestamptz as "isOver"
    from access_links.session s join access_links.link l on l.id = s.link_id
    where s.token_hash = ${cookieHash} and l.token_hash = ${tokenHash} and l.kind = ${kind}`.execute(tx)
  return rows[0]
}

/** Whether a link of a kind is open in a browser now. */
export async function isOpenIn({ tx, now }: Work, kind: LinkKind, deviceHash: Buffer): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`
    select exists (
      select from access_links.session s join access_links.link l on l.id = s.link_id
      where s.device_hash = ${deviceHash} and s.ends_at > ${now}::timestamptz and l.kind = ${kind}
        and l.ended_at is null and l.until_at > ${now}::timestamptz
        and s.begun_at >= coalesce(l.void_before, s.begun_at)) as open`.execute(tx)
  return rows[0]?.open ?? false
}

/** Deletes sessions that are long over, so many at most. Gives how many. */
export async function dropOldSessions({ tx, now }: Work, keptDays: number, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from access_links.session where (link_id, id) in (
      select link_id, id from access_links.session
      where ends_at < ${now}::timestamptz - make_interval(days => ${keptDays}) limit ${most})`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export type AccessLinkName = {
  readonly id: string
  readonly kind: LinkKind
  readonly label: string
  readonly schoolId: Id<'school'> | null
  readonly unitId: Id<'unit'> | null
}

/** What the links are called that acted, whoever asks: neither their holder nor their subject. */
export async function findLinkNames({ tx }: Work, ids: readonly string[]): Promise<AccessLinkName[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<AccessLinkName>`
    select n.id, n.kind, n.label, n.school_id as "schoolId", n.unit_id as "unitId"
    from access_links.names_of(${ids}::uuid[]) n`.execute(tx)
  return rows
}
