import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import { type Id, newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { ApplicationState } from './application.ts'
import type { ApplicationKind, ApplicationReason, SignerRelation } from './capture.ts'

export const applicationSources = ['counter', 'roster', 'walk-in', 'online'] as const
export type ApplicationSource = (typeof applicationSources)[number]
/** `not-needed`: of so young a child neither face nor fingers are taken. */
export const captureStatuses = ['none', 'here', 'elsewhere', 'not-needed'] as const
export type CaptureStatus = (typeof captureStatuses)[number]

export type CaptureSigner = {
  /** In the register, where a parent asked on line. */
  readonly personId?: Id<'person'> | undefined
  readonly kind: 'self' | 'representative'
  readonly name?: string | undefined
  readonly relation?: SignerRelation | undefined
  readonly number?: string | undefined
  readonly evidence?: string | undefined
  readonly unable?: string | undefined
}

export type Application = {
  readonly id: string
  readonly personId: Id<'person'>
  readonly kind: ApplicationKind
  readonly reason: ApplicationReason
  readonly formCode: string
  readonly formVersion: string
  readonly state: ApplicationState
  readonly unitId: Id<'unit'>
  readonly sessionId: string | null
  readonly source: ApplicationSource
  readonly capture: CaptureStatus
  readonly stationId: string | null
  /** Hex. */
  readonly packetHash: string | null
  readonly capturedBy: string | null
  readonly capturedAt: Date | null
  readonly signer: CaptureSigner | null
  readonly signedAt: Date | null
  readonly cardId: Id<'card'> | null
  readonly accountId: Id<'account'> | null
  readonly accountProblem: string | null
  readonly correctionId: string | null
  readonly submittedOn: Day | null
  readonly dueOn: Day | null
  readonly campaignDueOn: Day | null
  readonly returnedReason: string | null
  readonly returnedNote: string | null
  readonly actsUnitId: Id<'unit'> | null
  readonly actBy: Day | null
  readonly mergedInto: string | null
  /** Where the applicant wants to receive the card; only where they were asked. */
  readonly delivery: 'unit' | 'post' | null
  readonly deliveryAddress: string | null
  readonly begunOn: Day
  readonly version: number
}

/** What an application has before anything was captured or decided. */
export const asBegun = {
  capture: 'none',
  stationId: null,
  packetHash: null,
  capturedBy: null,
  capturedAt: null,
  signer: null,
  signedAt: null,
  cardId: null,
  accountId: null,
  accountProblem: null,
  correctionId: null,
  submittedOn: null,
  dueOn: null,
  campaignDueOn: null,
  returnedReason: null,
  returnedNote: null,
  actsUnitId: null,
  actBy: null,
  mergedInto: null,
  delivery: null,
  deliveryAddress: null,
  version: 1,
} as const satisfies Partial<Application>

export const applicationColumns = sql.raw(`a.id, a.person_id as "personId", a.kind, a.reason, a.form_code as "formCode",
      a.form_version as "formVersion", a.state, a.unit_id as "unitId",
  a.session_id as "sessionId", a.source, a.capture, a.station_id as "stationId",
    encode(a.packet_hash, 'hex') as "packetHash", a.captured_by as "capturedBy",
  a.captured_at as "capturedAt", a.signer, a.signed_at as "signedAt", a.card_id as "cardId",
    a.account_id as "accountId", a.account_problem as "accountProblem",
  a.correction_id as "correctionId", a.submitted_on as "submittedOn", a.due_on as "dueOn",
    a.campaign_due_on as "campaignDueOn", a.returned_reason as "returnedReason",
  a.returned_note as "returnedNote", a.acts_unit_id as "actsUnitId", a.act_by as "actBy", a.merged_into as "mergedInto",
    a.delivery, a.delivery_address as "deliveryAddress", a.begun_on as "begunOn", a.version`)

/** Everything that a change may write; the rest of an application never changes. */
const changeableColumns = (a: Application) => sql`
  kind = ${a.kind}, reason = ${a.reason}, form_code = ${a.formCode}, form_version = ${a.formVersion},
    state = ${a.state}, session_id = ${a.sessionId}, source = ${a.source},
  capture = ${a.capture}, station_id = ${a.stationId},
    packet_hash = ${a.packetHash ? sql`decode(${a.packetHash}, 'hex')` : null}, captured_by = ${a.capturedBy},
  captured_at = ${a.capturedAt}, signed_by = ${a.signer?.kind ?? null},
    signer = ${a.signer ? JSON.stringify(a.signer) : null}, signed_at = ${a.signedAt}, card_id = ${a.cardId},
  account_id = ${a.accountId}, account_problem = ${a.accountProblem}, correction_id = ${a.correctionId},
    submitted_on = ${a.submittedOn}, due_on = ${a.dueOn},
  campaign_due_on = ${a.campaignDueOn}, returned_reason = ${a.returnedReason}, returned_note = ${a.returnedNote},
    acts_unit_id = ${a.actsUnitId}, act_by = ${a.actBy},
  merged_into = ${a.mergedInto}, delivery = ${a.delivery}, delivery_address = ${a.deliveryAddress}`

export async function insertApplication({ tx, now }: Work, a: Application): Promise<void> {
  await sql`
    insert into enrolment.application
      (person_id, id, kind, reason, form_code, form_version, state, unit_id, session_id, source, capture, station_id,
        packet_hash, captured_by, captured_at,
      signed_by, signer, signed_at, card_id, account_id, account_problem, correction_id, submitted_on, due_on,
          campaign_due_on, begun_on, changed_at, delivery, delivery_address)
    values (${a.personId}, ${a.id}, ${a.kind}, ${a.reason}, ${a.formCode}, ${a.formVersion}, ${a.state}, ${a.unitId},
        ${a.sessionId}, ${a.source}, ${a.capture}, ${a.stationId},
      ${a.packetHash ? sql`decode(${a.packetHash}, 'hex')` : null}, ${a.capturedBy}, ${a.capturedAt},
        ${a.signer?.kind ?? null}, ${a.signer ? JSON.stringify(a.signer) : null}, ${a.signedAt},
      ${a.cardId}, ${a.accountId}, ${a.accountProblem}, ${a.correctionId}, ${a.submittedOn}, ${a.dueOn},
          ${a.campaignDueOn}, ${a.begunOn}, ${now}, ${a.delivery}, ${a.deliveryAddress})`.execute(tx)
}

export async function updateApplication({ tx, now }: Work, a: Application): Promise<void> {
  await sql`
    update enrolment.application set ${changeableColumns(a)}, changed_at = ${now}, version = version + 1
    where person_id = ${a.personId} and id = ${a.id}`.execute(tx)
}

export type ApplicationStep = {
  readonly from: ApplicationState
  readonly to: ApplicationState
  readonly reason?: string | undefined
  readonly note?: string | undefined
}

/** Appends transitions. */
export async function insertTransitions(
  { tx, now, today, by }: Work,
  { personId, id }: Application,
  steps: readonly ApplicationStep[],
): Promise<void> {
  if (steps.length === 0) return
  await sql`
    insert into enrolment.application_transition
      (person_id, id, application_id, seq, from_state, to_state, on_day, at, by_kind, by_id, reason, note)
    select ${personId}::uuid, move_id, ${id}::uuid, last.seq + place, from_state, to_state, ${today}::date,
      ${now}::timestamptz, ${by.kind}, ${by.onBehalfOf ?? by.id}, reason, note
    from unnest(${steps.map(() => newId<'move'>(now))}::uuid[], ${steps.map(({ from }) => from)}::text[],
        ${steps.map(({ to }) => to)}::text[],
                ${steps.map(({ reason }) => reason ?? null)}::text[], ${steps.map(({ note }) => note ?? null)}::text[])
         with ordinality as s (move_id, from_state, to_state, reason, note, place),
         (select coalesce(max(seq), 0) as seq from enrolment.application_transition
           where person_id = ${personId} and application_id = ${id}) last`.execute(tx)
}

export async function findApplication({ tx }: Work, id: string): Promise<Application | undefined> {
  const { rows } =
    await sql<Application>`select ${applicationColumns} from enrolment.application a where a.id = ${id}`.execute(tx)
  return rows[0]
}

export type DatedApplication = Pick<Application, 'id' | 'personId' | 'unitId' | 'kind' | 'begunOn'> & {
  readonly submittedOn: Day | null
  readonly dueOn: Day | null
}

/** Open applications with their last day by law. */
export async function findDatedApplications({ tx }: Work): Promise<DatedApplication[]> {
  const { rows } = await sql<DatedApplication>`
    select id, person_id as "personId", unit_id as "unitId", kind, begun_on as "begunOn", submitted_on as "submittedOn",
      due_on as "dueOn"
    from enrolment.application where state not in ('handed-over', 'refused', 'cancelled') order by id`.execute(tx)
  return rows
}

/** Writes other last days of applications. */
export async function setLawDueDays(
  { tx, now }: Work,
  dated: readonly Pick<DatedApplication, 'id' | 'personId' | 'dueOn'>[],
): Promise<void> {
  await sql`
    update enrolment.application a set due_on = d."dueOn", changed_at = ${now}, version = a.version + 1
    from json_to_recordset(${JSON.stringify(dated)}::json) as d ("personId" uuid, id uuid, "dueOn" date)
    where a.person_id = d."personId" and a.id = d.id`.execute(tx)
}

/** The day by which the campaign needs the card handed over. */
export async function setCampaignDue({ tx, now }: Work, id: string, day: Day): Promise<void> {
  await sql`update enrolment.application set campaign_due_on = ${day}, changed_at = ${now}, version = version + 1
    where id = ${id}`.execute(tx)
}

export async function holdApplication({ tx }: Work, id: string): Promise<Application | undefined> {
  const { rows } = await sql<Application>`select ${applicationColumns} from enrolment.application a where a.id = ${id}
      for update`.execute(tx)
  return rows[0]
}

/** Two stations that captured one person wait for each other here. */
export async function lockPerson({ tx }: Work, personId: Id<'person'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('enrolment ' || ${personId}, 0))`.execute(tx)
}

export async function findApplicationsOf({ tx }: Work, personId: Id<'person'>): Promise<Application[]> {
  const { rows } = await sql<Application>`
    select ${applicationColumns} from enrolment.application a where a.person_id = ${personId}
    order by a.begun_on desc, a.id desc`.execute(tx)
  return rows
}

export async function findApplicationsBy(
  { tx }: Work,
  column: 'card_id' | 'correction_id',
  id: string,
): Promise<Application[]> {
  const { rows } =
    await sql<Application>`select ${applicationColumns} from enrolment.application a where a.${sql.raw(column)} = ${id}
      for update`.execute(tx)
  return rows
}

export type RecordedTransition = {
  readonly from: ApplicationState
  readonly to: ApplicationState
  readonly onDay: Day
  readonly at: Date
  readonly byKind: string
  readonly byId: string
  readonly reason: string | null
  readonly note: string | null
}

export async function findTransitions({ tx }: Work, id: string): Promise<RecordedTransition[]> {
  const { rows } = await sql<RecordedTransition>`
    select m.from_state as "from", m.to_state as "to", m.on_day as "onDay", m.at, m.by_kind as "byKind",
      m.by_id as "byId", m.reason, m.note
    from enrolment.application_transition m
    join enrolment.application a on a.person_id = m.person_id and a.id = m.application_id
    where a.id = ${id} order by m.seq`.execute(tx)
  return rows
}
