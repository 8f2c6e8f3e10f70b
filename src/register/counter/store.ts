import { sql } from 'kysely'
import { withoutNulls } from '../../platform/database-row.ts'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { PersonId } from '../person.ts'
import type { ConsentEnd, CounterConsentId, CounterService } from './consent.ts'

export type NewCounterConsent = {
  readonly id: CounterConsentId
  readonly personId: PersonId
  readonly unitId: Id<'unit'>
  readonly service: CounterService
  readonly until: Date
  readonly triesLeft: number
} & ({ readonly way: 'code'; readonly codeHash: Buffer } | { readonly way: 'signed'; readonly paper: string })

export async function insertConsent({ tx, now, today, by }: Work, consent: NewCounterConsent): Promise<void> {
  const { id, personId, unitId, service, until, triesLeft, way } = consent
  await sql`
    insert into register.counter_consent
      (person_id, id, unit_id, officer_id, service, way, asked_at, asked_on, until, code_hash, tries_left, paper)
    values (${personId}, ${id}, ${unitId}, ${by.id}, ${service}, ${way}, ${now}, ${today}, ${until},
      ${way === 'code' ? consent.codeHash : null}, ${triesLeft}, ${way === 'signed' ? consent.paper : null})`.execute(
    tx,
  )
}

/** How many codes were sent to a person since an instant, from any counter; asked with the scope of the house. */
export async function countCodesSince({ tx }: Work, personId: PersonId, since: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from register.counter_consent
    where person_id = ${personId} and way = 'code' and asked_at >= ${since}`.execute(tx)
  return rows[0]?.n ?? 0
}

export async function openByCode(
  { tx }: Work,
  id: CounterConsentId,
  hash: Buffer,
): Promise<'opened' | 'wrong' | 'over' | 'unknown'> {
  const { rows } = await sql<{ outcome: 'opened' | 'wrong' | 'over' | 'unknown' }>`
    select register.open_by_code(${id}, ${hash}) as outcome`.execute(tx)
  return rows[0]?.outcome ?? 'unknown'
}

export async function openByPaper({ tx }: Work, id: CounterConsentId): Promise<'opened' | 'same' | 'over' | 'unknown'> {
  const { rows } = await sql<{ outcome: 'opened' | 'same' | 'over' | 'unknown' }>`
    select register.open_by_paper(${id}) as outcome`.execute(tx)
  return rows[0]?.outcome ?? 'unknown'
}

/** False where it was over. */
export async function writeConsentEnd({ tx }: Work, id: CounterConsentId, how: ConsentEnd): Promise<boolean> {
  const { rows } = await sql<{ ended: boolean }>`select register.end_consent(${id}, ${how}) as ended`.execute(tx)
  return rows[0]?.ended ?? false
}

export type Consent = {
  readonly id: CounterConsentId
  readonly personId: PersonId
  readonly unitId: Id<'unit'>
  readonly officerId: string
  readonly service: CounterService
  readonly way: 'code' | 'signed'
  readonly askedAt: Date
  readonly until: Date
  readonly paper?: string | undefined
  readonly openedAt?: Date | undefined
}

const consentColumns = sql.raw(`id, person_id as "personId", unit_id as "unitId", officer_id as "officerId", service,
  way, asked_at as "askedAt", until, paper, opened_at as "openedAt"`)

/** Those that are not over, as far as the work's scope sees them. */
export async function findOpenConsents({ tx, now }: Work): Promise<Consent[]> {
  const { rows } = await sql<Consent>`
    select ${consentColumns} from register.counter_consent
    where ended_at is null and (opened_at is not null or until >= ${now}) order by asked_at`.execute(tx)
  return rows.map(withoutNulls) as Consent[]
}

export async function findConsent({ tx }: Work, id: CounterConsentId): Promise<Consent | undefined> {
  const { rows } = await sql<Consent>`
    select ${consentColumns} from register.counter_consent where id = ${id}`.execute(tx)
  return rows.map(withoutNulls)[0] as Consent | undefined
}

/** The open consents of a person to whom an officer renders some services. */
export async function findConsentsOf(
  { tx }: Work,
  personId: string,
  officerId: string,
  services: readonly CounterService[],
): Promise<CounterConsentId[]> {
  const { rows } = await sql<{ id: CounterConsentId }>`
    select id from register.counter_consent
    where person_id = ${personId} and officer_id = ${officerId} and service = any (${services}::text[])
      and opened_at is not null and ended_at is null`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Those that were opened before an instant, or asked before it and never opened. */
export async function findOverdue({ tx }: Work, before: Date): Promise<Pick<Consent, 'id' | 'personId' | 'unitId'>[]> {
  const { rows } = await sql<Pick<Consent, 'id' | 'personId' | 'unitId'>>`
    select id, person_id as "personId", unit_id as "unitId" from register.counter_consent
    where ended_at is null and coalesce(opened_at, asked_at) < ${before}`.execute(tx)
  return rows
}

export type ShownConsent = Consent & {
  readonly endedAt?: Date | undefined
  readonly endedHow?: ConsentEnd | undefined
  readonly acceptedBy?: string | undefined
  readonly owned: boolean
  readonly homeUnitId?: Id<'unit'> | undefined
}

export async function findShown({ tx }: Work, since: Day, most: number): Promise<ShownConsent[]> {
  const { rows } = await sql<ShownConsent>`
    select id, person_id as "personId", unit_id as "unitId", officer_id as "officerId", service, way,
      asked_at as "askedAt", opened_at as "openedAt", ended_at as "endedAt", ended_how as "endedHow",
      accepted_by as "acceptedBy", owned, home_unit_id as "homeUnitId"
    from register.consents_shown(${since}, ${most})`.execute(tx)
  return rows.map(withoutNulls) as ShownConsent[]
}
