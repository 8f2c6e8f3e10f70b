import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCard } from '../../test/a-card.ts'
import { aPhone } from '../../test/an-account.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../test/builders.ts'
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
import { type Id, newId } from '../platform/ids.ts'
import type { LawRows } from '../platform/law.ts'
import { makeOpenWork, type Work } from '../platform/work.ts'
import * as decisions from './decisions.ts'

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const kinds = kindsOfDecisions(() => assert.fail('no station has captured anything here'))

async function anOfficer(role: string, code: string) {
  const id = newId<'officer'>()
  const standing = await anOfficerOf(house, code, { officer: id })
  await house.owner(
    'insert into staff.officer (id, login, full_name, unit_id, added_at) values ($1, $2, $3, $4, now())',
    [id, `o${id.slice(-12)}`, `Cán bộ ${id.slice(-4)}`, standing.unitId],
  )
  await house.owner('insert into staff.appointment (id, officer_id, role, unit_id) values ($1, $2, $3, $4)', [
    newId(),
    id,
    role,
    standing.unitId,
  ])
  return standing
}
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
