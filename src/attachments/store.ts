import { sql } from 'kysely'
import { withoutNulls } from '../platform/database-row.ts'
import type { Id } from '../platform/ids.ts'
import type { SealedFile } from '../platform/sealing/sealed-file.ts'
import type { Work } from '../platform/work.ts'
import type { AttachedCaseKind, Attachment, AttachmentId } from './attachment.ts'

const columns = sql.raw(`person_id as "personId", id, case_kind as "caseKind", case_id as "caseId",
  unit_id as "unitId", decides_unit_id as "decidesUnitId", paper, type, bytes,
  encode(received_sha256, 'hex') as "receivedSha256", encode(kept_sha256, 'hex') as "keptSha256", width, height,
  scanned, added_by as "addedBy", uploaded_at as "uploadedAt", added_at as "addedAt", removed_at as "removedAt",
  removed_reason as "removedReason", erased_at as "erasedAt"`)

const asAttachments = (rows: readonly Attachment[]): Attachment[] => rows.map(withoutNulls) as Attachment[]

/** Of one case, or of one officer's form about a person, only one work adds at a time: the count holds. */
export async function lockPapersOf({ tx }: Work, place: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('attachments of ' || ${place}, 0))`.execute(tx)
}

export async function insertAttachment({ tx }: Work, one: Attachment): Promise<void> {
  await sql`
    insert into attachments.attachment (person_id, id, case_kind, case_id, unit_id, decides_unit_id, paper, type, bytes,
      received_sha256, kept_sha256, width, height, scanned, added_by, uploaded_at, added_at)
    values (${one.personId}, ${one.id}, ${one.caseKind}, ${one.caseId ?? null}, ${one.unitId},
      ${one.decidesUnitId ?? null}, ${one.paper}, ${one.type}, ${one.bytes}, decode(${one.receivedSha256}, 'hex'),
      decode(${one.keptSha256}, 'hex'), ${one.width ?? null}, ${one.height ?? null}, ${one.scanned}, ${one.addedBy},
      ${one.uploadedAt}, ${one.addedAt ?? null})`.execute(tx)
}

export async function insertContent({ tx }: Work, id: AttachmentId, { dataKey, body }: SealedFile): Promise<void> {
  await sql`
    insert into attachments.content (attachment_id, data_key, body) values (${id}, ${dataKey}, ${body})`.execute(tx)
}

export async function findContent({ tx }: Work, id: AttachmentId): Promise<SealedFile | undefined> {
  const { rows } = await sql<SealedFile>`
    select data_key as "dataKey", body from attachments.content where attachment_id = ${id}`.execute(tx)
  return rows[0]
}

export async function deleteContent({ tx }: Work, ids: readonly AttachmentId[]): Promise<void> {
  await sql`delete from attachments.content where attachment_id = any (${ids}::uuid[])`.execute(tx)
}

export async function findAttachment(
  { tx }: Work,
  caseKind: AttachedCaseKind,
  id: AttachmentId,
): Promise<Attachment | undefined> {
  const { rows } = await sql<Attachment>`
    select ${columns} from attachments.attachment where id = ${id} and case_kind = ${caseKind}`.execute(tx)
  return asAttachments(rows)[0]
}

/** The papers of a case, in the order in which they came to it; removed ones stand there too. */
export async function attachmentsOfCase(
  { tx }: Work,
  caseKind: AttachedCaseKind,
  caseId: string,
): Promise<Attachment[]> {
  const { rows } = await sql<Attachment>`
    select ${columns} from attachments.attachment where case_id = ${caseId} and case_kind = ${caseKind}
    order by added_at, id`.execute(tx)
  return asAttachments(rows)
}

/** Those that an officer attached to a form about a person that is not sent. */
export async function unfinishedAttachments(
  { tx, by }: Work,
  caseKind: AttachedCaseKind,
  personId: Id<'person'>,
): Promise<Attachment[]> {
  const { rows } = await sql<Attachment>`
    select ${columns} from attachments.attachment
    where person_id = ${personId} and case_kind = ${caseKind} and case_id is null and added_by = ${by.id}
    order by uploaded_at, id`.execute(tx)
  return asAttachments(rows)
}

/** Of some ids those that are the officer's own, and not sent; locked until the work ends. */
export async function holdUnfinished(
  { tx, by }: Work,
  caseKind: AttachedCaseKind,
  personId: Id<'person'>,
  ids: readonly AttachmentId[],
): Promise<Attachment[]> {
  const { rows } = await sql<Attachment>`
    select ${columns} from attachments.attachment
    where person_id = ${personId} and case_kind = ${caseKind} and case_id is null and added_by = ${by.id}
      and id = any (${ids}::uuid[]) order by id for update`.execute(tx)
  return asAttachments(rows)
}

type Case = {
  readonly id: string
  readonly personId: Id<'person'>
  readonly unitId: Id<'unit'>
  readonly decidesUnitId: Id<'unit'>
}

export async function setHandedIn({ tx, now }: Work, ids: readonly AttachmentId[], to: Case): Promise<void> {
  await sql`
    update attachments.attachment set case_id = ${to.id}, unit_id = ${to.unitId}, decides_unit_id = ${to.decidesUnitId},
      added_at = ${now}
    where person_id = ${to.personId} and id = any (${ids}::uuid[])`.execute(tx)
}

export async function setRemoved(
  { tx, now }: Work,
  { personId, id }: Pick<Attachment, 'personId' | 'id'>,
  reason: string,
): Promise<void> {
  await sql`
    update attachments.attachment set removed_at = ${now}, removed_reason = ${reason}, erased_at = ${now}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

export async function deleteAttachment({ tx }: Work, { personId, id }: Pick<Attachment, 'personId' | 'id'>) {
  await sql`delete from attachments.attachment where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** From when the papers of a case are destroyed. */
export async function setEraseAt({ tx }: Work, caseId: string, at: Date): Promise<void> {
  await sql`
    update attachments.attachment set erase_at = ${at} where case_id = ${caseId} and erased_at is null`.execute(tx)
}

/** All that stands in the cases of a person, for that person. */
export async function attachmentsOfPerson({ tx }: Work, personId: Id<'person'>): Promise<Attachment[]> {
  const { rows } = await sql<Attachment>`
    select ${columns} from attachments.attachment
    where person_id = ${personId} and case_id is not null and removed_at is null order by added_at, id`.execute(tx)
  return asAttachments(rows)
}

/** Deletes what was left behind in forms that were not sent. Gives how many. */
export async function deleteLeft({ tx }: Work, before: Date, most: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with left_behind as (
      select person_id, id from attachments.attachment where case_id is null and uploaded_at < ${before}
      order by uploaded_at limit ${most} for update skip locked),
    content as (delete from attachments.content where attachment_id in (select id from left_behind))
    delete from attachments.attachment a using left_behind l
    where a.person_id = l.person_id and a.id = l.id returning a.id`.execute(tx)
  return rows.length
}

/** Destroys the content of papers whose case was withdrawn long enough ago. Gives how many. */
export async function eraseDue({ tx, now }: Work, most: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with due as (
      select person_id, id from attachments.attachment where erased_at is null and erase_at <= ${now}
      order by erase_at limit ${most} for update skip locked),
    content as (delete from attachments.content where attachment_id in (select id from due))
    update attachments.attachment a set erased_at = ${now} from due d
    where a.person_id = d.person_id and a.id = d.id returning a.id`.execute(tx)
  return rows.length
}

/** How many lie in forms that were not sent, or in cases that were withdrawn, longer than they may. */
export async function countDue({ tx, now }: Work, leftBefore: Date): Promise<number> {
  const { rows } = await sql<{ due: number }>`
    select count(*)::integer as due from attachments.attachment
    where (case_id is null and uploaded_at < ${leftBefore}) or (erased_at is null and erase_at <= ${now})`.execute(tx)
  return rows[0]?.due ?? 0
}
