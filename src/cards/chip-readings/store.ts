import { sql } from 'kysely'
import type { ChipCheck } from '../../chip/inspecting/check.ts'
import type { ProvedKey } from '../../chip/inspecting/inspect-files.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Card } from '../card.ts'
import type { ReadingOutcome, ReadingPurpose } from './chip-reading.ts'

export type NewReading = {
  readonly id: Id<'chip-reading'>
  readonly card: Card
  readonly purpose: ReadingPurpose
}

export async function insertReading({ tx, now, by, unitId }: Work, { id, card, purpose }: NewReading): Promise<void> {
  await sql`
    insert into cards.chip_reading (person_id, id, card_id, purpose, unit_id, read_by, begun_at)
    values (${card.personId}, ${id}, ${card.id}, ${purpose}, ${unitId ?? null}, ${by.id}, ${now})`.execute(tx)
}

/** What was found, without what was read. */
export type FoundOnChip = {
  readonly outcome: ReadingOutcome
  readonly checks: readonly Pick<ChipCheck, 'check' | 'outcome'>[]
  readonly securityObject: string | undefined
  readonly provedKey: ProvedKey | undefined
}

/** False where its outcome was known already. */
export async function setReadingEnded(
  { tx, now }: Work,
  personId: Id<'person'>,
  id: Id<'chip-reading'>,
  { outcome, checks, securityObject, provedKey }: FoundOnChip,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update cards.chip_reading set ended_at = ${now}, outcome = ${outcome}, checks = ${JSON.stringify(checks)},
      security_object = ${securityObject ?? null}, proved_by = ${provedKey?.by ?? null},
      key_group = ${provedKey?.group ?? null}
    where person_id = ${personId} and id = ${id} and ended_at is null`.execute(tx)
  return numAffectedRows === 1n
}

export type KeptChipReading = {
  readonly id: Id<'chip-reading'>
  readonly personId: Id<'person'>
  readonly cardId: Id<'card'>
  readonly purpose: ReadingPurpose
  readonly readBy: string
  readonly endedAt: Date | null
  readonly outcome: ReadingOutcome | null
  readonly provedBy: ProvedKey['by'] | null
  readonly usedFor: string | null
  readonly usedId: string | null
}

const columns = sql.raw(`r.id, r.person_id as "personId", r.card_id as "cardId", r.purpose, r.read_by as "readBy",
  r.ended_at as "endedAt", r.outcome, r.proved_by as "provedBy", r.used_for as "usedFor", r.used_id as "usedId"`)

/** Two deeds that rest on one reading wait for each other here. */
export async function holdReading({ tx }: Work, id: string): Promise<KeptChipReading | undefined> {
  const { rows } = await sql<KeptChipReading>`
    select ${columns} from cards.chip_reading r where r.id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function findReading({ tx }: Work, id: string): Promise<KeptChipReading | undefined> {
  const { rows } = await sql<KeptChipReading>`select ${columns} from cards.chip_reading r where r.id = ${id}`.execute(
    tx,
  )
  return rows[0]
}

export async function setReadingUsed(
  { tx, now }: Work,
  { personId, id }: KeptChipReading,
  { deed, id: subject }: { readonly deed: string; readonly id: string },
): Promise<void> {
  await sql`
    update cards.chip_reading set used_for = ${deed}, used_id = ${subject}, used_at = ${now}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

export type ReadingUsed = Pick<KeptChipReading, 'readBy' | 'provedBy'> & {
  readonly readAt: Date
  readonly usedAt: Date
}

/** The latest reading on which a deed of a name rested that was done on something. */
export async function findReadingUsed(
  { tx }: Work,
  personId: Id<'person'>,
  { deed, id }: { readonly deed: string; readonly id: string },
): Promise<ReadingUsed | undefined> {
  const { rows } = await sql<ReadingUsed>`
    select r.read_by as "readBy", r.proved_by as "provedBy", r.ended_at as "readAt", r.used_at as "usedAt"
    from cards.chip_reading r where r.person_id = ${personId} and r.used_for = ${deed} and r.used_id = ${id}
    order by r.used_at desc limit 1`.execute(tx)
  return rows[0]
}
