import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { anOfficerOf, commune } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { stopwatch } from '../platform/clock.ts'
import { addDays, asDay } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import * as units from '../units/units.ts'
import * as accessLinks from './access-links.ts'
import { normalisePin } from './link.ts'

/** A ward issues links; strangers try them. */
const house = await openHouse({ withUnits: true })
const today = asDay('2023-04-20')
const until = addDays(today, 40)
const ward = await anOfficerOf(house, commune.haKhanh)
const otherWard = await anOfficerOf(house, commune.haPhong)
const unitOf = (code: string) =>
  house.work(async work => (await units.findUnitOn(work, code, today))?.id ?? assert.fail(code))
const unitId = await unitOf(commune.haKhanh)
const issue = (more: Partial<Parameters<typeof accessLinks.issueLink>[1]> = {}) =>
  house.as(ward, work =>
    accessLinks.issueLink(work, {
      ...{ kind: 'class', subjectId: newId(), label: '12A1', unitId, holder: 'Cô Ngọc Trâm', until },
      pin: { generated: true },
      ...more,
    }),
  )
const aBrowser = () => ({ device: randomBytes(32).toString('base64url') })
const open = (token: string, pin: string, caller = aBrowser(), kind: accessLinks.LinkKind = 'class') =>
  accessLinks.openWithPin(house.openWork, { kind, token, pin, caller })
const refused = (step: Promise<unknown>) =>
  step.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )
const other = (pin = '') => (pin === '000000' ? '111111' : '000000')
const guesses = async (token: string, pin: string, times = 7) => {
  const answers = []
  for (let at = 0; at < times; at++) answers.push(await open(token, pin))
  return answers
}

test('a link opens by its PIN, and the session lasts where it was begun', async () => {
  const { id, token, pin = '' } = await issue()
  assert.match(token, /^[\w-]{22}$/)
  assert.match(pin, /^\d{6}$/)
  const opened = await open(token, pin)
  assert.ok(opened.outcome === 'opened')
  const session = await accessLinks.findSession(house.openWork, 'class', token, opened.session)
  assert.deepEqual([session?.linkId, session?.label, session?.until], [id, '12A1', until])
  const { token: foreign } = await issue()
  assert.equal(await accessLinks.findSession(house.openWork, 'class', foreign, opened.session), undefined)
  assert.equal(await accessLinks.findSession(house.openWork, 'group', token, opened.session), undefined)
  assert.equal(await accessLinks.findSession(house.openWork, 'class', token, undefined), undefined)
})

test('the database keeps neither token nor PIN, and an officer reads no PIN back', async () => {
  const { token, pin = '' } = await issue()
  const kept = JSON.stringify(await house.owner(`select l.*, p.* from access_links.link l, access_links.pin p`))
  assert.ok(!kept.includes(token) && !kept.includes(`"${pin}"`))
  const read = await house.as(ward, ({ tx }) => tx.selectFrom('access_links.pin').selectAll().execute())
  assert.deepEqual(read, [])
})

test('a stranger’s guesses are answered alike whether there is a link, one that ended, or none', async () => {
  const [live, revoked, renewed, expired] = [await issue(), await issue(), await issue(), await issue()]
  await house.as(ward, work => accessLinks.revokeLink(work, revoked.id))
  await house.as(ward, work => accessLinks.renewLink(work, renewed.id, { until, pin: { generated: true } }))
  await house.owner(`update access_links.link set until = '2023-04-19', until_at = now() where id = $1`, [expired.id])
  const unknown = randomBytes(17).toString('base64url').slice(0, 22)
  const malformed = `${'<x>'.repeat(40)}; drop`
  const same = await guesses(live.token, other(live.pin))
  assert.deepEqual(
    same.map(one => one.outcome),
    ['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'slowed', 'slowed'],
  )
  const cut = (answers: typeof same) =>
    answers.map(one => ({ ...one, ...('seconds' in one && { seconds: Math.ceil(one.seconds / 30) }) }))
  const strangers = [
    [revoked.token, other(revoked.pin)],
    [renewed.token, other(renewed.pin)],
    [expired.token, other(expired.pin)],
    [unknown, '123456'],
    [malformed, '123456'],
  ] as const
  const answersToStrangers = await Promise.all(strangers.map(([token, pin]) => guesses(token, pin)))
  for (const one of answersToStrangers) assert.deepEqual(cut(one), cut(same))
  const [{ rows, failures } = assert.fail()] = await house.owner<{ rows: number; failures: number }>(
    'select count(*)::int as rows, max(failures)::int as failures from access_links.slowdown where failures > 1',
  )
  assert.deepEqual([rows, failures], [6, 5])
})

test('the same time passes with a link and without', async () => {
  const { token } = await issue()
  const slotsOf = async (presented: string) => {
    const taken = stopwatch()
    await open(presented, '99')
    // A slot is 300 ms; a timer may fire a little early.
    return Math.floor(taken() / 280)
  }
  const slots = [await slotsOf(token), await slotsOf('nobody-has-this-token0')]
  assert.ok(
    slots.every(count => count >= 1 && count === slots[0]),
    `slots of time: ${slots}`,
  )
})

test('after its right PIN, and then alone, a link says how it ended and who gives another', async () => {
  const [revoked, renewed] = [await issue(), await issue()]
  await house.as(ward, work => accessLinks.revokeLink(work, revoked.id, 'Mất điện thoại'))
  const next = await house.as(ward, work =>
    accessLinks.renewLink(work, renewed.id, { until: addDays(until, 3), pin: { generated: true } }),
  )
  const former = await open(revoked.token, revoked.pin ?? '')
  assert.deepEqual(former.outcome === 'ended' && [former.why, former.issuer !== ''], ['revoked', true])
  const replaced = await open(renewed.token, renewed.pin ?? '')
  assert.equal(replaced.outcome === 'ended' && replaced.why, 'renewed')
  assert.equal((await open(next.token, next.pin ?? '')).outcome, 'opened')
  assert.equal((await open(next.token, renewed.pin ?? '')).outcome, 'wrong')
})

test('guesses of whoever got a forwarded link do not keep the teacher’s own browser waiting', async () => {
  const { token, pin = '' } = await issue()
  const own = aBrowser()
  assert.equal((await open(token, pin, own)).outcome, 'opened')
  await guesses(token, other(pin))
  assert.equal((await open(token, pin)).outcome, 'slowed')
  assert.equal((await open(token, pin, own)).outcome, 'opened')
})

test('a session is over with its link, with a new PIN, and after its hours', async () => {
  const begin = async () => {
    const link = await issue()
    const opened = await open(link.token, link.pin ?? '')
    const session = opened.outcome === 'opened' ? opened.session : assert.fail()
    const state = async () => (await accessLinks.sessionStateOf(house.openWork, 'class', link.token, session)).state
    assert.equal(await state(), 'open')
    return { ...link, state }
  }
  const [revoked, another, old] = [await begin(), await begin(), await begin()]
  await house.as(ward, work => accessLinks.revokeLink(work, revoked.id))
  assert.equal(await revoked.state(), 'ended')
  const { pin } = await house.as(ward, work => accessLinks.setNewPin(work, another.id))
  assert.equal(await another.state(), 'pin-changed')
  assert.equal((await open(another.token, another.pin ?? '')).outcome, pin === another.pin ? 'opened' : 'wrong')
  assert.equal((await open(another.token, pin ?? '')).outcome, 'opened')
  await house.owner("update access_links.session set ends_at = now() - interval '1 second' where link_id = $1", [
    old.id,
  ])
  assert.equal(await old.state(), 'over')
})

test('an officer of another ward sees no link of this one, and ends none', async () => {
  const { id } = await issue()
  assert.equal(await refused(house.as(otherWard, work => accessLinks.revokeLink(work, id))), 'access-link-unknown')
  assert.equal(await refused(house.as(otherWard, work => accessLinks.setNewPin(work, id))), 'access-link-unknown')
  await assert.rejects(
    house.as(otherWard, ({ tx, now }) =>
      tx
        .insertInto('access_links.pin')
        .values({ link_id: id, id: newId(), hash: '$argon2id$x', set_at: now })
        .execute(),
    ),
    /row-level security/,
  )
})

test('behind a link the database shows that link alone, and lets it change nothing of links', async () => {
  const [one, another] = [await issue(), await issue()]
  const authority = accessLinks.linkAuthority({ kind: 'class', linkId: one.id, unitId }, 'campaign')
  const seen = () => house.as(authority, ({ tx }) => tx.selectFrom('access_links.link').select('id').execute())
  assert.deepEqual(await seen(), [{ id: one.id }])
  assert.equal(
    await refused(house.as(authority, work => accessLinks.revokeLink(work, another.id))),
    'access-link-unknown',
  )
  await assert.rejects(house.as(authority, work => accessLinks.setNewPin(work, one.id)))
  await house.as(ward, work => accessLinks.revokeLink(work, one.id))
  assert.deepEqual(await seen(), [])
})

test('the deeds of a link name the link, and nobody’s name', async () => {
  const { id, token, pin = '' } = await issue()
  await open(token, pin)
  const deeds = await house.owner<{ deed: string; by_kind: string; by_id: string; facts: unknown }>(
    'select deed, by_kind, by_id, facts from audit.deed where subject_id = $1 order by at, deed',
    [id],
  )
  assert.deepEqual(
    deeds.map(one => one.deed),
    ['access-link.issued', 'access-link.opened'],
  )
  assert.deepEqual([deeds[1]?.by_kind, deeds[1]?.by_id], ['class-link', id])
  assert.ok(!JSON.stringify(deeds).includes('Trâm'))
  const names = await house.as({ by: { kind: 'citizen', id: newId() }, scope: 'none', purpose: 'own-page' }, work =>
    accessLinks.namesOfLinks(work, [id]),
  )
  assert.deepEqual(
    names.map(one => [one.kind, one.label]),
    [['class', '12A1']],
  )
})

test('a link is not given for a day that is over, nor for years', async () => {
  assert.equal(await refused(issue({ until: addDays(today, -1) })), 'access-link-day-refused')
  assert.equal(await refused(issue({ until: addDays(today, 400) })), 'access-link-day-refused')
})

test('a restore ends again a link that was ended, and one whose PIN was replaced', async () => {
  const { id, token, pin = '' } = await issue()
  const again = await house.work(work => accessLinks.endLinkAgain(work, { of: id }))
  assert.equal(again, 'again')
  assert.equal((await open(token, pin)).outcome, 'ended')
  assert.equal(await house.work(work => accessLinks.endLinkAgain(work, { of: newId() })), 'unknown')
})

test('a family’s birth date is its PIN, however it is typed', async () => {
  assert.equal(normalisePin(' 5/3/2009 '), '05032009')
  assert.equal(normalisePin('05-03-2009'), '05032009')
  assert.equal(normalisePin('123 456'), '123456')
  const { token, pin } = await issue({ kind: 'family', pin: { known: '05/03/2009' } })
  assert.equal(pin, undefined)
  assert.equal((await open(token, '5.3.2009', aBrowser(), 'family')).outcome, 'opened')
})
