import { sql } from 'kysely'
import sharp from 'sharp'
import * as cards from '../src/cards/cards.ts'
import { openHouse } from '../src/open-house.ts'
import { addDays } from '../src/platform/day.ts'
import { type Id, newId } from '../src/platform/ids.ts'
import { type Authority, asSystem } from '../src/platform/work.ts'
import * as register from '../src/register/register.ts'
import type { Role } from '../src/staff/role.ts'
import * as staff from '../src/staff/staff.ts'
import * as units from '../src/units/units.ts'

/**
 * What a journey finds in the house when it begins: work of desks that it is not about, done through the front doors,
 * beside the running house.
 */

export type Ordered = {
  readonly cardId: Id<'card'>
  readonly personId: string
  readonly number: string
  readonly name: string
}

const system: Authority = asSystem('demonstration')

/** People of a unit and those below who have no card and may have one. */
const withoutCard = (unitIds: readonly Id<'unit'>[], count: number) => sql<{ id: register.PersonId }>`
  select p.person_id as id from register.published_person p
  where p.permanent_unit_id = any (${[...unitIds]}::uuid[]) and p.life_status = 'alive' and p.number is not null
    and p.birth_d is not null and p.birth_y between 1970 and 2008
    and not exists (select from cards.card c
      where c.person_id = p.person_id
        and c.state in ('applied', 'approved', 'produced', 'at-unit', 'handed-over', 'blocked'))
  order by p.person_id limit ${count}`

/**
 * Cards that were applied for and approved, of people of one unit, which hands them over: as many as asked for, due so
 * many days from now.
 */
export async function orderCards(
  data: string,
  {
    unitId,
    schoolId,
    count,
    dueIn,
  }: { readonly unitId: units.UnitId; readonly schoolId: Id<'school'>; readonly count: number; readonly dueIn: number },
): Promise<Ordered[]> {
  const house = await openHouse({ folder: data, purpose: 'command' })
  const portrait = await sharp({ create: { width: 60, height: 80, channels: 3, background: '#ccc' } })
    .jpeg()
    .toBuffer()
  try {
    return await house.openWork({ ...system, unitId }, async work => {
      const below = (await units.subtreeOn(work, unitId, work.today)).map(({ id }) => id)
      const ordered: Ordered[] = []
      for (const { id } of (await withoutCard(below, count).execute(work.tx)).rows) {
        const { number = '', fullName, birthDate, sex } = await register.getSummary(work, id)
        const { id: cardId } = await cards.applyForCard(work, id, { unitId })
        await cards.orderCard(work, {
          cardId,
          applicationId: newId<'application'>(),
          content: {
            number,
            fullName,
            birthDate,
            sex,
            nationality: 'Việt Nam',
            hometown: 'Hạ Long, Quảng Ninh',
            residence: 'Tổ 1, khu 2',
          },
          portrait,
          dueOn: addDays(work.today, dueIn),
          unitId,
          schoolId,
          capturedAt: work.now,
          capturedBy: 'who-captured',
          approvedBy: 'who-approved',
        })
        ordered.push({ cardId, personId: id, number, name: fullName })
      }
      return ordered
    })
  } finally {
    await house.close()
  }
}

/** One more officer than the demonstration has. */
export async function addOfficer(
  data: string,
  {
    login,
    role,
    unitId,
    password,
  }: { readonly login: string; readonly role: Role; readonly unitId: units.UnitId; readonly password: string },
): Promise<void> {
  const house = await openHouse({ folder: data, purpose: 'command' })
  try {
    await house.openWork(system, async work => {
      const fullName = 'Nguyễn Hoàng Phương Thảo Vy'
      const { officer } = await staff.addOfficer(work, { login, fullName, unitId, own: { password } })
      await staff.appoint(work, { officerId: officer.id, role, unitId })
    })
  } finally {
    await house.close()
  }
}
