import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { whereFewInScope } from '../../register/register.ts'
import type { AccountState, RequestChannel } from '../account.ts'
import { type AccountQueue, accountQueues } from '../contract.ts'
import { daysOfLastDay } from '../law.ts'
import type { LockReason } from '../lock.ts'
import { isOfColumn, lastDayToActivate } from '../store-activation-period.ts'

export type QueueRow = {
  readonly id: string
  readonly personId: Id<'person'>
  readonly name: string | null
  readonly birthY: number | null
  readonly birthM: number | null
  readonly birthD: number | null
  readonly level: 1 | 2
  readonly state: AccountState
  readonly via: RequestChannel | null
  readonly unitId: Id<'unit'> | null
  readonly urgent: Day
  readonly hasPhone: boolean
  readonly lockedFor: LockReason | null
  readonly requestedBy: string | null
  readonly raisedBy: string | null
  readonly raises: boolean
  readonly demandId: string | null
  readonly demandKind: 'lock' | 'unlock' | null
  readonly demandStep: 'forward' | 'decide' | null
  readonly receivedBy: string | null
  /** Who printed the slip that waits for another officer. */
  readonly slipPrintedBy: string | null
  readonly returned: string | null
  /** Who asked for what was supplied since, and who received it. */
  readonly suppliedFor: string | null
  readonly suppliedBy: string | null
}

/** No day at all: comes last. */
const farDay = sql`date '9999-12-31'`

type QueueRule = { readonly of: RawBuilder<unknown>; readonly urgent: RawBuilder<unknown> }

/** Decided, and not carried out yet: nobody has to decide it any more. */
const heldIds = sql`select h.subject_id from decisions.published_held h`

/** Something is missing and was asked for: the days to decide do not run. */
const isAwaited = sql`su.id is not null and su.supplied_at is null`

/** What waits in a queue, and by which day. */
const queueRule = (queue: AccountQueue, work: Work, isHeld = sql`a.id in (${heldIds})`): QueueRule => {
  const { today } = work
  const lastDay = lastDayToActivate(work)
  return {
    'to-approve': {
      of: sql`(a.state = 'requested' or r.id is not null) and a.handed_up_at is null and not ${isHeld}
          and not (${isAwaited})`,
      urgent: sql`coalesce(r.due_on, a.due_on, ${farDay})`,
    },
    supplement: {
      of: sql`(a.state = 'requested' or r.id is not null) and a.handed_up_at is null and ${isAwaited}`,
      urgent: sql`su.supply_by`,
    },
    'at-centre': {
      of: sql`(a.state = 'requested' or r.id is not null) and a.handed_up_at is not null`,
      urgent: sql`coalesce(r.due_on, a.due_on, ${farDay})`,
    },
    'needs-slip': {
      of: sql`a.state = 'approved' and ${lastDay} is null and (a.phone is null or a.notified_at is null)`,
      urgent: sql`coalesce(a.due_on, ${farDay})`,
    },
    lapsed: { of: sql`a.state = 'approved' and ${lastDay} < ${today}::date`, urgent: lastDay },
    waiting: {
      of: sql`a.state = 'approved'
          and (${lastDay} >= ${today}::date
            or (${lastDay} is null and a.phone is not null and a.notified_at is not null))`,
      urgent: sql`coalesce(${lastDay}, ${farDay})`,
    },
    demands: {
      of: sql`d.id is not null`,
      urgent: sql`case when d.forward_by is not null and d.forwarded_at is null then d.forward_by else d.decide_by end`,
    },
    slips: { of: sql`sr.last_on is not null`, urgent: sql`sr.last_on` },
    locked: { of: sql`a.state = 'locked'`, urgent: sql`a.state_on` },
    'in-use': { of: sql`a.state = 'activated'`, urgent: farDay },
  }[queue]
}

const joinedTables = ({ today }: Work) => sql`
  accounts.account a
  left join accounts.raising r on r.person_id = a.person_id and r.account_id = a.id and r.decided_at is null
  left join lateral (
    select d.id, d.kind, d.forward_by, d.forwarded_at, d.decide_by, d.received_by from accounts.demand d
    where d.person_id = a.person_id and d.account_id = a.id and d.decided_at is null order by d.decide_by, d.id
      limit 1) d on true
  left join lateral (
    select s.last_on, s.printed_by from accounts.slip_reset s
    where s.person_id = a.person_id and s.account_id = a.id and s.decided_at is null and s.used_at is null
      and s.ended_at is null and s.last_on >= ${today}::date
    order by s.last_on limit 1) sr on true
  left join lateral (
    select s.id, s.asked_by, s.supply_by, s.supplied_at, s.supplied_by from accounts.supplement s
    where s.person_id = a.person_id and s.account_id = a.id and s.ended_at is null
      and (a.state = 'requested' or r.id is not null) and s.asked_at >= coalesce(r.asked_at, a.requested_at)
    order by s.asked_at desc, s.id desc limit 1) su on true`

export type AccountFilter = {
  readonly units?: readonly string[] | undefined
  readonly via?: RequestChannel | undefined
  readonly level?: number | undefined
}
export type QueuePage = AccountFilter & {
  readonly queue: AccountQueue
  readonly after?: { readonly urgent: string; readonly id: string } | undefined
}

const queueFilter = ({ units, via, level }: AccountFilter) => sql`
  ${units ? sql`and a.unit_id = any (${[...units]}::uuid[])` : sql``}
    ${via ? sql`and coalesce(r.asked_via, a.asked_via) = ${via}` : sql``}
  ${level ? sql`and (case when r.id is not null then 2 else a.level end) = ${level}` : sql``}`

/** Where a page of a queue begins to read, so that it meets few rows that are not of it. */
type Start = { readonly when: RawBuilder<unknown>; readonly order?: RawBuilder<unknown> }

const isOpen = sql`a.state = 'requested' and a.handed_up_at is null`
/** Accounts of small tables: what is open there is looked up first. */
const those = (ids: RawBuilder<unknown>): Start => ({ when: sql`a.id = any (array(${ids}))` })
const raised = those(sql`select o.account_id from accounts.raising o where o.decided_at is null`)

/**
 * The starts of a queue. Each row of the queue is behind one of them: an account that was asked for, or one that asks
 * for more.
 */
const startsOf: Readonly<Record<AccountQueue, (work: Work) => readonly Start[]>> = {
  'to-approve': () => [{ when: isOpen, order: sql`coalesce(a.due_on, ${farDay})` }, raised],
  supplement: () => [
    those(sql`select o.account_id from accounts.supplement o where o.ended_at is null and o.supplied_at is null`),
  ],
  'at-centre': () => [{ when: sql`a.handed_up_at is not null` }],
  'needs-slip': work => [{ when: sql`a.state = 'approved' and ${lastDayToActivate(work)} is null` }],
  lapsed: work => [{ when: sql`a.state = 'approved'`, order: lastDayToActivate(work) }],
  waiting: work => {
    const lastDay = lastDayToActivate(work)
    return [
      { when: sql`a.state = 'approved' and ${lastDay} >= ${work.today}::date`, order: lastDay },
      { when: sql`a.state = 'approved' and ${lastDay} is null` },
    ]
  },
  demands: () => [those(sql`select o.account_id from accounts.demand o where o.decided_at is null`)],
  slips: () => [
    those(sql`select o.account_id from accounts.slip_reset o
      where o.decided_at is null and o.used_at is null and o.ended_at is null`),
  ],
  locked: () => [{ when: sql`a.state = 'locked'`, order: sql`a.state_on` }],
  'in-use': () => [{ when: sql`a.state = 'activated'` }],
}

/** A page of a queue, the most urgent first. */
export async function findQueuePage(
  work: Work,
  { queue, after, ...asked }: QueuePage,
  limit: number,
): Promise<QueueRow[]> {
  const { of, urgent } = queueRule(queue, work)
  const starts = startsOf[queue](work).map(({ when, order = urgent }) => {
    const following = after ? sql`and (${order}, a.id) > (${after.urgent}::date, ${after.id}::uuid)` : sql``
    return sql`(
      select a.id, a.person_id as "personId", p.full_name as name, p.birth_y as "birthY", p.birth_m as "birthM",
        p.birth_d as "birthD", a.level, a.state,
             coalesce(r.asked_via, a.asked_via) as via, coalesce(r.unit_id, a.unit_id, p.permanent_unit_id) as "unitId",
               (${urgent})::text as urgent, a.phone is not null as "hasPhone",
             case when a.state = 'locked' then a.locked_for end as "lockedFor", a.requested_by as "requestedBy",
               r.asked_by as "raisedBy", r.id is not null as raises,
             d.id as "demandId", d.kind as "demandKind",
             case when d.id is null then null when d.forward_by is not null and d.forwarded_at is null then 'forward'
               else 'decide' end as "demandStep", d.received_by as "receivedBy",
             sr.printed_by as "slipPrintedBy", a.returned_code as returned,
             case when su.supplied_at is not null then su.asked_by end as "suppliedFor", su.supplied_by as "suppliedBy"
      from ${joinedTables(work)} left join register.published_person p on p.person_id = a.person_id
      where ${when} and ${of} ${queueFilter(asked)}
        and ${whereFewInScope(work, sql`a.person_id`)} ${following} order by ${order}, a.id limit ${limit})`
  })
  const { rows } = await sql<QueueRow>`
    select distinct on (urgent, id) * from (${sql.join(starts, sql` union all `)}) q order by urgent, id
    limit ${limit}`.execute(work.tx)
  return rows
}

const groupColumns = sql.raw(
  'state, raises, raising_due_on, due_on, handed_up, is_held, is_asked, supplied, supply_by, activate_by, ' +
    'approved_on, imported, has_phone, notified, state_on, demanded_by, reset_by',
)

/**
 * Groups of accounts under the names of the tables that they are of, so that the rules of queues count them. A group of
 * which as many are taken away as there were is none.
 */
const groupsOf = (work: Work, held: readonly string[], { units, via, level }: AccountFilter) => sql`
  (select ${groupColumns}, sum(accounts) as accounts
    from accounts.queue_groups(${work.today}::date, ${[...held]}::uuid[], ${units ? [...units] : null}::uuid[],
      ${via ?? null}::text, ${level ?? null}::integer, ${isOfColumn(work)})
    group by ${groupColumns} having sum(accounts) <> 0) g
  cross join lateral (
    select g.state, g.due_on, g.activate_by, g.state_on,
      coalesce(g.activate_by, case when g.imported then g.approved_on + ${daysOfLastDay}::integer end) as last_day,
      case when g.imported then 'imported' else 'registered' end as origin,
      g.approved_on::timestamp at time zone 'Asia/Ho_Chi_Minh' as approved_at,
      case when g.has_phone then '' end as phone,
      case when g.notified then now() end as notified_at, case when g.handed_up then now() end as handed_up_at) a
  cross join lateral (select case when g.raises then 1 end as id, g.raising_due_on as due_on) r
  cross join lateral (
    select case when g.is_asked then 1 end as id, case when g.supplied then now() end as supplied_at, g.supply_by) su
  cross join lateral (
    select case when g.demanded_by is not null then 1 end as id, g.demanded_by as decide_by, null::date as forward_by,
      null::timestamptz as forwarded_at) d
  cross join lateral (select g.reset_by as last_on) sr`

/** How many wait in each queue, how many are past their day, and the soonest day. */
export async function countQueues(
  work: Work,
  filter: AccountFilter,
): Promise<{
  readonly counts: Record<AccountQueue, number>
  readonly overdue: Record<AccountQueue, number>
  readonly nextOn: Partial<Record<AccountQueue, Day>>
}> {
  const { tx, today } = work
  const { rows: held } = await sql<{ id: string }>`select subject_id as id from (${heldIds}) h`.execute(tx)
  const columns = accountQueues.map(queue => {
    const { of, urgent } = queueRule(queue, work, sql`g.is_held`)
    return sql`coalesce(sum(g.accounts) filter (where ${of}), 0)::integer as ${sql.ref(queue)},
        coalesce(sum(g.accounts) filter (where ${of} and ${urgent} < ${today}::date), 0)::integer
          as ${sql.ref(`${queue} late`)},
        min(${urgent}) filter (where ${of} and ${urgent} < ${farDay})::text as ${sql.ref(`${queue} next`)}`
  })
  const ids = held.map(({ id }) => id)
  const { rows } = await sql<Record<string, number | string | null>>`
    select ${sql.join(columns)} from ${groupsOf(work, ids, filter)}`.execute(tx)
  const found = rows[0] ?? {}
  const of = (name: string) => Number(found[name] ?? 0)
  const byQueue = (what: string) => Object.fromEntries(accountQueues.map(queue => [queue, of(queue + what)]))
  return {
    counts: byQueue('') as Record<AccountQueue, number>,
    overdue: byQueue(' late') as Record<AccountQueue, number>,
    nextOn: Object.fromEntries(
      accountQueues.flatMap(queue => (found[`${queue} next`] ? [[queue, found[`${queue} next`] as Day]] : [])),
    ),
  }
}
