import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { stuckAfter } from '../law.ts'
import { cameOtherwise } from '../store-other-packet.ts'
import type { GapKind } from './gap.ts'

/** Something stuck: who must act, and since which day. */
export type StuckRecord = {
  readonly kind: GapKind
  readonly subject: string
  readonly unitId: string
  readonly personId: Id<'person'> | null
  readonly sinceOn: Day
  /** A day set by the law or an officer; without one the limit of the step counts. */
  readonly actBy: Day | null
  readonly facts: Readonly<Record<string, unknown>>
}

/** The installation's day of an instant. A demonstration's day stands still, so the distance to now is kept. */
const dayOfInstant = ({ today, now }: Work, instant: RawBuilder<unknown>) => sql`
  (${today}::date -
      ((${now}::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date -
        (${instant} at time zone 'Asia/Ho_Chi_Minh')::date))`

/** Counters of a station that it never announced. */
const counterHoles = (work: Work) => sql`
    select 'counter-hole' as kind, s.code || '-' || lpad(n::text, 6, '0') as subject, s.unit_id as "unitId",
      null::uuid as "personId", ${dayOfInstant(work, sql`s.reported_at`)} as "sinceOn",
           null::date as "actBy", jsonb_build_object('station', s.id, 'counter', n) as facts
    from enrolment.station s cross join lateral generate_series(1, s.head) n
    where not exists (select from enrolment.packet p where p.station_id = s.id and p.counter = n)`

/** How much arrived of a packet whose upload has paused for a day, and when the last piece did. */
const uploadBegunCondition = (work: Work) => sql`
  select max(b.came_at) as last_at, max(b.at + length(b.body)) as here from enrolment.packet_piece b
  where b.station_id = p.station_id and b.hash = p.hash
  having max(b.came_at) < ${work.now}::timestamptz -
    make_interval(hours => ${ruleOn(stuckAfter, work.today, work).quietHours})`

const packetGapKind = sql`case p.state when 'told' then case when x.last_at is null then 'captured-not-received'
    else 'begun-not-finished' end when 'held' then 'held' when 'refused' then 'refused-packet'
    else 'received-not-landed' end`

/**
 * Announced packets that have not arrived, and arrived ones that wait; a refused one until its capture came in another
 * packet or an officer decides.
 */
const stuckPackets = (work: Work) => sql`
    select ${packetGapKind} as kind,
      s.code || '-' || lpad(p.counter::text, 6, '0') || '-' || left(encode(p.hash, 'hex'), 6) as subject,
      p.unit_id as "unitId", null::uuid as "personId",
           ${dayOfInstant(work, sql`coalesce(p.received_at, x.last_at, p.announced_at)`)} as "sinceOn",
           null::date as "actBy",
           jsonb_strip_nulls(jsonb_build_object('station', p.station_id, 'counter', p.counter, 'hash',
                 encode(p.hash, 'hex'), 'application', p.application_id, 'session', p.session_id,
                                                'problem', p.problem, 'landing', p.facts -> 'landing', 'here', x.here,
                                                      'bytes', case when x.here is not null then p.bytes end)) as facts
    from enrolment.packet p join enrolment.station s on s.id = p.station_id
    left join lateral (${uploadBegunCondition(work)}) x on p.state = 'told'
    where p.state in ('told', 'held') or (p.state = 'refused' and p.decided_by is null and not ${cameOtherwise})
      or (p.state = 'received'
        and (p.received_at < ${work.now}::timestamptz -
          make_interval(mins => ${ruleOn(stuckAfter, work.today, work).waitingMinutes})
                or p.facts ? 'landing'))`

/** Processed packets whose predecessor turned out to be another than they name. */
const brokenChains = (work: Work) => sql`
    select 'chain-broken' as kind,
      s.code || '-' || lpad(p.counter::text, 6, '0') || '-' || left(encode(p.hash, 'hex'), 6) as subject,
      p.unit_id as "unitId", p.person_id as "personId",
           ${dayOfInstant(work, sql`p.received_at`)} as "sinceOn", null::date as "actBy",
           jsonb_build_object('station', p.station_id, 'counter', p.counter, 'hash', encode(p.hash, 'hex'),
               'application', p.application_id) as facts
    from enrolment.packet p join enrolment.station s on s.id = p.station_id
    where p.chain = 'broken' and p.state in ('received', 'landed') and p.decided_by is null`

/** The step in which an open application waits. */
const applicationGapKind = sql`case
  when a.state in ('draft', 'data-check', 'captured', 'signed', 'submitted', 'sent-to-centre') then
    'received-not-approved'
  when a.state = 'correction-pending' then 'waits-for-correction'
  when a.state in ('returned', 'recapture') then 'returned-not-acted'
  when a.state in ('approved', 'reprint') then 'approved-not-produced'
  when a.state in ('printed', 'shipped', 'lost-in-transit') then 'produced-not-received'
  else 'received-not-handed-over' end`

/** Open applications, each in its step, since the day on which it came there. */
const stuckApplications = sql`
    select ${applicationGapKind} as kind, a.id::text as subject, coalesce(a.acts_unit_id, a.unit_id) as "unitId",
      a.person_id as "personId",
           coalesce(m.on_day, a.begun_on) as "sinceOn", a.act_by as "actBy",
           jsonb_strip_nulls(jsonb_build_object('state', a.state, 'session', a.session_id, 'card', a.card_id, 'lawDue',
                 a.due_on, 'campaignDue', a.campaign_due_on,
                                                'reason', a.returned_reason, 'capture', a.capture)) as facts
    from enrolment.application a
    left join lateral (select m.on_day from enrolment.application_transition m
      where m.person_id = a.person_id and m.application_id = a.id order by m.seq desc limit 1) m on true
    where a.state not in ('handed-over', 'refused', 'cancelled')`

/** Cards on a box's list that were not in the box. */
const missingCards = sql`
    select 'missing-from-box' as kind, w.card_id::text as subject, w.unit_id as "unitId", w.person_id as "personId",
      w.since_on as "sinceOn", null::date as "actBy",
           jsonb_build_object('card', w.card_id, 'box', w.box_id, 'application', w.application_id) as facts
    from cards.published_whereabouts w where w.box_state = 'missing' and w.unit_id is not null`

/** Cards that were in a box and on no list, and on which nobody has acted. */
const unexpectedCards = (work: Work) => sql`
    select 'stray-in-box' as kind, s.id::text as subject, s.unit_id as "unitId", null::uuid as "personId",
      ${dayOfInstant(work, sql`s.counted_at`)} as "sinceOn", null::date as "actBy",
           jsonb_strip_nulls(jsonb_build_object('box', s.box_id, 'card', s.card_id)) as facts
    from cards.published_unexpected_card s`

/**
 * Ended cards that never reached their holders and are still somewhere; and holders whom the installation owes a card
 * while none is on its way.
 */
const endedCards = sql`
    select 'ended-not-destroyed' as kind, e.card_id::text as subject, e.unit_id as "unitId", e.person_id as "personId",
      e.since_on as "sinceOn", null::date as "actBy",
           jsonb_strip_nulls(jsonb_build_object('card', e.card_id, 'box', e.box_id, 'application', e.application_id,
                 'cardState', e.state)) as facts
    from cards.published_ended e where e.unit_id is not null
    union all
    select 'owed-not-remade', o.card_id::text, o.unit_id, o.person_id, o.since_on, null,
           jsonb_strip_nulls(jsonb_build_object('card', o.card_id, 'application', o.application_id, 'code', o.code))
    from cards.published_owed o where o.unit_id is not null`

/** Everything that is stuck among what the work may see, and since when each was seen so. */
export async function findStuck(work: Work): Promise<(StuckRecord & { readonly firstAt: Date | null })[]> {
  const all = sql.join(
    [
      counterHoles(work),
      stuckPackets(work),
      brokenChains(work),
      stuckApplications,
      missingCards,
      unexpectedCards(work),
      endedCards,
    ],
    sql` union all `,
  )
  const { rows } = await sql<StuckRecord & { readonly firstAt: Date | null }>`
    select s.*, g.first_at as "firstAt"
    from (${all}) s left join enrolment.gap g on g.kind = s.kind and g.subject = s.subject`.execute(work.tx)
  return rows
}

export type EnrolmentGap = Omit<StuckRecord, 'actBy'> & { readonly dueOn: Day; readonly firstAt?: Date | undefined }

/** Stores what is stuck now and deletes the rest. The first day of a gap is kept. */
export async function replaceGaps({ tx, now }: Work, gaps: readonly EnrolmentGap[]): Promise<void> {
  const column = <K extends keyof EnrolmentGap>(name: K) => gaps.map(one => one[name] ?? null)
  await sql`
    insert into enrolment.gap (kind, subject, unit_id, person_id, since_on, due_on, facts, seen_at, first_at)
    select kind, subject, unit_id, person_id, since_on, due_on, facts::jsonb, ${now}::timestamptz, ${now}::timestamptz
    from unnest(${column('kind')}::text[], ${column('subject')}::text[], ${column('unitId')}::uuid[],
        ${column('personId')}::uuid[], ${column('sinceOn')}::date[],
                ${column('dueOn')}::date[], ${gaps.map(({ facts }) => JSON.stringify(facts))}::text[]) as g
                  (kind, subject, unit_id, person_id, since_on, due_on, facts)
    on conflict (kind, subject) do update
      set unit_id = excluded.unit_id, since_on = excluded.since_on, due_on = excluded.due_on, facts = excluded.facts,
        seen_at = excluded.seen_at`.execute(tx)
  await sql`delete from enrolment.gap where seen_at < ${now}`.execute(tx)
}
