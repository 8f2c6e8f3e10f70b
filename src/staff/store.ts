import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { SchoolId, UnitId } from '../units/units.ts'
import type { Contact } from './contact.ts'
import type { Appointment, AppointmentId, Officer, OfficerId, Post, PostBasis, StandIn } from './officer.ts'
import type { Role } from './role.ts'

const officerColumns = sql.raw('id, login, full_name as "fullName", unit_id as "unitId", left_at is not null as "left"')

type AppointmentRow = {
  id: AppointmentId
  officerId: OfficerId
  role: Role
  unitId: UnitId
  schoolId: SchoolId | null
  fromOn: Day | null
  toOn: Day | null
}
const appointmentColumns = sql.raw(
  'id, officer_id as "officerId", role, unit_id as "unitId", school_id as "schoolId", ' +
    'from_on as "fromOn", to_on as "toOn"',
)
const asAppointment = ({ fromOn, toOn, schoolId, ...row }: AppointmentRow): Appointment => ({
  ...row,
  ...(schoolId !== null && { schoolId }),
  ...(fromOn !== null && { fromOn }),
  ...(toOn !== null && { toOn }),
})

/** Adds an officer; false where the login is another's. */
export async function insertOfficer(
  { tx, now }: Work,
  { id, login, fullName, unitId }: Omit<Officer, 'left'>,
  { phone, email }: Contact = {},
): Promise<boolean> {
  const { rows } = await sql`
    insert into staff.officer (id, login, full_name, unit_id, phone, email, added_at)
    values (${id}, ${login}, ${fullName}, ${unitId}, ${phone ?? null}, ${email ?? null}, ${now})
    on conflict (login) do nothing returning 1`.execute(tx)
  return rows.length > 0
}

export async function findOfficer({ tx }: Work, id: OfficerId): Promise<Officer | undefined> {
  const { rows } = await sql<Officer>`select ${officerColumns} from staff.officer where id = ${id}`.execute(tx)
  return rows[0]
}

export async function findOfficerByLogin({ tx }: Work, login: string): Promise<Officer | undefined> {
  const { rows } = await sql<Officer>`select ${officerColumns} from staff.officer where login = ${login}`.execute(tx)
  return rows[0]
}

export type ContactRow = {
  readonly id: OfficerId
  readonly phone: string | null
  readonly email: string | null
  /** Since when it is another than at first; null where it never changed. */
  readonly setAt: Date | null
}

/** Where officers are reached. */
export async function contactsOf({ tx }: Work, ids: readonly OfficerId[]): Promise<ContactRow[]> {
  const { rows } = await sql<ContactRow>`
    select id, phone, email, contact_set_at as "setAt" from staff.officer where id = any (${ids}::uuid[])`.execute(tx)
  return rows
}

export async function setContact({ tx, now }: Work, id: OfficerId, { phone, email }: Contact): Promise<void> {
  await tx
    .updateTable('staff.officer')
    .set({ phone: phone ?? null, email: email ?? null, contact_set_at: now })
    .where('id', '=', id)
    .execute()
}

/** The officers whose record or appointment the work may see, by name as the caller sorts it. */
export async function allOfficers({ tx }: Work): Promise<Officer[]> {
  const { rows } =
    await sql<Officer>`select ${officerColumns} from staff.officer order by left_at is not null, full_name`.execute(tx)
  return rows
}

export async function officerNames(
  { tx }: Work,
  ids: readonly string[],
): Promise<{ id: OfficerId; fullName: string }[]> {
  const { rows } = await sql<{ id: OfficerId; fullName: string }>`
    select id, full_name as "fullName" from staff.names_of(${ids}::uuid[])`.execute(tx)
  return rows
}

export type OfficerActing = { readonly officerId: Id<'officer'>; readonly unitId: Id<'unit'>; readonly day: Day }

/**
 * The role in which each officer acted in a unit on a day: by an appointment of their own or as a stand-in, the one
 * that held on that day first.
 */
export async function actingRoles(
  { tx }: Work,
  acting: readonly OfficerActing[],
): Promise<(OfficerActing & { readonly role: Role })[]> {
  const { rows } = await sql<OfficerActing & { role: Role }>`
    select x.officer_id as "officerId", x.unit_id as "unitId", x.day, a.role
    from unnest(${acting.map(({ officerId }) => officerId)}::uuid[], ${acting.map(({ unitId }) => unitId)}::uuid[],
        ${acting.map(({ day }) => day)}::date[])
         as x (officer_id, unit_id, day)
    join lateral (
      select a.role from staff.appointment a
      left join staff.stand_in s on s.appointment_id = a.id and s.officer_id = x.officer_id
      where a.unit_id = x.unit_id and (a.officer_id = x.officer_id or s.id is not null)
      order by a.valid @> x.day desc, a.officer_id = x.officer_id desc, a.id limit 1) a on true`.execute(tx)
  return rows
}

export async function markLeft({ tx, now }: Work, id: OfficerId): Promise<void> {
  await tx.updateTable('staff.officer').set({ left_at: now }).where('id', '=', id).execute()
}

export async function addAppointment({ tx }: Work, appointment: Appointment, basis: PostBasis): Promise<void> {
  await tx
    .insertInto('staff.appointment')
    .values({
      id: appointment.id,
      officer_id: appointment.officerId,
      role: appointment.role,
      unit_id: appointment.unitId,
      school_id: appointment.schoolId ?? null,
      from_on: appointment.fromOn ?? null,
      to_on: appointment.toOn ?? null,
      basis: basis.kind,
      founding: basis.kind === 'founding' ? basis.which : null,
      proposal_id: basis.kind === 'two-officers' ? basis.proposalId : null,
    })
    .execute()
}

/** Makes whoever founds the installation at the same moment wait. Gives how many appointments there ever were. */
export async function holdFounding({ tx }: Work): Promise<{ readonly all: number; readonly by: OfficerId[] }> {
  await sql`select pg_advisory_xact_lock(hashtextextended('staff founding', 0))`.execute(tx)
  const { rows } = await sql<{ all: number; by: OfficerId[] }>`
    select count(*)::int as "all", coalesce(array_agg(officer_id), '{}') as by from staff.appointment`.execute(tx)
  return rows[0] ?? { all: 0, by: [] }
}

/** Whether an officer was given one of the first two appointments of the installation. */
export async function isFounder({ tx }: Work, officerId: OfficerId): Promise<boolean> {
  const { rows } = await sql`
    select 1 from staff.appointment where officer_id = ${officerId} and founding is not null`.execute(tx)
  return rows.length > 0
}

/** Appointments of officers, past ones too. */
export async function appointmentsOf({ tx }: Work, officerIds: readonly OfficerId[]): Promise<Appointment[]> {
  const { rows } = await sql<AppointmentRow>`
    select ${appointmentColumns} from staff.appointment where officer_id = any (${officerIds}::uuid[])
    order by to_on desc nulls first, from_on nulls first, id`.execute(tx)
  return rows.map(asAppointment)
}

/** Whose appointments are. */
export async function holdersOf(
  { tx }: Work,
  ids: readonly AppointmentId[],
): Promise<{ id: AppointmentId; officerId: OfficerId }[]> {
  const { rows } = await sql<{ id: AppointmentId; officerId: OfficerId }>`
    select id, officer_id as "officerId" from staff.appointment where id = any (${ids}::uuid[])`.execute(tx)
  return rows
}

export async function holdAppointment({ tx }: Work, id: AppointmentId): Promise<Appointment | undefined> {
  const { rows } = await sql<AppointmentRow>`
    select ${appointmentColumns} from staff.appointment where id = ${id} for update`.execute(tx)
  return rows[0] && asAppointment(rows[0])
}

export async function setAppointmentEnd({ tx }: Work, id: AppointmentId, toOn: Day): Promise<void> {
  await tx.updateTable('staff.appointment').set({ to_on: toOn }).where('id', '=', id).execute()
}

export async function addStandIn({ tx }: Work, standIn: StandIn, basis: PostBasis): Promise<void> {
  await tx
    .insertInto('staff.stand_in')
    .values({
      id: standIn.id,
      appointment_id: standIn.appointmentId,
      officer_id: standIn.officerId,
      from_on: standIn.fromOn,
      to_on: standIn.toOn,
      basis: basis.kind,
      proposal_id: basis.kind === 'two-officers' ? basis.proposalId : null,
    })
    .execute()
}

export async function standInsOf({ tx }: Work, appointmentIds: readonly AppointmentId[]): Promise<StandIn[]> {
  const { rows } = await sql<StandIn>`
    select id, appointment_id as "appointmentId", officer_id as "officerId", from_on as "fromOn", to_on as "toOn"
    from staff.stand_in where appointment_id = any (${appointmentIds}::uuid[]) order by from_on`.execute(tx)
  return rows
}

/** The posts an officer may act in on the work's day: own appointments first, then stand-ins for others. */
export async function currentPosts({ tx, today }: Work, officerId: OfficerId): Promise<Post[]> {
  type Row = Omit<Post, 'standIn' | 'schoolId'> & {
    schoolId: SchoolId | null
    standInId: string | null
    forId: OfficerId
    forName: string
  }
  const { rows } = await sql<Row>`
    select a.id as "appointmentId", a.role, a.unit_id as "unitId", a.school_id as "schoolId", s.id as "standInId",
      o.id as "forId", o.full_name as "forName"
    from staff.appointment a
    join staff.officer o on o.id = a.officer_id
    left join staff.stand_in s on s.appointment_id = a.id and s.officer_id = ${officerId} and s.valid @> ${today}::date
    where (a.officer_id = ${officerId} or s.id is not null) and a.valid @> ${today}::date
    order by s.id is not null, a.from_on nulls first, a.id`.execute(tx)
  return rows.map(({ standInId, forId, forName, schoolId, ...row }) => {
    const post = { ...row, ...(schoolId !== null && { schoolId }) }
    return standInId === null ? post : { ...post, standIn: { id: standInId as StandIn['id'], forId, forName } }
  })
}

/** In whose posts some officers act or acted as stand-ins, and on which days; `toOn` is the day after the last. */
export async function standInsBy(
  { tx }: Work,
  officerIds: readonly string[],
): Promise<{ officerId: OfficerId; forId: OfficerId; fromOn: Day; toOn: Day }[]> {
  const { rows } = await sql<{ officerId: OfficerId; forId: OfficerId; fromOn: Day; toOn: Day }>`
    select s.officer_id as "officerId", a.officer_id as "forId", s.from_on as "fromOn", s.to_on as "toOn"
    from staff.stand_in s join staff.appointment a on a.id = s.appointment_id
    where s.officer_id = any (${officerIds}::uuid[])`.execute(tx)
  return rows
}

/** Who is appointed to a school in a role on the work's day. */
export async function postsAtSchool(
  { tx, today }: Work,
  schoolId: SchoolId,
  role: Role,
): Promise<{ appointmentId: AppointmentId; officerId: OfficerId }[]> {
  const { rows } = await sql<{ appointmentId: AppointmentId; officerId: OfficerId }>`
    select id as "appointmentId", officer_id as "officerId" from staff.appointment
    where school_id = ${schoolId} and role = ${role} and valid @> ${today}::date order by id`.execute(tx)
  return rows
}

/** The ids by which education offices of some units are addressed. */
export async function educationOffices(
  { tx }: Work,
  unitIds: readonly UnitId[],
): Promise<{ unitId: UnitId; officeId: UnitId }[]> {
  const { rows } = await sql<{ unitId: UnitId; officeId: UnitId }>`
    select u as "unitId", staff.education_office(u) as "officeId" from unnest(${unitIds}::uuid[]) u`.execute(tx)
  return rows
}

/** Who has a post of some roles in some units on the work's day; administrators before commanders. */
export async function holdersInUnits(
  { tx, today }: Work,
  unitIds: readonly UnitId[],
  ofRoles: readonly Role[],
): Promise<{ officerId: OfficerId; fullName: string; unitId: UnitId; role: Role }[]> {
  const { rows } = await sql<{ officerId: OfficerId; fullName: string; unitId: UnitId; role: Role }>`
    select o.id as "officerId", o.full_name as "fullName", a.unit_id as "unitId", a.role
    from staff.appointment a join staff.officer o on o.id = a.officer_id
    where a.unit_id = any (${[...unitIds]}::uuid[]) and a.role = any (${[...ofRoles]}::text[])
      and a.valid @> ${today}::date and o.left_at is null
    order by a.role <> 'administrator', o.full_name, o.id`.execute(tx)
  return rows
}

/** Of some officers, those who left, whose posts are all over by a day, or for whom another stands in on it. */
export async function findOfficersAway({ tx }: Work, ids: readonly string[], day: Day): Promise<OfficerId[]> {
  const { rows } = await sql<{ id: OfficerId }>`
    select o.id from staff.officer o
    left join lateral (
      select count(*) as posts, count(*) filter (where a.valid @> ${day}::date) as standing,
             bool_or(exists (select from staff.stand_in s where s.appointment_id = a.id and s.valid @> ${day}::date))
               as stood_in
      from staff.appointment a where a.officer_id = o.id) p on true
    where o.id = any (${[...ids]}::uuid[])
      and (o.left_at is not null or p.stood_in or (p.posts > 0 and p.standing = 0)) order by o.id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Who is appointed in a unit in a role on the work's day. */
export async function postsInUnit(
  { tx, today }: Work,
  unitId: UnitId,
  role: Role,
): Promise<{ appointmentId: AppointmentId; officerId: OfficerId }[]> {
  const { rows } = await sql<{ appointmentId: AppointmentId; officerId: OfficerId }>`
    select id as "appointmentId", officer_id as "officerId" from staff.appointment
    where unit_id = ${unitId} and role = ${role} and valid @> ${today}::date order by id`.execute(tx)
  return rows
}
