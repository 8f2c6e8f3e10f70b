import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { SealedColumn } from '../../platform/sealing/reseal.ts'
import { sealBytes, unsealBytes } from '../../platform/sealing/sealing.ts'
import type { Work } from '../../platform/work.ts'

/** Sealed templates of captured faces. */

export const sealedFaces: SealedColumn = {
  table: 'enrolment.face_template',
  column: 'sealed',
  key: { id: 'uuid' },
  use: 'face-template',
  place: ({ id = '' }) => id,
}

type NewTemplate = {
  readonly id: string
  readonly personId: Id<'person'>
  readonly applicationId: string
  readonly algorithm: string
  readonly template: Uint8Array
}

/**
 * Keeps the template of a capture in the place of the one before. One after another, so that places are in the order of
 * the commits, and whoever reads on from a place misses none.
 */
export async function replaceTemplate(
  { tx, now }: Work,
  { id, personId, applicationId, algorithm, template }: NewTemplate,
): Promise<void> {
  const sealed = sealBytes('face-template', id, template)
  await sql`select pg_advisory_xact_lock(hashtext('enrolment.face_template'))`.execute(tx)
  await sql`delete from enrolment.face_template where application_id = ${applicationId}`.execute(tx)
  await sql`
    insert into enrolment.face_template (id, person_id, application_id, algorithm, sealed, at)
    values (${id}, ${personId}, ${applicationId}, ${algorithm}, ${sealed}, ${now})`.execute(tx)
}

export type PlacedTemplate = { readonly id: string; readonly place: bigint; readonly template: Buffer }

/** The next templates of an algorithm after a place. */
export async function templatesAfter(
  { tx }: Work,
  algorithm: string,
  place: bigint,
  most: number,
): Promise<PlacedTemplate[]> {
  const { rows } = await sql<{ id: string; place: string; sealed: Buffer }>`
    select id, place::text as place, sealed from enrolment.face_template
    where place > ${place} and algorithm = ${algorithm} order by face_template.place limit ${most}`.execute(tx)
  return rows.map(row => ({
    id: row.id,
    place: BigInt(row.place),
    template: unsealBytes('face-template', row.id, row.sealed),
  }))
}

export type TemplateOwner = {
  readonly id: string
  readonly personId: Id<'person'>
  readonly applicationId: string
}

/** Whose templates these are; those that are gone are left out. */
export async function ownersOf({ tx }: Work, ids: readonly string[]): Promise<TemplateOwner[]> {
  const { rows } = await sql<TemplateOwner>`
    select id, person_id as "personId", application_id as "applicationId" from enrolment.face_template
    where id = any(${ids}::uuid[])`.execute(tx)
  return rows
}

/** All templates of a person. */
export async function templatesOfPerson({ tx }: Work, personId: Id<'person'>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from enrolment.face_template where person_id = ${personId}`.execute(tx)
  return rows.map(({ id }) => id)
}
