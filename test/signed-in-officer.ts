import assert from 'node:assert/strict'
import type { FastifyRequest } from 'fastify'
import type { Work } from '../src/platform/work.ts'
import * as staff from '../src/staff/staff.ts'
import * as units from '../src/units/units.ts'
import type { TestHouse } from './house.ts'
import { signInWhole } from './officer-factor.ts'

let made = 0

/** An officer with one post who signs in as in a house, and acts with what their session gives for a right. */
export async function signedInOfficer(
  house: TestHouse,
  role: staff.Role,
  code: string,
  { schoolId, purpose = 'test' }: { readonly schoolId?: units.SchoolId; readonly purpose?: string } = {},
) {
  made += 1
  const own = { password: `mật khẩu số ${made} dài` }
  const [login, name] = [`can.bo.${made}`, `Cán Bộ ${made}`]
  const { officerId, appointmentId } = await house.work(async work => {
    const unit = await units.findUnitOn(work, code, work.today)
    const unitId = unit?.id ?? assert.fail(`no unit ${code}`)
    const { officer } = await staff.addOfficer(work, { login, fullName: name, unitId, own })
    const at = { unitId, ...(schoolId && { schoolId }) }
    const post = await staff.appoint(work, { officerId: officer.id, role, ...at })
    return { officerId: officer.id, appointmentId: post.id }
  })
  const from = { device: 'a'.repeat(43), address: '10.0.0.1', browser: 'test' }
  const signed = await signInWhole(house.openWork, { login, ...own, from })
  assert.ok(signed.outcome === 'signed-in', signed.outcome)
  const request = { protocol: 'http', cookies: { 'dinhdanh-session': signed.token } } as unknown as FastifyRequest
  const who = await staff.authenticate(house.openWork)(request)
  return {
    officerId,
    name,
    appointmentId,
    /** With a right of the role; fails where the post does not open it. */
    as: <T>(right: string, verb: (work: Work) => Promise<T>): Promise<T> =>
      house.as(who?.authority(right, purpose) ?? assert.fail(`${role} has no ${right}`), verb),
    may: (right: string) => who?.authority(right, purpose) !== undefined,
  }
}
