import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { asHour, type Hour } from '../hour.ts'
import type { Booking, BookingId, BookingState } from './booking.ts'
import { type PlaceId, type Service, type Slot, type SlotRoom, services } from './slot.ts'

const columns = sql.raw(`a.id, a.person_id as "personId", a.unit_id as "unitId", a.place, a.place_id as "placeId",
  a.service, a.day, a.starts_at as "startsAt", a.number, a.state, a.rebooked, a.from_id as "fromId",
  a.also_at as "alsoAt",
  a.adds_line as "addsLine", a.confirmed_at as "confirmedAt", a.booked_by as "bookedBy"`)

const asBooking = <Row extends Booking>(row: Row): Row => ({
  ...row,
  startsAt: asHour(row.startsAt),
  alsoAt: row.alsoAt.map(asHour),
})

/** Every slot that a booking takes, the first of them first. */
const allSlots = ({ startsAt, alsoAt = [], ...rest }: TakenSlots): Slot[] =>
  [startsAt, ...alsoAt].map(hour => ({ ...rest, startsAt: hour }))

export type TakenSlots = Slot & { readonly alsoAt?: readonly Hour[] | undefined }

/**
 * Takes a place in a slot, whose row is made with its room where it has none yet; false where it is full. One statement
 * holds the row until the work ends, and the constraint never_over_booked stands behind it.
 */
export async function takePlace(
  { tx }: Work,
  { placeId, day, startsAt }: Slot,
  { service, unitId, minutes, room }: Pick<SlotRoom, 'minutes' | 'room'> & { service: Service; unitId: Id<'unit'> },
): Promise<boolean> {
  const one = services.map(other => Number(other === service))
  const { rows } = await sql`
    /* kept plan */
    insert into planning.slot as s (place_id, day, starts_at, unit_id, minutes, room, taken)
    select ${placeId}, ${day}, ${startsAt}, ${unitId}, ${[...minutes]}::smallint[], ${[...room]}::integer[],
      ${one}::smallint[]
    where planning.fits(${one}::smallint[], ${[...minutes]}::smallint[], ${[...room]}::integer[])
    on conflict (place_id, day, starts_at) do update
      set taken = array[s.taken[1] + excluded.taken[1], s.taken[2] + excluded.taken[2], s.taken[3] + excluded.taken[3]]
      where planning.fits(array[s.taken[1] + excluded.taken[1], s.taken[2] + excluded.taken[2],
        s.taken[3] + excluded.taken[3]]::smallint[], s.minutes, s.room)
    returning 1`.execute(tx)
  return rows.length === 1
}

/** Gives a place back, in every slot that it took. */
export async function givePlaceBack(
  { tx }: Work,
  { placeId, day, startsAt, alsoAt = [] }: TakenSlots,
  service: Service,
): Promise<void> {
  const [a = 0, b = 0, c = 0] = services.map(other => Number(other === service))
  await sql`
    update planning.slot s set taken = array[s.taken[1] - ${a}::smallint, s.taken[2] - ${b}::smallint,
      s.taken[3] - ${c}::smallint]
    where s.place_id = ${placeId} and s.day = ${day} and s.starts_at = any (${[startsAt, ...alsoAt]}::time[])`.execute(
    tx,
  )
}

/** Holds some slots in one order for everybody, so that two who move across each other do not wait for each other. */
export async function holdSlots({ tx }: Work, taken: readonly TakenSlots[]): Promise<void> {
  const slots = taken.flatMap(allSlots)
  await sql`
    select 1 from planning.slot s
    where (s.place_id, s.day, s.starts_at) in (
      select p, d, t from unnest(${slots.map(({ placeId }) => placeId)}::uuid[], ${slots.map(({ day }) => day)}::date[],
        ${slots.map(({ startsAt }) => startsAt)}::time[]) as w (p, d, t))
    order by s.place_id, s.day, s.starts_at for update`.execute(tx)
}

export type TakenSlot = SlotRoom & { readonly day: Day; readonly startsAt: Hour }

/** The slots of a place that have a row, from a day to a day. */
export async function slotsOf({ tx }: Work, placeId: PlaceId, from: Day, to: Day): Promise<TakenSlot[]> {
  const { rows } = await sql<TakenSlot>`
    /* kept plan */
    select day, starts_at as "startsAt", minutes, room, taken from planning.slot
    where place_id = ${placeId} and day between ${from} and ${to} order by day, starts_at`.execute(tx)
  return rows.map(row => ({ ...row, startsAt: asHour(row.startsAt) }))
}

/** Gives slots from today on another room; where more is booked than fits now, they take nobody else. */
export async function updateRoom(
  { tx, today }: Work,
  placeId: PlaceId,
  { minutes, room }: Pick<SlotRoom, 'minutes' | 'room'>,
): Promise<void> {
  await sql`
    update planning.slot s set minutes = ${[...minutes]}::smallint[], room = (
      select array_agg(greatest(need.room,
        (case when set & 1 > 0 then s.taken[1] * need.a else 0 end)
        + (case when set & 2 > 0 then s.taken[2] * need.b else 0 end)
        + (case when set & 4 > 0 then s.taken[3] * need.c else 0 end)) order by set)
      from unnest(${[...room]}::integer[]) with ordinality as r (room, nth)
      cross join lateral (select r.nth::integer as set, r.room, ${minutes[0] ?? 0}::integer as a,
        ${minutes[1] ?? 0}::integer as b, ${minutes[2] ?? 0}::integer as c) need)
    where s.place_id = ${placeId} and s.day >= ${today}`.execute(tx)
}

/** The next ticket number of a service at a place on a day. */
export async function nextTicketNumber(
  { tx }: Work,
  { placeId, day, service, unitId }: { placeId: PlaceId; day: Day; service: Service; unitId: Id<'unit'> },
): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    /* kept plan */
    insert into planning.ticket_number as n (place_id, day, service, unit_id, last)
    values (${placeId}, ${day}, ${service}, ${unitId}, 1)
    on conflict (place_id, day, service) do update set last = n.last + 1 returning last`.execute(tx)
  return rows[0]?.last ?? 1
}

/** Enters a booking; false where the person has an open one for the service already. */
export async function insertBooking({ tx, now }: Work, one: Booking): Promise<boolean> {
  const { rows } = await sql`
    /* kept plan */
    insert into planning.booking
      (person_id, id, unit_id, place, place_id, service, day, starts_at, number, state, rebooked, from_id, adds_line,
       booked_at, booked_by, also_at)
    values (${one.personId}, ${one.id}, ${one.unitId}, ${one.place}, ${one.placeId}, ${one.service}, ${one.day},
      ${one.startsAt}, ${one.number}, 'booked', ${one.rebooked}, ${one.fromId ?? null}, ${one.addsLine}, ${now},
      ${one.bookedBy}, ${[...one.alsoAt]}::time[])
    on conflict (person_id, service) where state = 'booked' do nothing returning 1`.execute(tx)
  return rows.length === 1
}

/** A person's open booking for a service, held until the work ends. */
export async function holdOpen({ tx }: Work, personId: Id<'person'>, service: Service): Promise<Booking | undefined> {
  const { rows } = await sql<Booking>`
    /* kept plan */
    select ${columns} from planning.booking a
    where a.person_id = ${personId} and a.service = ${service} and a.state = 'booked' for update`.execute(tx)
  return rows[0] && asBooking(rows[0])
}

export async function holdOne({ tx }: Work, personId: Id<'person'>, id: BookingId): Promise<Booking | undefined> {
  const { rows } = await sql<Booking>`
    select ${columns} from planning.booking a where a.person_id = ${personId} and a.id = ${id} for update`.execute(tx)
  return rows[0] && asBooking(rows[0])
}

/** An appointment by its id alone, as a ticket names it. */
export async function findBooking({ tx }: Work, id: BookingId): Promise<Booking | undefined> {
  const { rows } = await sql<Booking>`
    select ${columns} from planning.booking a where a.id = ${id}`.execute(tx)
  return rows[0] && asBooking(rows[0])
}

export async function setState(
  { tx, now }: Work,
  { personId, id }: Pick<Booking, 'personId' | 'id'>,
  state: Exclude<BookingState, 'booked'>,
): Promise<void> {
  await sql`update planning.booking set state = ${state}, ended_at = ${now}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

export async function setConfirmed(
  { tx, now }: Work,
  { personId, id }: Pick<Booking, 'personId' | 'id'>,
): Promise<void> {
  await sql`update planning.booking set confirmed_at = coalesce(confirmed_at, ${now})
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** A person's bookings that are open, the next first. */
export async function openBookingsOf({ tx }: Work, personId: Id<'person'>): Promise<Booking[]> {
  const { rows } = await sql<Booking>`
    select ${columns} from planning.booking a where a.person_id = ${personId} and a.state = 'booked'
    order by a.day, a.starts_at, a.service`.execute(tx)
  return rows.map(asBooking)
}

export type NamedBooking = Booking & {
  /** Empty where the person may not be seen. */
  readonly name: string | null
  readonly cameAt: Date | null
  readonly ticketState: 'waiting' | 'called' | 'served' | 'missed' | null
}

/** Who is or was booked at a place on a day, by hour and number, with what became of the ticket. */
export async function bookedOn({ tx }: Work, placeId: PlaceId, day: Day): Promise<NamedBooking[]> {
  const { rows } = await sql<NamedBooking>`
    select ${columns}, p.full_name as name, t.came_at as "cameAt", t.state as "ticketState"
    from planning.booking a
    left join register.published_person p on p.person_id = a.person_id
    left join planning.ticket t
      on t.site_id = a.place_id and t.day = a.day and t.service = a.service and t.number = a.number
    where a.place_id = ${placeId} and a.day = ${day} and a.state in ('booked', 'served', 'no-show')
    order by a.starts_at, a.service, a.number limit 1000`.execute(tx)
  return rows.map(asBooking)
}

/** The open bookings at a place, on one day or on all from today on; held. */
export async function holdOpenAt({ tx, today }: Work, placeId: PlaceId, day: Day | undefined): Promise<Booking[]> {
  const { rows } = await sql<Booking>`
    select ${columns} from planning.booking a
    where a.place_id = ${placeId} and a.state = 'booked' and a.day >= ${today}
      and (${day ?? null}::date is null or a.day = ${day ?? null}::date)
    order by a.day, a.starts_at, a.number, a.id for update`.execute(tx)
  return rows.map(asBooking)
}

export type OpenBooking = Booking & {
  /** They were in the hall on their day, and no desk gave their number up. */
  readonly hasCome: boolean
}

/** Open bookings of days that are over, some at a time. */
export async function openBefore({ tx }: Work, day: Day, limit: number): Promise<OpenBooking[]> {
  const { rows } = await sql<OpenBooking>`
    select ${columns}, exists (
      select from planning.ticket t
      where t.site_id = a.place_id and t.day = a.day and t.service = a.service and t.number = a.number
        and t.state <> 'missed') as "hasCome"
    from planning.booking a where a.state = 'booked' and a.day < ${day}
    order by a.day, a.id limit ${limit} for update of a skip locked`.execute(tx)
  return rows.map(asBooking)
}

/** Open bookings at counters on a day, after an id, some at a time: of sessions the invitations remind. */
export async function openOn({ tx }: Work, day: Day, after: string | undefined, limit: number): Promise<Booking[]> {
  const { rows } = await sql<Booking>`
    select ${columns} from planning.booking a
    where a.state = 'booked' and a.place = 'counter' and a.day = ${day}
      and (${after ?? null}::uuid is null or a.id > ${after ?? null}::uuid)
    order by a.id limit ${limit}`.execute(tx)
  return rows.map(asBooking)
}

/** Whether one more fits in a slot; of a slot without a row, in an empty one. */
export async function hasRoom(
  { tx }: Work,
  { placeId, day, startsAt }: Slot,
  { service, minutes, room }: Pick<SlotRoom, 'minutes' | 'room'> & { service: Service },
): Promise<boolean> {
  const one = services.map(other => Number(other === service))
  const { rows } = await sql<{ fits: boolean }>`
    select coalesce((
      select planning.fits(array[s.taken[1] + ${one[0]}::integer, s.taken[2] + ${one[1]}::integer,
        s.taken[3] + ${one[2]}::integer]::smallint[], s.minutes, s.room)
      from planning.slot s where s.place_id = ${placeId} and s.day = ${day} and s.starts_at = ${startsAt}),
      planning.fits(${one}::smallint[], ${[...minutes]}::smallint[], ${[...room]}::integer[])) as fits`.execute(tx)
  return rows[0]?.fits ?? false
}

/** How many hours a person or their family booked or changed since an instant. */
export async function countOwnBookings({ tx }: Work, personId: Id<'person'>, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    /* kept plan */
    select count(*)::integer as count from planning.booking
    where person_id = ${personId} and booked_at > ${since} and booked_by in ('person', 'family')`.execute(tx)
  return rows[0]?.count ?? 0
}

export type ExpectedAtCounter = {
  readonly siteId: Id<'site'>
  readonly name: string
  /** Booked for the day, and not served yet. */
  readonly expected: number
  readonly waiting: number
  readonly first: Hour
}

/** For each counter of a unit with somebody booked on a day who was not served yet: how many, and from which hour. */
export async function expectedOn({ tx }: Work, unitId: Id<'unit'>, day: Day): Promise<ExpectedAtCounter[]> {
  const { rows } = await sql<ExpectedAtCounter>`
    select a.place_id as "siteId", s.name, count(*)::integer as expected, min(a.starts_at) as first,
      (count(*) filter (where t.state in ('waiting', 'called')))::integer as waiting
    from planning.booking a join planning.site s on s.id = a.place_id
    left join planning.ticket t
      on t.site_id = a.place_id and t.day = a.day and t.service = a.service and t.number = a.number
    where a.unit_id = ${unitId} and a.place = 'counter' and a.day = ${day} and a.state = 'booked'
    group by a.place_id, s.name order by s.name, a.place_id limit 20`.execute(tx)
  return rows.map(row => ({ ...row, first: asHour(row.first) }))
}

/** The desk that calls a booking's ticket now; undefined where none does. */
export async function deskThatCalls(
  { tx }: Work,
  { placeId, day, service, number }: Pick<Booking, 'placeId' | 'day' | 'service' | 'number'>,
): Promise<number | undefined> {
  const { rows } = await sql<{ desk: number }>`
    select desk from planning.ticket
    where site_id = ${placeId} and day = ${day} and service = ${service} and number = ${number}
      and state = 'called'`.execute(tx)
  return rows[0]?.desk
}

/** Nobody could be told that the place of a booking is closed. */
export async function setNotTold({ tx }: Work, { personId, id }: Pick<Booking, 'personId' | 'id'>): Promise<void> {
  await sql`update planning.booking set not_told = true where person_id = ${personId} and id = ${id}`.execute(tx)
}

export type LostBooking = Booking & {
  readonly name: string | null
  readonly notTold: boolean
  readonly nextDay: Day | null
  readonly nextAt: Hour | null
  readonly nextNumber: number | null
}

/** Who lost an hour at a place on a day since it was closed, with the hour that they have instead. */
export async function lostOn({ tx }: Work, placeId: PlaceId, day: Day): Promise<LostBooking[]> {
  const { rows } = await sql<LostBooking>`
    select ${columns}, p.full_name as name, a.not_told as "notTold", n.day as "nextDay", n.starts_at as "nextAt",
      n.number as "nextNumber"
    from planning.booking a
    left join register.published_person p on p.person_id = a.person_id
    left join planning.booking n
      on n.person_id = a.person_id and n.service = a.service and n.state = 'booked' and n.booked_at >= a.ended_at
    where a.place_id = ${placeId} and a.day = ${day} and a.state = 'place-closed'
    order by a.not_told desc, a.starts_at, a.service, a.number limit 1000`.execute(tx)
  return rows.map(row => ({ ...asBooking(row), nextAt: row.nextAt && asHour(row.nextAt) }))
}

/** Whether a booking's number waits in the hall, or is called. */
export async function isInHall(
  { tx }: Work,
  { placeId, day, service, number }: Pick<Booking, 'placeId' | 'day' | 'service' | 'number'>,
): Promise<boolean> {
  const { rows } = await sql`
    select from planning.ticket
    where site_id = ${placeId} and day = ${day} and service = ${service} and number = ${number}
      and state in ('waiting', 'called')`.execute(tx)
  return rows.length > 0
}

/** Whether the person ever missed a booking. */
export async function hasMissed({ tx }: Work, personId: Id<'person'>): Promise<boolean> {
  const { rows } = await sql`
    /* kept plan */
    select 1 from planning.booking where person_id = ${personId} and state = 'no-show' limit 1`.execute(tx)
  return rows.length > 0
}

/** All bookings of a person, the latest first. */
export async function bookingsOfPerson({ tx }: Work, personId: Id<'person'>): Promise<Booking[]> {
  const { rows } = await sql<Booking>`
    select ${columns} from planning.booking a where a.person_id = ${personId}
    order by a.day desc, a.starts_at desc, a.id limit 500`.execute(tx)
  return rows.map(asBooking)
}

/** Whether the family was told of a session's move, by its version, by the invitation to it. */
export async function toldOfMove(
  { tx }: Work,
  { personId, placeId }: Pick<Booking, 'personId' | 'placeId'>,
  version: number,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from planning.family_notice
    where person_id = ${personId} and session_id = ${placeId} and kind = 'moved' and of_version = ${version}
      and message_id is not null limit 1`.execute(tx)
  return rows.length > 0
}

/** Whether the family was told that a session moved or is not held, by the invitation to it: once is enough. */
export async function toldOfSession(
  { tx }: Work,
  { personId, placeId }: Pick<Booking, 'personId' | 'placeId'>,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from planning.family_notice
    where person_id = ${personId} and session_id = ${placeId} and kind in ('moved', 'cancelled')
      and message_id is not null limit 1`.execute(tx)
  return rows.length > 0
}
