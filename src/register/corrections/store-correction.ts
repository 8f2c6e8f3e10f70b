import { sql } from 'kysely'
import { withoutNulls } from '../../platform/database-row.ts'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import type { WaitingCount } from '../contract-parts.ts'
import type { PersonId } from '../person.ts'
import type { Correction, CorrectionField, CorrectionId, CorrectionState, FieldChange } from './correction.ts'

type CorrectionRow = {
  readonly id: CorrectionId
  readonly person_id: PersonId
  readonly state: CorrectionState
  readonly form_code: string
  readonly form_version: string
  readonly evidence: string
  readonly proposed_by: string
  readonly proposed_on: Day
  readonly unit_id: Correction['unitId']
  readonly decides_unit_id: Correction['unitId']
  readonly due_on: Day
  readonly decided_by: string | null
  readonly decided_on: Day | null
  readonly reason: string | null
  readonly changes: { field: CorrectionField; old: string | null; new: string | null }[]
}

const correctionOf = (row: CorrectionRow): Correction => ({
  id: row.id,
  personId: row.person_id,
  state: row.state,
  form: { code: row.form_code, version: row.form_version },
  evidence: row.evidence,
  changes: row.changes.map(change => withoutNulls(change) as FieldChange),
  proposedBy: row.proposed_by,
  proposedOn: row.proposed_on,
  unitId: row.unit_id,
  decidesUnitId: row.decides_unit_id,
  dueOn: row.due_on,
  ...withoutNulls({ decidedBy: row.decided_by, decidedOn: row.decided_on, reason: row.reason }),
})

const correctionColumns = sql`c.id, c.person_id, c.state, c.form_code, c.form_version, c.evidence, c.proposed_by,
    c.proposed_on, c.unit_id, c.decides_unit_id,
  c.due_on, c.decided_by, c.decided_on, c.reason,
  coalesce((select json_agg(json_build_object('field', v.field, 'old', v.old, 'new', v.new) order by v.field)
      from register.correction_change v
            where v.person_id = c.person_id and v.correction_id = c.id),
    -- The unit that proposed it sees what it asked for, and not what the register has.
    (select json_agg(json_build_object('field', v.field, 'new', v.new) order by v.field)
      from register.proposed_values(array[c.id]) v), '[]') as changes`

export async function insertCorrection(work: Work, correction: Correction): Promise<void> {
  await work.tx
    .insertInto('register.correction')
    .values({
      person_id: correction.personId,
      id: correction.id,
      state: correction.state,
      form_code: correction.form.code,
      form_version: correction.form.version,
      evidence: correction.evidence,
      proposed_by: correction.proposedBy,
      proposed_at: work.now,
      proposed_on: correction.proposedOn,
      unit_id: correction.unitId,
      decides_unit_id: correction.decidesUnitId,
      due_on: correction.dueOn,
    })
    .execute()
  const proposed = Object.fromEntries(correction.changes.map(({ field, new: value }) => [field, value ?? null]))
  await sql`select register.propose_changes(${correction.personId}, ${correction.id},
    ${JSON.stringify(proposed)}::jsonb)`.execute(work.tx)
}

export async function findCorrection({ tx }: Work, id: CorrectionId): Promise<Correction | undefined> {
  const { rows } =
    await sql<CorrectionRow>`select ${correctionColumns} from register.correction c where c.id = ${id}`.execute(tx)
  return rows[0] && correctionOf(rows[0])
}

/** The same, locked until the work ends. */
export async function holdCorrection({ tx }: Work, id: CorrectionId): Promise<Correction | undefined> {
  const { rows } = await sql<CorrectionRow>`select ${correctionColumns} from register.correction c where c.id = ${id}
      for update of c`.execute(tx)
  return rows[0] && correctionOf(rows[0])
}

export async function setCorrectionDecided(
  { tx, now, today, by }: Work,
  { id, personId }: Pick<Correction, 'id' | 'personId'>,
  state: CorrectionState,
  reason: string | undefined,
): Promise<void> {
  await tx
    .updateTable('register.correction')
    .set({ state, decided_by: by.id, decided_at: now, decided_on: today, reason: reason ?? null })
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .execute()
}

export type CorrectionFilter = {
  /** Those to be decided, those sent from here, or those of one person. */
  readonly which: 'to-decide' | 'proposed-here' | 'of-person'
  readonly personId?: PersonId | undefined
  readonly open?: boolean | undefined
}

/** Of the units whose rows the work may see: the soonest due first, closed ones last. */
export async function findCorrections(
  { tx }: Work,
  { which, personId, open }: CorrectionFilter,
): Promise<Correction[]> {
  const { rows } = await sql<CorrectionRow>`
    select ${correctionColumns} from register.correction c
    where ${open === false ? sql`true` : sql`c.state in ('proposed', 'forwarded')`}
      ${
        which === 'to-decide'
          ? sql`and ((select platform.sees_house())
            or c.decides_unit_id = any ((select platform.scope())::uuid[]))`
          : sql``
      }
      ${
        which === 'proposed-here'
          ? sql`and ((select platform.sees_house())
            or c.unit_id = any ((select platform.scope())::uuid[]))`
          : sql``
      }
      ${personId ? sql`and c.person_id = ${personId}` : sql``}
    order by c.state not in ('proposed', 'forwarded'), c.due_on, c.proposed_at limit 200`.execute(tx)
  return rows.map(correctionOf)
}

/** What waits for the deciding unit: how much, how much is past its day, the soonest day; the one, if it is alone. */
export async function countToDecide({ tx, today }: Work): Promise<WaitingCount> {
  const { rows } = await sql<WaitingCount>`
    select count(*)::integer as count, count(*) filter (where c.due_on < ${today}::date)::integer as overdue,
      min(c.due_on)::text as "nextOn", case when count(*) = 1 then min(c.id::text) end as only
    from register.correction c
    where c.state in ('proposed', 'forwarded') and ((select platform.sees_house())
      or c.decides_unit_id = any ((select platform.scope())::uuid[]))`.execute(tx)
  return rows[0] ? withoutNulls(rows[0]) : { count: 0, overdue: 0 }
}

/** The same for many, each with one change or more. */
export async function insertCorrections({ tx, now }: Work, corrections: readonly Correction[]): Promise<void> {
  if (corrections.length === 0) return
  const column = <T>(of: (one: Correction) => T) => corrections.map(of)
  await sql`
    insert into register.correction
      (person_id, id, state, form_code, form_version, evidence, proposed_by, proposed_at, proposed_on, unit_id,
        decides_unit_id, due_on)
    select t.person_id, t.id, t.state, t.code, t.version, t.evidence, t.by, ${now}, t.proposed_on, t.unit_id,
      t.decides_unit_id, t.due_on
    from unnest(${column(one => one.personId)}::uuid[], ${column(one => one.id)}::uuid[],
        ${column(one => one.state)}::text[],
                ${column(one => one.form.code)}::text[], ${column(one => one.form.version)}::text[],
                  ${column(one => one.evidence)}::text[],
                ${column(one => one.proposedBy)}::text[], ${column(one => one.proposedOn)}::date[],
                  ${column(one => one.unitId)}::uuid[],
                ${column(one => one.decidesUnitId)}::uuid[], ${column(one => one.dueOn)}::date[])
      as t (person_id, id, state, code, version, evidence, by, proposed_on, unit_id, decides_unit_id, due_on)`.execute(
    tx,
  )
  const changes = corrections.flatMap(one =>
    one.changes.map(change => ({ ...change, id: one.id, personId: one.personId })),
  )
  await sql`
    insert into register.correction_change (person_id, correction_id, field, old, new)
    select * from unnest(${changes.map(({ personId }) => personId)}::uuid[], ${changes.map(({ id }) => id)}::uuid[],
      ${changes.map(({ field }) => field)}::text[], ${changes.map(({ old }) => old ?? null)}::text[],
          ${changes.map(one => one.new ?? null)}::text[])`.execute(tx)
}

/** Which values of some people have an open correction. */
export async function openFieldsOf(
  { tx }: Work,
  personIds: readonly PersonId[],
): Promise<{ personId: PersonId; field: CorrectionField; id: CorrectionId; fromRoll: boolean }[]> {
  const { rows } = await sql<{ personId: PersonId; field: CorrectionField; id: CorrectionId; fromRoll: boolean }>`
    select c.person_id as "personId", v.field, c.id, c.form_code = 'roll' as "fromRoll"
    from register.correction c join register.correction_change v on v.person_id = c.person_id and v.correction_id = c.id
    where c.person_id = any (${personIds}::uuid[]) and c.state in ('proposed', 'forwarded')
    order by c.proposed_at, c.id`.execute(tx)
  return rows
}

/** What the register holds of the values that rolls give, as texts, by person. */
export async function rollFieldsOf({ tx }: Work, personIds: readonly PersonId[]) {
  const { rows } = await sql<{ person_id: PersonId } & Partial<Record<CorrectionField, string | null>>>`
    select p.person_id, p.full_name, p.sex, p.life_status,
      concat_ws('-', lpad(p.birth_y::text, 4, '0'), lpad(p.birth_m::text, 2, '0'),
          lpad(p.birth_d::text, 2, '0')) as birth_date
    from register.person p where p.person_id = any (${personIds}::uuid[])`.execute(tx)
  return new Map(rows.map(({ person_id, ...values }) => [person_id, values]))
}

/** Withdraws those of them that are open and for which nobody has seen a paper. */
export async function withdrawUnattested(
  { tx, now, today, by }: Work,
  ids: readonly string[],
  formCode: string,
  reason: string,
) {
  const { rows } = await sql<{ id: CorrectionId; personId: PersonId; decidesUnitId: Correction['unitId'] }>`
    update register.correction
    set state = 'withdrawn', decided_by = ${by.id}, decided_at = ${now}, decided_on = ${today}::date, reason = ${reason}
    where id = any (${ids}::uuid[]) and state in ('proposed', 'forwarded') and form_code = ${formCode}
    returning id, person_id as "personId", decides_unit_id as "decidesUnitId"`.execute(tx)
  return rows
}

export async function setAttested(
  { tx }: Work,
  { id, personId, form, evidence, proposedBy, dueOn }: Correction,
): Promise<void> {
  await tx
    .updateTable('register.correction')
    .set({ form_code: form.code, form_version: form.version, evidence, proposed_by: proposedBy, due_on: dueOn })
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .execute()
}
