import { type RawBuilder, sql } from 'kysely'
import * as cards from '../../cards/cards.ts'
import { addDays, type Day, dayBefore } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { whereFewInScope } from '../../register/register.ts'
import { cardEndsSoon, stuckAfter } from '../law.ts'
import { cameOtherwise } from '../store-other-packet.ts'
import type { GapKind } from './gap.ts'

/** What the last day of something stuck depends on. */
export type StuckDays = {
  readonly kind: GapKind
  readonly sinceOn: Day
  /** A day set by the law or an officer; without one the limit of the step counts. */
  readonly actBy: Day | null
  /** The last day of the law for the whole way, and the day by which a campaign needs its end. */
  readonly lawDue: Day | null
  readonly campaignDue: Day | null
}

/** Something stuck, with the unit that has it in hand, where one has. */
export type StuckRecord = StuckDays & {
  readonly subject: string
  readonly unitId: string | null
  /** The unit that must act where the thing itself says so. */
  readonly handUnitId: string | null
  readonly personId: Id<'person'> | null
  readonly facts: Readonly<Record<string, unknown>>
}

export type StuckWay = StuckDays & { readonly count: number }

/** The installation's day of an instant. A demonstration's day stands still, so the distance to now is kept. */
const dayOfInstant = ({ today, now }: Work, instant: RawBuilder<unknown>) => sql`
  (${today}::date -
      ((${now}::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date -
        (${instant} at time zone 'Asia/Ho_Chi_Minh')::date))`

const noDay = sql`null::date`
const noId = sql`null::uuid`

type StuckColumns = {
  readonly kind: RawBuilder<unknown>
  readonly subject: RawBuilder<unknown>
  readonly unitId: RawBuilder<unknown>
  readonly sinceOn: RawBuilder<unknown>
  readonly facts: RawBuilder<unknown>
  readonly handUnitId?: RawBuilder<unknown>
  readonly personId?: RawBuilder<unknown>
  readonly actBy?: RawBuilder<unknown>
  readonly lawDue?: RawBuilder<unknown>
  readonly campaignDue?: RawBuilder<unknown>
}

const columns = (given: StuckColumns) => sql`
  ${given.kind} as kind, ${given.subject} as subject, ${given.unitId} as "unitId",
    ${given.handUnitId ?? noId} as "handUnitId", ${given.personId ?? noId} as "personId",
    ${given.sinceOn} as "sinceOn", ${given.actBy ?? noDay} as "actBy", ${given.lawDue ?? noDay} as "lawDue",
    ${given.campaignDue ?? noDay} as "campaignDue", jsonb_strip_nulls(${given.facts}) as facts`

/** Counters of a station that it never announced. */
const counterHoles = (work: Work) => sql`
  select ${columns({
    kind: sql`'counter-hole'`,
    subject: sql`s.code || '-' || lpad(n::text, 6, '0')`,
    unitId: sql`s.unit_id`,
    sinceOn: dayOfInstant(work, sql`s.reported_at`),
    facts: sql`jsonb_build_object('station', s.id, 'counter', n)`,
  })}
  from enrolment.station s cross join lateral generate_series(1, s.head) n
  where not exists (select from enrolment.packet p where p.station_id = s.id and p.counter = n)`

/** How much arrived of a packet whose upload has paused for a day, and when the last piece did. */
const uploadBegunCondition = (work: Work) => sql`
  select max(b.came_at) as last_at, max(b.at + length(b.body)) as here from enrolment.packet_piece b
  where b.station_id = p.station_id and b.hash = p.hash
  having max(b.came_at) < ${work.now}::timestamptz -
    make_interval(hours => ${ruleOn(stuckAfter, work.today, work).quietHours})`

const packetName = sql`s.code || '-' || lpad(p.counter::text, 6, '0') || '-' || left(encode(p.hash, 'hex'), 6)`

/**
 * Announced packets that have not arrived, and arrived ones that wait; a refused one until its capture came in another
 * packet or an officer decides.
 */
const stuckPackets = (work: Work) => sql`
  select ${columns({
    kind: sql`case p.state when 'told' then case when x.last_at is null then 'captured-not-received'
      else 'begun-not-finished' end when 'held' then 'held' when 'refused' then 'refused-packet'
      else 'received-not-landed' end`,
    subject: packetName,
    unitId: sql`p.unit_id`,
    sinceOn: dayOfInstant(work, sql`coalesce(p.received_at, x.last_at, p.announced_at)`),
    facts: sql`jsonb_build_object('station', p.station_id, 'counter', p.counter, 'hash', encode(p.hash, 'hex'),
      'application', p.application_id, 'session', p.session_id, 'problem', p.problem, 'landing', p.facts -> 'landing',
      'here', x.here, 'bytes', case when x.here is not null then p.bytes end)`,
  })}
  from enrolment.packet p join enrolment.station s on s.id = p.station_id
  left join lateral (${uploadBegunCondition(work)}) x on p.state = 'told'
  where p.state in ('told', 'held') or (p.state = 'refused' and p.decided_by is null and not ${cameOtherwise})
    or (p.state = 'received'
      and (p.received_at < ${work.now}::timestamptz -
        make_interval(mins => ${ruleOn(stuckAfter, work.today, work).waitingMinutes})
              or p.facts ? 'landing'))`

/** Processed packets whose predecessor turned out to be another than they name. */
const brokenChains = (work: Work) => sql`
  select ${columns({
    kind: sql`'chain-broken'`,
    subject: packetName,
    unitId: sql`p.unit_id`,
    personId: sql`p.person_id`,
    sinceOn: dayOfInstant(work, sql`p.received_at`),
    facts: sql`jsonb_build_object('station', p.station_id, 'counter', p.counter, 'hash', encode(p.hash, 'hex'),
      'application', p.application_id)`,
  })}
  from enrolment.packet p join enrolment.station s on s.id = p.station_id
  where p.chain = 'broken' and p.state in ('received', 'landed') and p.decided_by is null`

/** Whether a made card is still with its maker or in a box that was not sent, on its way, or in a school's hands. */
const isSent = sql`w.box_stage in ('sent', 'received')`
const isAtSchool = sql`(w.place_kind in ('school', 'list') or (w.box_to_school and ${isSent}))`

/** A card that has lain somewhere for so long that its holder is to be sought. */
function isUncollected(work: Work, since: RawBuilder<unknown>) {
  const chasedFrom = addDays(work.today, -cards.daysUntilChased(work))
  return sql`${since} <= ${chasedFrom}::date`
}

const hereKind = (work: Work, since: RawBuilder<unknown>) => sql`
  case when ${isAtSchool} then 'at-school-not-handed-over' when ${isUncollected(work, since)} then 'uncollected'
    else 'received-not-handed-over' end`

/** The step in which an open application waits. */
const applicationGapKind = (work: Work) => sql`case
  when a.state in ('draft', 'captured', 'signed') then 'begun-not-submitted'
  when a.state in ('data-check', 'submitted') then 'received-not-checked'
  when a.state = 'sent-to-centre' then 'received-not-approved'
  when a.state = 'correction-pending' then 'waits-for-correction'
  when a.state in ('returned', 'recapture') then 'returned-not-acted'
  when a.state in ('approved', 'reprint') then 'approved-not-produced'
  when a.state = 'lost-in-transit' or (a.state in ('printed', 'shipped') and ${isSent}) then 'produced-not-received'
  when a.state in ('printed', 'shipped') then 'produced-not-sent'
  else ${hereKind(work, sql`coalesce(w.place_since_on, m.on_day)`)} end`

/** The unit that the card's own place names: its batch, its box, or the cupboard in which it lies. */
const unitOfPlace = sql`case
  when w.box_stage in ('open', 'sealed') then w.box_sender_id
  when ${isSent} and not w.box_to_school then w.box_to_id
  when w.state = 'approved' then w.batch_unit_id
  when w.place_kind = 'unit' then w.place_id end`

const placeFacts = sql`'box', w.box_id, 'batch', w.batch_id,
  'school', case when ${isAtSchool} then coalesce(w.list_school_id, w.school_id,
    case w.place_kind when 'school' then w.place_id end,
    case when w.box_to_school then w.box_to_id end) end`

/** The law's limit is kept once the card lies where its holder can fetch it. */
const lawDueBeforeArrival = (state: RawBuilder<unknown>, dueOn: RawBuilder<unknown>) =>
  sql`case when ${state} not in ('at-unit', 'dispatched') then ${dueOn} end`

/** Open applications, each in its step, since the day on which it came there. What a box lacks has its own row. */
const stuckApplications = (work: Work) => sql`
  select ${columns({
    kind: applicationGapKind(work),
    subject: sql`a.id::text`,
    unitId: sql`coalesce(a.acts_unit_id, a.unit_id)`,
    handUnitId: sql`case a.state when 'correction-pending' then k.decides_unit_id else ${unitOfPlace} end`,
    personId: sql`a.person_id`,
    sinceOn: sql`coalesce(m.on_day, a.begun_on)`,
    actBy: sql`coalesce(a.act_by, case a.state when 'correction-pending' then k.due_on end)`,
    lawDue: lawDueBeforeArrival(sql`a.state`, sql`a.due_on`),
    campaignDue: sql`a.campaign_due_on`,
    facts: sql`jsonb_build_object('state', a.state, 'session', a.session_id, 'application', a.id,
      'lawDue', a.due_on, 'campaignDue', a.campaign_due_on, 'reason', a.returned_reason, 'capture', a.capture,
      'card', a.card_id, ${placeFacts})`,
  })}
  from enrolment.application a
  left join lateral (select m.on_day from enrolment.application_transition m
    where m.person_id = a.person_id and m.application_id = a.id order by m.seq desc limit 1) m on true
  left join cards.published_whereabouts w on w.person_id = a.person_id and w.card_id = a.card_id
  left join register.published_correction k on k.person_id = a.person_id and k.id = a.correction_id
  where a.state not in ('handed-over', 'refused', 'cancelled') and w.box_state is distinct from 'missing'
    and not (a.state in ('at-unit', 'dispatched') and w.withheld_on is not null)
    and ${whereFewInScope(work, sql`a.person_id`)}`

/** Cards on a box's list that were not in the box: the unit that counted it looks first. */
const missingCards = sql`
  select ${columns({
    kind: sql`'missing-from-box'`,
    subject: sql`w.card_id::text`,
    unitId: sql`w.unit_id`,
    handUnitId: sql`case when not w.box_to_school then w.box_to_id end`,
    personId: sql`w.person_id`,
    sinceOn: sql`w.since_on`,
    facts: sql`jsonb_build_object('card', w.card_id, 'box', w.box_id, 'application', w.application_id)`,
  })}
  from cards.published_whereabouts w where w.box_state = 'missing' and w.unit_id is not null`

/** Cards that were in a box and on no list, and on which nobody has acted. */
const unexpectedCards = (work: Work) => sql`
  select ${columns({
    kind: sql`'stray-in-box'`,
    subject: sql`s.id::text`,
    unitId: sql`s.unit_id`,
    sinceOn: dayOfInstant(work, sql`s.counted_at`),
    facts: sql`jsonb_build_object('box', s.box_id, 'card', s.card_id)`,
  })}
  from cards.published_unexpected_card s`

/** Ended cards that never reached their holders and are still somewhere. */
const endedCards = sql`
  select ${columns({
    kind: sql`'ended-not-destroyed'`,
    subject: sql`e.card_id::text`,
    unitId: sql`e.unit_id`,
    personId: sql`e.person_id`,
    sinceOn: sql`e.since_on`,
    facts: sql`jsonb_build_object('card', e.card_id, 'box', e.box_id, 'application', e.application_id,
      'cardState', e.state)`,
  })}
  from cards.published_ended e where e.unit_id is not null`

/** Holders whom the installation owes a card while none is on its way. */
const owedCards = sql`
  select ${columns({
    kind: sql`'owed-not-remade'`,
    subject: sql`o.card_id::text`,
    unitId: sql`o.unit_id`,
    personId: sql`o.person_id`,
    sinceOn: sql`o.since_on`,
    facts: sql`jsonb_build_object('card', o.card_id, 'application', o.application_id, 'code', o.code)`,
  })}
  from cards.published_owed o where o.unit_id is not null`

/** The commune where the person lives, whose police know them: of permanent residence, else of another. */
const homeOf = (person: RawBuilder<unknown>) => sql`
  (select r.unit_id from register.published_residence r
    where r.person_id = ${person} and r.to_on is null order by r.kind <> 'permanent', r.unit_id limit 1)`

const isDead = (person: RawBuilder<unknown>) => sql`
  exists (select from register.published_birth d where d.person_id = ${person} and d.life_status = 'dead')`

const hasOpenApplication = (person: RawBuilder<unknown>) => sql`
  exists (select from enrolment.application o
    where o.person_id = ${person} and o.state not in ('handed-over', 'refused', 'cancelled'))`

/**
 * Cards on their way or lying somewhere for which no application is open here: an extract told of them, or their
 * application ended. One of them is nobody's work once a later card is in the holder's hand: a chip that was read, or a
 * later extract, says so.
 */
const cardsWithoutApplication = (work: Work) => sql`
  select ${columns({
    kind: sql`case
      when w.state = 'at-unit' then ${hereKind(work, sql`coalesce(w.place_since_on, w.since_on)`)}
      when w.origin = 'imported' then case w.state when 'approved' then 'elsewhere-not-produced'
        else 'elsewhere-not-received' end
      when w.state = 'approved' then 'approved-not-produced'
      when ${isSent} then 'produced-not-received' else 'produced-not-sent' end`,
    subject: sql`w.card_id::text`,
    unitId: sql`coalesce(w.unit_id, ${homeOf(sql`w.person_id`)})`,
    handUnitId: unitOfPlace,
    personId: sql`w.person_id`,
    sinceOn: sql`case w.state when 'at-unit' then coalesce(w.place_since_on, w.since_on) else w.since_on end`,
    lawDue: lawDueBeforeArrival(sql`w.state`, sql`w.due_on`),
    facts: sql`jsonb_build_object('card', w.card_id, ${placeFacts}, 'origin', w.origin, 'cardState', w.state)`,
  })}
  from cards.published_whereabouts w
  where w.state in ('approved', 'produced', 'at-unit') and w.withheld_on is null
    and w.box_state is distinct from 'missing' and ${whereFewInScope(work, sql`w.person_id`)}
    and not exists (select from enrolment.application o where o.person_id = w.person_id and o.card_id = w.card_id
      and o.state not in ('handed-over', 'refused', 'cancelled'))
    and not exists (select from cards.published_card h where h.person_id = w.person_id and h.id <> w.card_id
      and h.state = 'handed-over' and h.issued_on >= coalesce(w.issued_on, w.since_on))`

/** Cards in force that need another one in their place, where none is asked for. */
const hasNoOther = (work: Work) => sql`
  not exists (select from cards.published_card n where n.person_id = c.person_id and n.id <> c.id
      and n.state in ('applied', 'approved', 'produced', 'at-unit', 'handed-over', 'blocked'))
    and not ${hasOpenApplication(sql`c.person_id`)} and not ${isDead(sql`c.person_id`)}
    and ${whereFewInScope(work, sql`c.person_id`)}`

const holdersCard = (
  kind: GapKind,
  { sinceOn, lawDue }: { readonly sinceOn: RawBuilder<unknown>; readonly lawDue?: RawBuilder<unknown> },
) => sql`
  select ${columns({
    kind: sql`${kind}::text`,
    subject: sql`c.id::text`,
    unitId: homeOf(sql`c.person_id`),
    personId: sql`c.person_id`,
    sinceOn,
    ...(lawDue && { lawDue }),
    facts: sql`jsonb_build_object('card', c.id, 'cardState', c.state, 'origin', c.origin)`,
  })}`

/** Cards whose term is over or ends within weeks; terms that the law put off hold until the day before its own. */
function endingCards(work: Work) {
  const soon = ruleOn(cardEndsSoon, work.today, work)
  const { from, before, to } = cards.lawOf(work.today, work).extended
  const endsOn = sql`case when c.expires_on between ${from}::date and ${before}::date then ${dayBefore(to)}::date
    else coalesce(c.expires_on, c.state_on) end`
  return sql`
    ${holdersCard('card-ends', { sinceOn: sql`(${endsOn} - ${soon}::integer)`, lawDue: endsOn })}
    from cards.published_card c
    where ((c.state = 'handed-over' and c.expires_on <= ${addDays(work.today, soon)}::date
        and ${endsOn} <= ${addDays(work.today, soon)}::date) or c.state = 'expired')
      and ${hasNoOther(work)}`
}

/** Cards that their holders lost, and did not find, while no other is asked for. */
const lostCards = (work: Work) => sql`
  ${holdersCard('card-lost', { sinceOn: sql`c.state_on` })}
  from cards.published_card c where c.state = 'blocked' and ${hasNoOther(work)}`

/** Cards that still bear a number that was cancelled since. */
const cardsOfFormerNumbers = (work: Work) => sql`
  ${holdersCard('number-changed', { sinceOn: sql`n.changed_on` })}
  from (select f.person_id, max(f.to_on) as changed_on from register.published_number f
    where f.state = 'cancelled' and f.superseded_by is not null and f.to_on is not null
      and ${whereFewInScope(work, sql`f.person_id`)} group by f.person_id) n
  join cards.published_card c on c.person_id = n.person_id and c.state = 'handed-over' and c.issued_on < n.changed_on
  where ${hasNoOther(work)}`

/** Cards whose chip was last read as a copy, as another card or as changed, and that are still given out or in use. */
const cardsOfOtherChips = (work: Work) => sql`
  select ${columns({
    kind: sql`'chip-not-the-card'::text`,
    subject: sql`c.id::text`,
    unitId: homeOf(sql`c.person_id`),
    handUnitId: sql`f.unit_id`,
    personId: sql`c.person_id`,
    sinceOn: dayOfInstant(work, sql`f.ended_at`),
    facts: sql`jsonb_build_object('card', c.id, 'cardState', c.state, 'found', f.outcome)`,
  })}
  from cards.published_chip_finding f
  join cards.published_card c on c.person_id = f.person_id and c.id = f.card_id
    and c.state in ('produced', 'at-unit', 'handed-over')
  where ${whereFewInScope(work, sql`f.person_id`)}`

/** Accounts that wait for a decision, that nobody was told of, and whose days to activate are over. */
const stuckAccounts = (work: Work) => sql`
  select ${columns({
    kind: sql`case when a.state = 'requested' then case when a.handed_up_at is null then 'account-not-decided'
        else 'account-at-centre' end
      when a.last_day is null then 'account-not-told' else 'account-not-activated' end`,
    subject: sql`a.id::text`,
    unitId: sql`coalesce(a.unit_id, ${homeOf(sql`a.person_id`)})`,
    personId: sql`a.person_id`,
    sinceOn: sql`case when a.state = 'approved' and a.last_day is not null then a.last_day else a.state_on end`,
    actBy: sql`case a.state when 'requested' then a.due_on end`,
    facts: sql`jsonb_build_object('account', a.id, 'level', a.level, 'accountState', a.state)`,
  })}
  from accounts.published_account a
  where (a.state = 'requested' or (a.state = 'approved' and (a.last_day is null or a.last_day < ${work.today}::date)))
    and ${whereFewInScope(work, sql`a.person_id`)}`

/** Messages that did not arrive, or may not have, as their follow-ups have them. */
const lostMessages = sql`
  select ${columns({
    kind: sql`'message-lost'`,
    subject: sql`f.id::text`,
    unitId: sql`f.owner_unit_id`,
    handUnitId: sql`f.owner_unit_id`,
    personId: sql`f.person_id`,
    sinceOn: sql`f.opened_on`,
    actBy: sql`f.due_on`,
    facts: sql`jsonb_build_object('followUp', f.id, 'message', f.source_id, 'reason', f.reason)`,
  })}
  from follow_ups.published_follow_up f where f.kind = 'message' and f.owner_unit_id is not null`

/** Of which kinds what a part finds can be, so that a list of some kinds does not read the others. */
const parts: readonly { readonly kinds: readonly GapKind[]; readonly of: (work: Work) => RawBuilder<unknown> }[] = [
  { kinds: ['counter-hole'], of: counterHoles },
  {
    kinds: ['captured-not-received', 'begun-not-finished', 'held', 'refused-packet', 'received-not-landed'],
    of: stuckPackets,
  },
  { kinds: ['chain-broken'], of: brokenChains },
  {
    kinds: [
      'begun-not-submitted',
      'received-not-checked',
      'received-not-approved',
      'waits-for-correction',
      'returned-not-acted',
      'approved-not-produced',
      'produced-not-sent',
      'produced-not-received',
      'received-not-handed-over',
      'at-school-not-handed-over',
      'uncollected',
    ],
    of: stuckApplications,
  },
  {
    kinds: [
      'approved-not-produced',
      'produced-not-sent',
      'produced-not-received',
      'received-not-handed-over',
      'at-school-not-handed-over',
      'uncollected',
      'elsewhere-not-produced',
      'elsewhere-not-received',
    ],
    of: cardsWithoutApplication,
  },
  { kinds: ['missing-from-box'], of: () => missingCards },
  { kinds: ['stray-in-box'], of: unexpectedCards },
  { kinds: ['ended-not-destroyed'], of: () => endedCards },
  { kinds: ['owed-not-remade'], of: () => owedCards },
  { kinds: ['card-ends'], of: endingCards },
  { kinds: ['card-lost'], of: lostCards },
  { kinds: ['number-changed'], of: cardsOfFormerNumbers },
  { kinds: ['chip-not-the-card'], of: cardsOfOtherChips },
  {
    kinds: ['account-not-decided', 'account-at-centre', 'account-not-told', 'account-not-activated'],
    of: stuckAccounts,
  },
  { kinds: ['message-lost'], of: () => lostMessages },
]

const stuckOf = (work: Work, kinds: readonly GapKind[]) => {
  const asked = parts.filter(part => part.kinds.some(kind => kinds.includes(kind)))
  return sql`(select * from (${sql.join(
    asked.map(({ of }) => of(work)),
    sql` union all `,
  )}) every_part where kind = any (${[...kinds]}::text[]))`
}

/** How many are stuck alike in what their last day depends on, among what the work may see. */
export async function countStuck(work: Work, kinds: readonly GapKind[]): Promise<StuckWay[]> {
  if (kinds.length === 0) return []
  const { rows } = await sql<StuckWay>`
    select kind, "sinceOn", "actBy", "lawDue", "campaignDue", count(*)::integer as count
    from ${stuckOf(work, kinds)} s group by kind, "sinceOn", "actBy", "lawDue", "campaignDue"`.execute(work.tx)
  return rows
}

/** Those that are alike in these ways, in the order of the ways, and of their subjects within each. */
export async function findStuckOf(
  work: Work,
  ways: readonly StuckDays[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<StuckRecord[]> {
  if (ways.length === 0) return []
  const column = (name: keyof StuckDays) => ways.map(one => one[name])
  const { rows } = await sql<StuckRecord>`
    select s.* from unnest(${column('kind')}::text[], ${column('sinceOn')}::date[], ${column('actBy')}::date[],
        ${column('lawDue')}::date[], ${column('campaignDue')}::date[]) with ordinality
      as way (kind, since_on, act_by, law_due, campaign_due, place)
    join ${stuckOf(work, [...new Set(ways.map(({ kind }) => kind))])} s
      on s.kind = way.kind and s."sinceOn" = way.since_on
        and coalesce(s."actBy", date '-infinity') = coalesce(way.act_by, date '-infinity')
        and coalesce(s."lawDue", date '-infinity') = coalesce(way.law_due, date '-infinity')
        and coalesce(s."campaignDue", date '-infinity') = coalesce(way.campaign_due, date '-infinity')
    order by way.place, s.subject offset ${offset} limit ${limit}`.execute(work.tx)
  return rows
}

export type RecordedGap = Omit<StuckRecord, 'actBy' | 'lawDue' | 'campaignDue' | 'unitId' | 'handUnitId'> & {
  readonly unitId: string
  readonly dueOn: Day
}

/** Stores what is stuck now and deletes the rest. The first day of a gap is kept. */
export async function replaceGaps({ tx, now }: Work, gaps: readonly RecordedGap[]): Promise<void> {
  const column = <K extends keyof RecordedGap>(name: K) => gaps.map(one => one[name] ?? null)
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
