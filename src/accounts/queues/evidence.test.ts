import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCard } from '../../../test/a-card.ts'
import { aPhone } from '../../../test/an-account.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as accounts from '../accounts.ts'
import { getEvidence } from './evidence.ts'

const house = await openHouse({ withUnits: true })
const [taker, approver] = [await anOfficerOf(house, commune.haKhanh), await anOfficerOf(house, commune.haKhanh)]
const elsewhere = await anOfficerOf(house, commune.quangHanh)

async function aRequest(withCard: boolean) {
  const row = aPerson()
  const person = await enter(house, row)
  if (withCard) await aCard({ openWork: house.openWork, standing: taker }, person, 'handed-over')
  const { id } = await house.as(taker, work => accounts.request(work, person, { level: 1, phone: aPhone() }))
  return { id, row, person }
}
const read = (id: string, by = approver) => house.as(by, work => getEvidence(work, id))

test('the evidence has the number, who decides and by which rule, and invents no card', async () => {
  const { id, row } = await aRequest(false)
  const evidence = await read(id)
  assert.equal(evidence.number, row.person_number)
  assert.deepEqual([evidence.decides, evidence.decidesLaw.source], ['here', 'NĐ69/2024'])
  assert.deepEqual([evidence.printed, evidence.cardExpiresOn], [undefined, undefined])
  assert.ok(evidence.compared.every(({ card }) => card === undefined))
  assert.deepEqual(evidence.former, [])
})

test('waiting, overdue and approved today are counted over what the officer sees', async () => {
  const { id } = await aRequest(false)
  const before = await read(id)
  const other = await aRequest(false)
  assert.equal((await read(id)).waiting, before.waiting + 1)
  await house.as(approver, work => accounts.approve(work, other.id))
  const after = await read(id)
  assert.deepEqual([after.waiting, after.approvedToday], [before.waiting, before.approvedToday + 1])
})

test('who opened it is shown and this reading is kept; an account before it is told', async () => {
  const { id, person } = await aRequest(true)
  await house.as(approver, work => accounts.refuse(work, id, { code: 'data-differ' }))
  const { id: next } = await house.as(taker, work => accounts.request(work, person, { level: 1, phone: aPhone() }))
  const { former, looks } = await read(next)
  assert.deepEqual(
    former.map(({ state }) => state),
    ['requested', 'cancelled'],
  )
  assert.equal(looks.length, 1)
  const [kept] = await house.owner<{ fields: string }>(
    `select fields from audit.access where case_id = $1 and by_id = $2`,
    [next, approver.by.id],
  )
  assert.match(kept?.fields ?? '', /number/)
})

test('an officer of another ward is told of no evidence', async () => {
  await refusal(read((await aRequest(false)).id, elsewhere), 'account-unknown')
})
