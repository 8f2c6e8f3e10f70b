import { newId } from '../src/platform/ids.ts'
import type { Role } from '../src/staff/role.ts'
import { anOfficerOf } from './builders.ts'
import { businessDay, type TestHouse } from './house.ts'

/** An officer who is entered and has a post in a unit, as a decision needs when it is carried out. */
export async function anOfficerInPost(house: TestHouse, role: Role, code: string, { day = businessDay } = {}) {
  const id = newId<'officer'>()
  const name = `Cán bộ ${id.slice(-4)}`
  const standing = await anOfficerOf(house, code, { officer: id, day })
  await house.owner(
    'insert into staff.officer (id, login, full_name, unit_id, added_at) values ($1, $2, $3, $4, now())',
    [id, `o${id.slice(-12)}`, name, standing.unitId],
  )
  const appointmentId = newId<'appointment'>()
  await house.owner('insert into staff.appointment (id, officer_id, role, unit_id) values ($1, $2, $3, $4)', [
    appointmentId,
    id,
    role,
    standing.unitId,
  ])
  return { ...standing, id, name, appointmentId }
}
