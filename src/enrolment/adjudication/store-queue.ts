import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { ApplicationState } from '../application.ts'
import type { ApplicationKind, ApplicationReason } from '../capture.ts'
import type { ApplicationSource, CaptureStatus } from '../store-application.ts'
import type { ApplicationQueue } from './contract.ts'

/** The states of the applications in each queue. */
const statesInQueue: Readonly<Record<ApplicationQueue, readonly ApplicationState[]>> = {
  'to-check': ['data-check', 'submitted'],
  'to-approve': ['sent-to-centre'],
  returned: ['returned', 'recapture'],
  waiting: ['draft', 'captured', 'signed', 'correction-pending'],
  'at-work': ['approved', 'reprint', 'printed', 'shipped', 'lost-in-transit'],
  'to-hand-over': ['at-unit', 'dispatched'],
  ended: ['handed-over', 'refused', 'cancelled'],
}

export type ApplicationQueueRow = {
  readonly id: string
  readonly personId: Id<'person'>
  readonly name: string | null
  readonly birthY: number | null
  readonly birthM: number | null
  readonly birthD: number | null
  readonly kind: ApplicationKind
  readonly reason: ApplicationReason
  readonly state: ApplicationState
  readonly unitId: Id<'unit'>
  readonly source: ApplicationSource
  readonly capture: CaptureStatus
  readonly sessionId: string | null
  readonly begunOn: Day
  readonly submittedOn: Day | null
  readonly dueOn: Day | null
  readonly campaignDueOn: Day | null
  readonly urgent: string
  readonly accountState: string | null
  readonly accountProblem: string | null
  readonly open: readonly string[]
  readonly proposal: 'refuse' | 'merge' | null
  readonly capturedBy: string | null
}

/** The earlier of the legal day and the campaign's. An application without either sorts last. */
const urgent = sql`coalesce(least(a.due_on, a.campaign_due_on), date '9999-12-31')`

const queueRowsOf = (narrowed: RawBuilder<unknown>) => sql<ApplicationQueueRow>`
  select a.id, a.person_id as "personId", p.full_name as name, p.birth_y as "birthY", p.birth_m as "birthM",
    p.birth_d as "birthD", a.kind, a.reason, a.state, a.unit_id as "unitId",
         a.source, a.capture, a.session_id as "sessionId", a.begun_on as "begunOn", a.submitted_on as "submittedOn",
           a.due_on as "dueOn", a.campaign_due_on as "campaignDueOn",
         ${urgent}::text as urgent, c.state as "accountState", a.account_problem as "accountProblem",
         coalesce((select array_agg(f.kind order by f.kind) from enrolment.finding f
                   where f.person_id = a.person_id and f.application_id = a.id and f.verdict in ('doubtful', 'bad')
                         and f.decided_by is null), '{}') as open,
         (select q.kind from enrolment.proposal q
           where q.person_id = a.person_id and q.application_id = a.id and q.state = 'open') as proposal,
           a.captured_by as "capturedBy"
  from enrolment.application a
  left join register.published_person p on p.person_id = a.person_id
  left join accounts.published_account c on c.person_id = a.person_id and c.id = a.account_id
  where ${narrowed}`

export type ApplicationFilter = {
  readonly queue: ApplicationQueue
  readonly units?: readonly string[] | undefined
  readonly sessionId?: string | undefined
  readonly after?: { readonly urgent: string; readonly id: string } | undefined
}

/** Decided, and not carried out yet: it waits for nobody. */
const notHeld = sql`and not exists (select from decisions.published_held h where h.subject_id = a.id)`

const applicationFilter = ({ units, sessionId }: Omit<ApplicationFilter, 'queue' | 'after'>) => sql`
  ${units ? sql`and a.unit_id = any (${[...units]}::uuid[])` : sql``}
    ${sessionId ? sql`and a.session_id = ${sessionId}` : sql``}`

/** A page of a queue, the most urgent first. */
export async function findApplicationPage(
  { tx }: Work,
  { queue, after, ...rest }: ApplicationFilter,
  limit: number,
): Promise<ApplicationQueueRow[]> {
  const states = sql`a.state = any (${[...statesInQueue[queue]]}::text[])`
  const following = after ? sql`and (${urgent}, a.id) > (${after.urgent}::date, ${after.id}::uuid)` : sql``
  const { rows } =
    await sql<ApplicationQueueRow>`${queueRowsOf(sql`${states} ${notHeld} ${applicationFilter(rest)} ${following}`)}
      order by ${urgent}, a.id limit ${limit}`.execute(tx)
  return rows
}

export async function findQueueRow({ tx }: Work, id: string): Promise<ApplicationQueueRow | undefined> {
  const { rows } = await queueRowsOf(sql`a.id = ${id}`).execute(tx)
  return rows[0]
}

/** Ended applications are counted up to this many, because each has to pass the visibility check. */
const mostCounted = 10_000

/** How many wait in each queue; at most 10,000 of those that ended. */
export async function countApplicationQueues(
  { tx }: Work,
  filter: Omit<ApplicationFilter, 'queue' | 'after'>,
): Promise<Record<ApplicationQueue, number>> {
  const { rows } = await sql<{ state: ApplicationState; count: number }>`
    select a.state, count(*)::integer as count from enrolment.application a
    where a.state <> all (${[...statesInQueue.ended]}::text[]) ${notHeld} ${applicationFilter(filter)} group by a.state
    union all
    select 'cancelled', count(*)::integer from (
      select from enrolment.application a
        where a.state = any (${[...statesInQueue.ended]}::text[]) ${applicationFilter(filter)}
        limit ${mostCounted}) ended`.execute(tx)
  const of = (states: readonly string[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0)
  return Object.fromEntries(Object.entries(statesInQueue).map(([queue, states]) => [queue, of(states)])) as Record<
    ApplicationQueue,
    number
  >
}

export type ApplicationQueueCount = { readonly count: number; readonly overdue: number; readonly nextOn: Day | null }

/** How each queue stands: those that wait, those past the earlier of their days, and the soonest day. */
export async function countWaitingApplications({
  tx,
  today,
}: Work): Promise<Record<ApplicationQueue, ApplicationQueueCount>> {
  type Counted = ApplicationQueueCount & { readonly state: ApplicationState }
  const { rows } = await sql<Counted>`
    select a.state, count(*)::integer as count,
      count(*) filter (where ${urgent} < ${today}::date)::integer as overdue,
      min(least(a.due_on, a.campaign_due_on)) as "nextOn"
    from enrolment.application a
    where a.state <> all (${[...statesInQueue.ended]}::text[]) group by a.state`.execute(tx)
  const of = (states: readonly string[]): ApplicationQueueCount => {
    const those = rows.filter(({ state }) => states.includes(state))
    return {
      count: those.reduce((sum, { count }) => sum + count, 0),
      overdue: those.reduce((sum, { overdue }) => sum + overdue, 0),
      nextOn: those.flatMap(({ nextOn }) => nextOn ?? []).toSorted()[0] ?? null,
    }
  }
  return Object.fromEntries(Object.entries(statesInQueue).map(([queue, states]) => [queue, of(states)])) as Record<
    ApplicationQueue,
    ApplicationQueueCount
  >
}
