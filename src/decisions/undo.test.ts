import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCard } from '../../test/a-card.ts'
import { aPhone } from '../../test/an-account.ts'
import { anOfficerInPost } from '../../test/an-officer.ts'
import { aPerson, commune, enter } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { refusal } from '../../test/planned-ward.ts'
import { endUndoTime, passUndoTime } from '../../test/undo-time.ts'
import * as accounts from '../accounts/accounts.ts'
import * as queues from '../accounts/queues/store-queue.ts'
import { decideApproval, decideApprovals, decideRefusal } from '../accounts/requests/held-decisions.ts'
import * as audit from '../audit/audit.ts'
import * as cards from '../cards/cards.ts'
import { decideHandOver } from '../cards/hand-over/held-decisions.ts'
import { consequences } from '../consequences.ts'
import { kindsOfDecisions } from '../decision-kinds.ts'
import * as notices from '../inspection/notices/notices.ts'
import { type Id, newId } from '../platform/ids.ts'
import type { LawRows } from '../platform/law.ts'
import { makeOpenWork, type Work } from '../platform/work.ts'
import { mayDo, type Role } from '../staff/role.ts'
import * as decisions from './decisions.ts'

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const kinds = kindsOfDecisions(() => assert.fail('no station has captured anything here'))

const anOfficer = (role: Role, code: string) => anOfficerInPost(house, role, code)
const taker = await anOfficer('ward-officer', commune.haKhanh)
const approver = await anOfficer('data-approver', commune.haKhanh)
const colleague = await anOfficer('data-approver', commune.haKhanh)
const elsewhere = await anOfficer('data-approver', commune.quangHanh)
const district = await anOfficer('district-officer', '193')
const auditor = await anOfficer('auditor', '22')

const decide = <T>(verb: (work: Work) => Promise<T>) => house.as(approver, verb)
async function aRequest() {
  const person = await enter(house, aPerson())
  const { id } = await house.as(taker, work => accounts.request(work, person, { level: 1, phone: aPhone() }))
  return { id, person }
}
const approve = async (id: Id<'account'>, by = approver) =>
  (await house.as(by, work => decideApproval(work, id, {}))).held ?? assert.fail('it is not held')
const undo = (press: string, by = approver) => house.as(by, work => decisions.undo(work, kinds, press))
const carryOut = () => decisions.carryOutDue(house.openWork, kinds)
const stateOf = async (id: string) =>
  (await house.owner<{ state: string }>('select state from accounts.account where id = $1', [id]))[0]?.state
const messagesAbout = async (id: string) =>
  (await house.owner('select from outreach.message where about_id = $1', [id])).length
const deedsOf = async (id: string) => (await house.work(work => audit.deedsOf(work, id))).map(({ deed }) => deed)

test('an approval changes and tells nothing until two minutes are over; then both, once', async () => {
  const { id } = await aRequest()
  const held = await approve(id)
  assert.ok(held.seconds > 100 && held.seconds <= 120, `${held.seconds} seconds`)
  assert.equal(await carryOut(), 0, 'too early')
  assert.deepEqual([await stateOf(id), await messagesAbout(id)], ['requested', 0])
  assert.deepEqual(await deedsOf(id), ['decision.made', 'account.requested'])
  await refusal(
    decide(work => accounts.activate(work, id)),
    'account-move-refused',
  )
  assert.equal(await endUndoTime(house, kinds), 1)
  assert.deepEqual([await stateOf(id), await messagesAbout(id)], ['approved', 1])
  assert.equal(await carryOut(), 0, 'once')
  const [last] = await house.work(work => audit.deedsOf(work, id))
  assert.deepEqual([last?.deed, last?.byId], ['account.approved', approver.by.id], 'the deed is the officer’s')
  const [kept] = await house.owner<{ input: unknown; authority: unknown; state: string }>(
    'select input, authority, state from decisions.held_decision where subject_id = $1',
    [id],
  )
  assert.deepEqual(kept, { input: null, authority: null, state: 'carried-out' })
})

test('an approval undone in time leaves the request as it was, and counts nowhere', async () => {
  const { id, person } = await aRequest()
  const held = await approve(id)
  const waits = () => decide(work => queues.findQueuePage(work, { queue: 'to-approve' }, 1000))
  assert.ok(!(await waits()).some(row => row.id === id), 'nobody has to decide what was decided')
  assert.equal(await undo(held.id), 1)
  assert.ok((await waits()).some(row => row.id === id))
  assert.equal(await endUndoTime(house, kinds), 0)
  assert.deepEqual([await stateOf(id), await messagesAbout(id)], ['requested', 0])
  assert.deepEqual(await deedsOf(id), ['decision.undone', 'decision.made', 'account.requested'])
  const [moved] = await house.owner<{ n: number }>(
    `select count(*)::int as n from accounts.transition where person_id = $1 and state = 'approved'`,
    [person],
  )
  assert.equal(moved?.n, 0)
  await approve(id)
  await endUndoTime(house, kinds)
  assert.equal(await stateOf(id), 'approved', 'it may be decided again')
})

test('a refusal ends the request and tells the citizen after the time, or not at all', async () => {
  const [kept, ended] = [await aRequest(), await aRequest()]
  const refuse = (id: Id<'account'>) =>
    decide(work => decideRefusal(work, id, { code: 'data-differ', note: 'sai ngày' }))
  const undone = await refuse(kept.id)
  await refuse(ended.id)
  await undo(undone.held?.id ?? '')
  await endUndoTime(house, kinds)
  assert.deepEqual([await stateOf(kept.id), await stateOf(ended.id)], ['requested', 'cancelled'])
  assert.deepEqual([await messagesAbout(kept.id), await messagesAbout(ended.id)], [0, 1])
})

test('what stands against a decision is told at once, and nothing is held', async () => {
  const { id } = await aRequest()
  await refusal(
    house.as(taker, work => decideApproval(work, id, {})),
    'account-own-request',
  )
  assert.deepEqual(await house.owner('select from decisions.held_decision where subject_id = $1', [id]), [])
  assert.deepEqual(await deedsOf(id), ['account.requested'])
})

test('two officers decide on one request: the second is told that it is decided', async () => {
  const { id } = await aRequest()
  await approve(id)
  await refusal(approve(id, colleague), 'decision-held')
  const other = await aRequest()
  const both = await Promise.allSettled([approver, colleague].map(by => approve(other.id, by)))
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
})

test('only who decided undoes, or an officer of a unit above who may decide so', async () => {
  const held = await approve((await aRequest()).id)
  await refusal(undo(held.id, elsewhere), 'decision-unknown')
  await refusal(undo(held.id, colleague), 'decision-of-another')
  await refusal(undo(held.id, taker), 'decision-of-another')
  await refusal(undo(held.id, auditor), 'decision-of-another')
  assert.equal(await undo(held.id, district), 1)
})

test('a second undo and a late one are refused with what happened', async () => {
  const [twice, late] = [await aRequest(), await aRequest()]
  const press = await approve(twice.id)
  await undo(press.id)
  await assert.rejects(undo(press.id), (error: { code: string; facts: { state: string } }) => {
    assert.deepEqual([error.code, error.facts.state], ['decision-over', 'undone'])
    return true
  })
  const over = await approve(late.id)
  await passUndoTime(house)
  await refusal(undo(over.id), 'decision-over')
  await carryOut()
  assert.equal(await stateOf(late.id), 'approved')
  await refusal(undo(over.id), 'decision-over')
  await refusal(undo(newId()), 'decision-unknown')
})

test('an undo raced with the job: it is undone or carried out, never both', async () => {
  for (let tries = 0; tries < 4; tries++) {
    const { id } = await aRequest()
    const held = await approve(id)
    // The undo begins within the time, and the job when it is over: they meet at the row.
    await passUndoTime(house, 119.95)
    const [undone] = await Promise.allSettled([
      undo(held.id),
      new Promise(done => setTimeout(done, tries * 20)).then(carryOut),
    ])
    await endUndoTime(house, kinds)
    assert.deepEqual(
      [await stateOf(id), await messagesAbout(id)],
      undone.status === 'fulfilled' ? ['requested', 0] : ['approved', 1],
    )
  }
})

test('all approvals of one press have one undo; refused ones are told and not held', async () => {
  const all = await Promise.all(Array.from({ length: 6 }, aRequest))
  const own = await house.as(approver, async work => {
    const person = await enter(house, aPerson())
    return (await accounts.request(work, person, { level: 1, phone: aPhone() })).id
  })
  const { outcomes, held } = await decide(work => decideApprovals(work, [...all.slice(1).map(({ id }) => id), own]))
  assert.equal(outcomes.filter(({ outcome }) => outcome === 'approved').length, 5)
  assert.equal(await undo(held?.id ?? ''), 5)
  assert.equal(await endUndoTime(house, kinds), 0)
  const again = await decide(work =>
    decideApprovals(
      work,
      all.map(({ id }) => id),
    ),
  )
  assert.ok((await endUndoTime(house, kinds)) >= 6)
  assert.ok(again.held)
  assert.deepEqual([...new Set(await Promise.all(all.map(({ id }) => stateOf(id))))], ['approved'])
})

test('what stands against it by then is recorded, and the request waits again', async () => {
  const [one, other] = [await aRequest(), await aRequest()]
  await approve(one.id)
  await approve(other.id)
  await house.owner(`update register.person set life_status = 'dead' where person_id = $1`, [one.person])
  await endUndoTime(house, kinds)
  assert.deepEqual([await stateOf(one.id), await stateOf(other.id)], ['requested', 'approved'])
  assert.equal((await deedsOf(one.id))[0], 'decision.not-carried-out')
  const [told] = await decide(work => decisions.findOwnHeld(work))
  assert.deepEqual([told?.state, told?.problem], ['not-carried-out', 'account-holder-dead'])
  assert.equal(await messagesAbout(one.id), 0)
})

test('a decision that comes a day too late, as of a backup, is not carried out', async () => {
  const { id } = await aRequest()
  await approve(id)
  await passUndoTime(house, 90_000)
  await carryOut()
  assert.deepEqual([await stateOf(id), await messagesAbout(id)], ['requested', 0])
  assert.equal((await deedsOf(id))[0], 'decision.not-carried-out')
})

test('a server that fails while it carries out has done nothing; the next run does it once', async () => {
  const { id } = await aRequest()
  await approve(id)
  audit.setConsequences({ ...consequences, 'account.approved': [() => Promise.reject(new Error('killed'))] })
  await assert.rejects(endUndoTime(house, kinds), /killed/)
  assert.deepEqual([await stateOf(id), await messagesAbout(id)], ['requested', 0])
  audit.setConsequences(consequences)
  assert.ok((await carryOut()) >= 1)
  assert.equal(await carryOut(), 0)
  assert.deepEqual([await stateOf(id), await messagesAbout(id)], ['approved', 1])
})

test('nothing is handed up to the national centre before the time is over', async () => {
  const centre = makeOpenWork(house.database, {
    beforeCommit: audit.seal,
    businessDay: () => undefined,
    lawRows: new Map([['exchange.delegated-accounts', [{ from: '', value: 'centre', source: 'test' }]]]) as LawRows,
  })
  const { id } = await aRequest()
  const asked = async () => (await house.owner('select from exchange.question where subject_id = $1', [id])).length
  const { outcomes } = await centre(approver, work => decideApprovals(work, [id]))
  assert.deepEqual(outcomes, [{ id, outcome: 'handed-up' }])
  assert.equal(await asked(), 0)
  await passUndoTime(house)
  await decisions.carryOutDue(centre, kinds)
  assert.equal(await asked(), 1)
})

test('an operator gives no time to undo: a decision takes effect at once', async () => {
  const atOnce = makeOpenWork(house.database, {
    beforeCommit: audit.seal,
    businessDay: () => undefined,
    lawRows: new Map([['decisions.undo-seconds', [{ from: '', value: 0, source: 'house' }]]]) as LawRows,
  })
  const { id } = await aRequest()
  assert.deepEqual(await atOnce(approver, work => decideApproval(work, id, {})), { id, state: 'approved' })
  assert.equal(await stateOf(id), 'approved')
})

test('a hand-over undone in time leaves the card at the unit; one that stands is given', async () => {
  const person = await enter(house, aPerson())
  const card = await aCard({ openWork: house.openWork, standing: taker }, person, 'at-unit')
  const [row] = await house.owner<{ serial: string }>('select serial from cards.card where id = $1', [card])
  const give = () =>
    house.as(taker, work =>
      decideHandOver(work, { serial: row?.serial ?? '', personId: person, to: { kind: 'holder' } }),
    )
  const now = async () => (await house.work(work => cards.cardsOf(work, [person]))).get(person)?.[0]?.state
  const first = await give()
  assert.ok('held' in first)
  await refusal(give(), 'decision-held')
  await undo(first.held.id, taker)
  await endUndoTime(house, kinds)
  assert.equal(await now(), 'at-unit')
  await give()
  await endUndoTime(house, kinds)
  assert.equal(await now(), 'handed-over')
})

/** What an officer lost, between the decision and the moment in which it takes effect. */
const losses: Readonly<Record<string, (officer: typeof approver) => Promise<unknown>>> = {
  'was dismissed': ({ id }) => house.owner('update staff.officer set left_at = now() where id = $1', [id]),
  'lost the post': ({ appointmentId }) =>
    house.owner(`update staff.appointment set to_on = '2023-04-20' where id = $1`, [appointmentId]),
  'got another duty': ({ appointmentId }) =>
    house.owner(`update staff.appointment set role = 'auditor' where id = $1`, [appointmentId]),
  'works elsewhere': ({ appointmentId }) =>
    house.owner('update staff.appointment set unit_id = $2 where id = $1', [appointmentId, elsewhere.unitId]),
}

for (const [loss, lose] of Object.entries(losses))
  test(`what an officer decided who ${loss} meanwhile is not carried out, and the unit is told`, async () => {
    const gone = await anOfficer('data-approver', commune.haKhanh)
    const { id } = await aRequest()
    await approve(id, gone)
    await lose(gone)
    await endUndoTime(house, kinds)
    assert.deepEqual([await stateOf(id), await messagesAbout(id)], ['requested', 0])
    const [last] = await house.work(work => audit.deedsOf(work, id))
    assert.deepEqual([last?.deed, last?.byKind], ['decision.authority-ended', 'system'], 'the officer did nothing')
    const waits = await decide(work => queues.findQueuePage(work, { queue: 'to-approve' }, 1000))
    assert.ok(
      waits.some(row => row.id === id),
      'it waits for another officer',
    )
    const told = await decide(work => decisions.findDecisionOn(work, id))
    assert.deepEqual([told?.state, told?.problem], ['not-carried-out', 'decision-authority-ended'])
    assert.equal((await approve(id)).seconds > 0, true, 'who has the right decides again')
  })

test('whoever answers for the unit is told that a decision came back, and nobody of another unit', async () => {
  const [head, outsider] = [
    await anOfficer('ward-officer', commune.haKhanh),
    await anOfficer('ward-officer', commune.quangHanh),
  ]
  for (const one of [head, outsider]) await house.as(one, work => notices.markSeen(work, new Date(Date.now() - 60_000)))
  const gone = await anOfficer('data-approver', commune.haKhanh)
  await approve((await aRequest()).id, gone)
  await losses['was dismissed']?.(gone)
  await endUndoTime(house, kinds)
  const askedOf = async (who: typeof head) =>
    (await house.as(who, work => notices.listNotices(work, right => mayDo('ward-officer', right)))).asked.find(
      ({ deed }) => deed === 'decision.authority-ended',
    )?.count
  assert.ok(((await askedOf(head)) ?? 0) >= 1)
  assert.equal(await askedOf(outsider), undefined)
})

test('a stand-in’s decision stands while they stand in for that officer, and no longer', async () => {
  const [absent, standIn] = [
    await anOfficer('data-approver', commune.haKhanh),
    await anOfficer('auditor', commune.haKhanh),
  ]
  const acting = { ...standIn, by: { ...standIn.by, onBehalfOf: absent.id } }
  await house.owner(
    `insert into staff.stand_in (id, appointment_id, officer_id, from_on, to_on)
     values ($1, $2, $3, '2023-04-01', '2023-05-01')`,
    [newId(), absent.appointmentId, standIn.id],
  )
  const [kept, ended] = [await aRequest(), await aRequest()]
  await approve(kept.id, acting)
  await endUndoTime(house, kinds)
  assert.equal(await stateOf(kept.id), 'approved')
  await approve(ended.id, acting)
  await house.owner(`update staff.stand_in set to_on = '2023-04-20' where officer_id = $1`, [standIn.id])
  await endUndoTime(house, kinds)
  assert.equal(await stateOf(ended.id), 'requested')
})
