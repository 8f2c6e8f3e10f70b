import { parseDay } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import { withFirstZero } from '../../platform/workbook/named-rows.ts'
import * as units from '../../units/units.ts'
import { enterOfficer } from '../appointments.ts'
import type { OfficerId } from '../officer.ts'
import { staffProblem } from '../problems.ts'
import { isRole, type Role, roles } from '../role.ts'
import { findOfficerByLogin } from '../store.ts'
import { roleName } from '../words.ts'

/** A table of officers with their posts, as an administrator fills it in: one row, one post. */
export const officerColumns = ['full_name', 'login', 'role', 'unit', 'phone', 'email', 'from', 'to'] as const
/** The code of the school of a post at one; who has none leaves the column out. */
export const optionalOfficerColumns = ['school'] as const

export type OfficerRow = {
  readonly [Column in (typeof officerColumns | typeof optionalOfficerColumns)[number]]: string
}

const folded = (text: string) => text.normalize('NFC').trim().toLowerCase()

/** A role by its code, or by its name in either language. Throws role-unknown. */
function roleOf(text: string): Role {
  const wanted = folded(text)
  if (isRole(wanted)) return wanted
  const found = roles.find(role => Object.values(roleName(role)).some(name => folded(name) === wanted))
  if (!found) throw staffProblem('role-unknown', { roles })
  return found
}

function dayOf(text: string) {
  const day = text ? parseDay(text) : undefined
  if (text && !day) throw staffProblem('post-day-malformed')
  return day
}

/** The officer of a row: entered where the login is nobody's. Throws login-taken where it is another person's. */
async function officerOfRow(work: Work, row: OfficerRow, unitId: units.UnitId): Promise<OfficerId> {
  const known = await findOfficerByLogin(work, row.login.trim().toLowerCase())
  if (!known) {
    // A spreadsheet takes a phone for a number, and drops its first zero.
    const phone = /^\d{9}$/.test(row.phone) ? `0${row.phone}` : row.phone
    const contact = { phone, email: row.email }
    return (await enterOfficer(work, { login: row.login, fullName: row.full_name, unitId, contact })).id
  }
  if (folded(known.fullName) !== folded(row.full_name)) throw staffProblem('login-taken')
  return known.id
}

/**
 * What a row asks for: whose post it is, in which role and unit, from when to when. Throws role-unknown,
 * post-day-malformed, unit-code-unknown, post-school-elsewhere, and what entering an officer throws.
 */
export async function postOfRow(work: Work, row: OfficerRow) {
  const role = roleOf(row.role)
  const [fromOn, lastOn] = [dayOf(row.from), dayOf(row.to)]
  const unit = await units.findUnitOn(work, withFirstZero(row.unit.trim()), work.today)
  if (!unit) throw staffProblem('unit-code-unknown')
  const school = row.school.trim() ? await units.findSchool(work, row.school.trim()) : undefined
  if (row.school.trim() && !school) throw staffProblem('post-school-elsewhere')
  const at = { unitId: unit.id, ...(school && { schoolId: school.id }) }
  return { officerId: await officerOfRow(work, row, unit.id), role, ...at, fromOn, lastOn }
}
