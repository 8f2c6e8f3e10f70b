import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashToken, newToken } from '../src/platform/http/cookie-tokens.ts'
import { newId } from '../src/platform/ids.ts'
import { asSystem } from '../src/platform/work.ts'
import { mayDo, needsFreshFactor, type Role, roleKinds, roles } from '../src/staff/role.ts'
import * as staff from '../src/staff/staff.ts'
import { addSession, withCredentials } from '../src/staff/store-session.ts'
import * as units from '../src/units/units.ts'
import { businessDay, emptyDatabase, templates } from './house.ts'
import { serveWholeHouse } from './served-routes.ts'

/** Every door of the server whose right approves, exports or gives rights, asked with a session that was left open. */

const { app, routes, house } = await serveWholeHouse({ DATABASE_URL: await emptyDatabase(templates.withUnits) })
const doors = routes.filter(({ door, method }) => door && method !== 'HEAD' && needsFreshFactor(door))

await house.remember({ businessDay })

const codes = { province: '22', district: '193', commune: '06685' } as const

/** The token of a session of a new officer in a role, whose second factor was given so many minutes ago. */
async function sessionOf(role: Role, minutes: number): Promise<string> {
  const token = newToken()
  await house.openWork(asSystem('test'), async work => {
    const code = codes[roleKinds[role].levels[0] as keyof typeof codes]
    const unitId = (await units.findUnitOn(work, code, work.today))?.id ?? assert.fail(`no unit ${code}`)
    const login = `${role.slice(0, 10)}.${newId().slice(-8)}`
    const { officer } = await staff.addOfficer(work, { login, fullName: 'Cán Bộ', unitId, own: { password: login } })
    const { id: appointmentId } = await staff.appoint(work, { officerId: officer.id, role, unitId })
    const then = new Date(work.now.getTime() - minutes * 60_000)
    await withCredentials(work, () =>
      addSession(
        { ...work, now: then },
        {
          id: newId(),
          tokenHash: hashToken(token),
          officerId: officer.id,
          appointmentId,
          standInId: undefined,
          scope: [unitId],
          deviceHash: hashToken(newToken()),
          browser: 'test',
          factor: 'totp',
          endsAt: new Date(work.now.getTime() + 3_600_000),
        },
      ),
    )
  })
  return token
}

let askers = 0
async function codeOf(route: { readonly method: string; readonly url: string }, token: string): Promise<string> {
  askers += 1
  const answer = await app.inject({
    method: route.method as 'POST',
    url: route.url.replace(/:\w+/g, newId()),
    remoteAddress: `10.9.${askers >> 8}.${askers & 255}`,
    cookies: { 'dinhdanh-session': token },
    ...(route.method !== 'GET' && { payload: {} }),
  })
  return answer.statusCode < 400 ? 'done' : String(answer.json().type ?? answer.statusCode).replace('/problems/', '')
}

test('each door to approve, to export or to give rights asks a session for its second factor again', async () => {
  assert.ok(doors.length >= 25, `${doors.length} doors`)
  const tokens = new Map<Role, { readonly stale: string; readonly fresh: string }>()
  for (const route of doors) {
    const role = roles.find(one => mayDo(one, route.door?.right ?? '')) ?? assert.fail(`nobody may ${route.url}`)
    const known = tokens.get(role) ?? { stale: await sessionOf(role, 16), fresh: await sessionOf(role, 1) }
    tokens.set(role, known)
    const name = `${route.method} ${route.url}`
    assert.equal(await codeOf(route, known.stale), 'factor-needed', name)
    assert.notEqual(await codeOf(route, known.fresh), 'factor-needed', name)
  }
})

test('every right to approve, to accept, to decide, to establish, to manage officers or to export needs it', () => {
  const named = new Set(
    routes.flatMap(({ door }) =>
      door && /\.(approve|accept|decide|establish|export)$|^staff\.manage$/.test(door.right) ? [door.right] : [],
    ),
  )
  assert.ok(named.size >= 8, String([...named]))
  for (const right of named) assert.ok(needsFreshFactor({ right, method: 'POST' }), right)
})

/** What a thief would do at an officer's open session: agree to what another began, and take lists along. */
const approvalsAndExports: readonly (readonly [Role, 'GET' | 'POST', string])[] = [
  ['ward-officer', 'POST', '/api/register/openings/:id/accept'],
  ['ward-officer', 'POST', '/api/register/counter/:id/accept'],
  ['ward-officer', 'POST', '/api/rolls/:id/accept'],
  ['ward-officer', 'POST', '/api/rolls/:id/releases'],
  ['district-officer', 'POST', '/api/proposals/:id/decide'],
  ['district-officer', 'POST', '/api/packets/:station/:hash/release'],
  ['provincial-commander', 'POST', '/api/sessions/overtime/:id/sign'],
  ['provincial-commander', 'POST', '/api/plans/:id/accept'],
  ['auditor', 'POST', '/api/inspection/patterns/:id/explanation'],
  ['ward-officer', 'GET', '/api/out-of-school/export'],
  ['ward-officer', 'GET', '/api/attendance/export'],
  ['education-officer', 'GET', '/api/rolls/:id/review.xlsx'],
  ['card-centre-operator', 'POST', '/api/card-batches/:id/order-file'],
  ['card-centre-operator', 'POST', '/api/card-batches/:id/hand-up'],
  ['card-centre-operator', 'GET', '/api/card-batches/:id/printed-faces'],
]

test('an officer’s session that was left open agrees to nothing by daily rights, and lets no list out', async () => {
  const tokens = new Map<Role, string>()
  for (const [role, method, url] of approvalsAndExports) {
    const token = tokens.get(role) ?? (await sessionOf(role, 16))
    tokens.set(role, token)
    assert.equal(await codeOf({ method, url }, token), 'factor-needed', `${method} ${url}`)
  }
})
