import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { anOfficerOf } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import * as audit from '../audit/audit.ts'
import { consequences } from '../consequences.ts'
import { Problem } from '../platform/problem.ts'
import * as staff from '../staff/staff.ts'
import type { Invocation } from './invocation.ts'
import * as officer from './officer.ts'

audit.setConsequences(consequences)
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-officers-'))
after(() => rm(folder, { recursive: true, force: true }))

type House = Awaited<ReturnType<typeof openHouse>>

const write = process.stdout.write.bind(process.stdout)
let running = 0

/** A command as the command line runs it, in a house of the tests; what it prints is let go. */
async function run(
  house: House,
  command: (invocation: Invocation) => Promise<void>,
  login: string,
  values: Invocation['values'] = {},
): Promise<string | undefined> {
  running += 1
  // What is printed calls back when it is out.
  process.stdout.write = ((_text: string, done?: () => void) => {
    done?.()
    return true
  }) as typeof process.stdout.write
  try {
    const open = { openWork: house.openWork, origin: 'https://dinhdanh.example' } as unknown as Invocation['house']
    await command({ house: open, positionals: [login], values, json: true })
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  } finally {
    running -= 1
    if (running === 0) process.stdout.write = write
  }
}

const add = (house: House, login: string) =>
  run(house, officer.addOfficer, login, { name: `Cán bộ ${login}`, unit: '22', email: `${login}@example.vn` })

const appoint = (house: House, login: string, role: string) =>
  run(house, officer.appointOfficer, login, { role, unit: '22', paper: join(folder, `${login}-${role}.pdf`) })

const postsOf = (house: House, login: string) =>
  house.owner<{ role: string; basis: string; founding: number | null }>(
    `select a.role, a.basis, a.founding from staff.appointment a join staff.officer o on o.id = a.officer_id
     where o.login = $1 order by a.role`,
    [login],
  )

test('the command line gives the first two posts, and their deeds say so; the third is a proposal', async () => {
  const house = await openHouse({ withUnits: true })
  for (const login of ['mot', 'hai', 'bao']) assert.equal(await add(house, login), undefined)
  assert.equal(await appoint(house, 'mot', 'auditor'), 'founding-role', 'who could accept nothing')
  assert.equal(await appoint(house, 'mot', 'administrator'), undefined)
  assert.equal(await appoint(house, 'mot', 'provincial-commander'), 'founding-role', 'not both to one officer')
  assert.equal(await appoint(house, 'hai', 'provincial-commander'), undefined)
  assert.deepEqual(await postsOf(house, 'hai'), [{ role: 'provincial-commander', basis: 'founding', founding: 2 }])
  const deeds = await house.owner<{ by_kind: string; founding: number }>(
    `select by_kind, (facts ->> 'founding')::int as founding from audit.deed
     where deed = 'officer.appointed' order by 2`,
  )
  assert.deepEqual(deeds, [
    { by_kind: 'operator', founding: 1 },
    { by_kind: 'operator', founding: 2 },
  ])
  const paper = await readFile(join(folder, 'mot-administrator.pdf'))
  assert.equal(paper.subarray(0, 5).toString(), '%PDF-')

  assert.equal(await appoint(house, 'bao', 'administrator'), undefined)
  assert.deepEqual(await postsOf(house, 'bao'), [], 'it waits for an officer')
  const [proposal] = await house.owner<{ id: staff.ProposalId; kind: string }>(
    `select id, proposed_by_kind as kind from staff.proposal where state = 'pending'`,
  )
  assert.equal(proposal?.kind, 'operator')
  const [first] = await house.owner<{ id: string }>(`select id from staff.officer where login = 'mot'`)
  const standing = await anOfficerOf(house, '22', { officer: first?.id ?? '' })
  const id = proposal?.id ?? assert.fail('nothing waits')
  await house.as(standing, work => staff.proposals.acceptProposal(work, id, { delivery: 'email' }))
  assert.deepEqual(await postsOf(house, 'bao'), [{ role: 'administrator', basis: 'two-officers', founding: null }])
})

test('two commands at once found an installation once each, and never a third', async () => {
  const house = await openHouse({ withUnits: true })
  const logins = ['mot.a', 'hai.a', 'ba.a', 'bon.a']
  for (const login of logins) await add(house, login)
  await Promise.all(logins.map(login => appoint(house, login, 'administrator')))
  const [row] = await house.owner<{ given: number; waiting: number }>(
    `select (select count(*)::int from staff.appointment) as given,
       (select count(*)::int from staff.proposal where state = 'pending') as waiting`,
  )
  assert.deepEqual(row, { given: 2, waiting: 2 })
})

test('the command line resets no password and accepts nothing, whoever it asks for', async () => {
  const house = await openHouse({ withUnits: true })
  for (const login of ['mot.b', 'hai.b']) {
    await add(house, login)
    await appoint(house, login, 'administrator')
  }
  assert.equal(await run(house, officer.resetOfficer, 'mot.b'), undefined)
  assert.equal(await run(house, officer.contactOfficer, 'mot.b', { phone: '0912345678' }), undefined)
  const waiting = await house.owner<{ id: staff.ProposalId }>(`select id from staff.proposal where state = 'pending'`)
  assert.equal(waiting.length, 2)
  const operator = { by: { kind: 'operator', id: 'root' }, scope: 'house', purpose: 'staff' } as const
  for (const { id } of waiting)
    await assert.rejects(
      house.as(operator, work => staff.proposals.acceptProposal(work, id, { delivery: 'paper' })),
      { code: 'two-officers-needed' },
    )
  const again = (login: string) => run(house, officer.linkOfficer, login, { send: 'email' })
  assert.equal(await again('mot.b'), undefined, 'who has no password yet gets another link')
  await house.owner(
    `insert into staff.credential (officer_id, password, must_change, set_at)
     select id, 'x', false, now() from staff.officer where login = 'mot.b'`,
  )
  assert.equal(await again('mot.b'), 'two-officers-needed')
})

test('an installation that had officers before has no first two', async () => {
  const house = await openHouse({ withUnits: true })
  await house.work(async work => {
    const unitId = (await anOfficerOf(house, '22')).unitId
    for (const login of ['cu.mot', 'cu.hai']) {
      const { officer: one } = await staff.addOfficer(work, { login, fullName: 'Cán Bộ Cũ', unitId })
      await staff.appoint(work, { officerId: one.id, role: 'auditor', unitId })
    }
  })
  await add(house, 'moi.c')
  assert.equal(await appoint(house, 'moi.c', 'administrator'), undefined)
  assert.deepEqual(await postsOf(house, 'moi.c'), [])
})
