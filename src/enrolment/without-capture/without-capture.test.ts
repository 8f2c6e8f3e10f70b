import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCitizens } from '../../../test/a-citizen.ts'
import { anActivatedAccount } from '../../../test/an-account.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import { consequences } from '../../consequences.ts'
import { asDay } from '../../platform/day.ts'
import { builtInLaw } from '../../platform/law.ts'
import { Problem } from '../../platform/problem.ts'
import { makeOpenWork, type Work } from '../../platform/work.ts'
import type * as register from '../../register/register.ts'
import * as adjudicate from '../adjudication/adjudication.ts'
import { findApplicationPage } from '../adjudication/store-queue.ts'
import type { StationKeys } from '../stations/keys.ts'
import * as childCards from './without-capture.ts'

/** The card of a child of whom nothing is captured, from July 2024 on (LCC Art. 23(2)(a)). */

audit.setConsequences(consequences)
const day = asDay('2024-09-03')
const house = await openHouse({ day, withUnits: true })
const ward = await anOfficerOf(house, commune.haKhanh, { day })
const checker = await anOfficerOf(house, commune.haKhanh, { day })
const centre = await anOfficerOf(house, '22', { day })
const elsewhere = await anOfficerOf(house, commune.quangHanh, { day })
const signIn = await openCitizens(house)
const place = '/citizen/children'
/** Nothing was captured, so that no key opens anything. */
const noKeys = {} as StationKeys

const refusal = (step: Promise<unknown>): Promise<string> =>
  step.then(
    () => 'not refused',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )
const onDay =
  (on: string) =>
  <T>(verb: (work: Work) => Promise<T>) =>
    makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => asDay(on) })(
      { ...ward, scope: 'house' },
      verb,
    )
const aParent = () => anActivatedAccount(house, { name: 'Vũ Thị Lành', sex: 'F', bornOn: '1986-05-02' })
async function aStrongParent(level: 1 | 2 = 2) {
  const parent = await aParent()
  await house.owner('update accounts.account set level = $2 where id = $1', [parent.accountId, level])
  return parent
}
/** Each child has a name of its own, so that the register takes no two for one. */
const childNames = ['Hoàng Gia Huy', 'Lê Minh Đức', 'Trần Bảo Châu', 'Phạm Khôi Nguyên', 'Đỗ Hà My', 'Bùi Tuệ Lâm']
let born = 0
const aChildOf = (parent: { readonly number: string }, bornOn?: string) => {
  const last = ['An', 'Phúc', 'Thịnh'][Math.floor(born / childNames.length)]
  const name = `${childNames[born % childNames.length]} ${last}`
  born += 1
  const day = bornOn ?? `2021-${String(1 + (born % 12)).padStart(2, '0')}-1${born % 9}`
  return enter(house, aPerson({ name, bornOn: day, mother_number: parent.number, mother_name: 'Vũ Thị Lành' }))
}
const statusOn = (on: string, child: register.PersonId) =>
  onDay(on)(work => childCards.findChildCardStatus(work, child))
const askOn = (on: string, child: register.PersonId, parent: { readonly personId: register.PersonId }) =>
  onDay(on)(work => childCards.askForChildCard(work, child, { representativeId: parent.personId, delivery: 'unit' }))
const read = (page: string) => page.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const applicationOf = async (child: string) =>
  (
    await house.owner<Record<string, unknown>>(
      `select id, state, source, capture, unit_id, fee_due, delivery, delivery_address, signer->>'relation' as relation,
         submitted_on::text, due_on::text, form_code from enrolment.application where person_id = $1`,
      [child],
    )
  )[0]

test('a child has a card on request since 1 July 2024, without a capture until the sixth birthday', async () => {
  const child = await aChildOf(await aParent(), '2021-06-01')
  assert.equal(await statusOn('2024-06-30', child), 'no-law')
  assert.equal(await statusOn('2024-07-01', child), 'possible')
  assert.equal(await statusOn('2027-05-31', child), 'possible')
  assert.equal(await statusOn('2027-06-01', child), 'capture-needed')
  const { personId } = await aParent()
  assert.equal(await refusal(askOn('2024-06-30', child, { personId })), 'child-card-representative-refused')
})

test('the day before the law begins, and on the sixth birthday, nobody asks so', async () => {
  const parent = await aParent()
  const child = await aChildOf(parent, '2021-06-01')
  assert.equal(await refusal(askOn('2024-06-30', child, parent)), 'child-card-no-law')
  assert.equal(await refusal(askOn('2027-06-01', child, parent)), 'child-card-needs-capture')
  const { state } = await askOn('2024-07-01', child, parent)
  assert.equal(state, 'submitted')
  assert.equal(await refusal(askOn('2024-07-02', child, parent)), 'child-card-not-needed')
})

test('a parent asks on their page; the ward checks, the centre approves, and the parent sees where it is', async () => {
  const parent = await aStrongParent()
  const child = await aChildOf(parent)
  const browser = await signIn.signedIn(parent, ['passcode', 'totp'])
  const page = await browser.open(place)
  assert.match(read(page.text), /Đề nghị cấp thẻ căn cước cho con/)
  await browser.send(page, { child, step: 'child-card', agreed: 'yes', delivery: 'post', address: 'Số 7, tổ 3' })
  const { id, ...row } = (await applicationOf(child)) ?? {}
  assert.deepEqual(row, {
    state: 'submitted',
    source: 'online',
    capture: 'not-needed',
    unit_id: ward.unitId,
    fee_due: 0,
    delivery: 'post',
    delivery_address: 'Số 7, tổ 3',
    relation: 'mother',
    submitted_on: '2024-09-03',
    due_on: '2024-09-12',
    form_code: 'DC02',
  })
  const queue = await house.as(checker, work => findApplicationPage(work, { queue: 'to-check' }, 10))
  assert.ok(queue.some(one => one.id === id))
  const others = await house.as(elsewhere, work => findApplicationPage(work, { queue: 'to-check' }, 10))
  assert.ok(!others.some(one => one.id === id))

  await house.as(checker, work => adjudicate.sendToCentre(work, String(id)))
  await house.as(centre, work => adjudicate.approveApplication(work, noKeys, String(id)))
  const [order] = await house.owner<{ portrait: unknown; captured_by: string; content: { parents?: string[] } }>(
    'select portrait, captured_by, content from cards.card_order where person_id = $1',
    [child],
  )
  assert.equal(order?.portrait, null)
  assert.equal(order?.captured_by, parent.personId)
  const then = read((await browser.open(place)).text)
  assert.doesNotMatch(then, /Đề nghị cấp thẻ căn cước cho con/)
})

test('a child’s card without a face holds until the fourteenth birthday', () => {
  const term = cards.termFrom(asDay('2021-06-01'), day, builtInLaw)
  assert.equal(term, '2035-06-01')
})

test('what was sent back is told the parent, who asks again; the limit begins anew', async () => {
  const parent = await aStrongParent()
  const child = await aChildOf(parent)
  const { id } = await askOn('2024-09-02', child, parent)
  await house.as(checker, work =>
    adjudicate.returnToUnit(work, id, { reason: 'papers-missing', note: 'Thiếu giấy khai sinh', by: 'checker' }),
  )
  const sent = await house.owner<{ address: string }>(
    `select address from outreach.message where about_id = $1 and template = 'application-returned'`,
    [id],
  )
  assert.deepEqual(
    sent.map(({ address }) => address),
    [`+84${parent.phone.slice(1)}`],
  )
  const browser = await signIn.signedIn(parent, ['passcode', 'totp'])
  const page = await browser.open(place)
  assert.match(read(page.text), /Hồ sơ thẻ của con được trả lại/)
  await browser.send(page, { child, step: 'child-card', agreed: 'yes', delivery: 'unit' })
  const row = await applicationOf(child)
  assert.deepEqual([row?.['id'], row?.['state'], row?.['submitted_on']], [id, 'submitted', '2024-09-03'])
})

test('nobody asks for another’s child, without two factors, at level 1, or for a post without an address', async () => {
  const [parent, other, weak] = [await aStrongParent(), await aStrongParent(), await aStrongParent(1)]
  const [own, others, weakly] = [await aChildOf(parent), await aChildOf(other), await aChildOf(weak)]
  const browser = await signIn.signedIn(parent, ['passcode', 'totp'])
  const page = await browser.open(place)
  const send = async (fields: Record<string, string>) =>
    (await browser.send(page, { step: 'child-card', agreed: 'yes', delivery: 'unit', ...fields })).page?.status
  assert.equal(await send({ child: others }), 404)
  assert.equal(await send({ child: own, delivery: 'post', address: ' ' }), 400)
  assert.equal(await send({ child: own, agreed: 'no' }), 400)
  const single = await signIn.signedIn(parent)
  const first = { text: (await single.open('/citizen/')).text, url: `${signIn.origin}${place}` }
  await single.send(first, { child: own, step: 'child-card', agreed: 'yes', delivery: 'unit' })
  const level1 = await signIn.signedIn(weak, ['passcode', 'totp'])
  const told = await level1.open(place)
  assert.match(read(told.text), /cần tài khoản mức 2/)
  const forged = {
    text: told.text.includes('name="form"') ? told.text : (await level1.open('/citizen/')).text,
    url: `${signIn.origin}${place}`,
  }
  await level1.send(forged, { child: weakly, step: 'child-card', agreed: 'yes', delivery: 'unit' })
  assert.deepEqual(await Promise.all([own, others, weakly].map(applicationOf)), [undefined, undefined, undefined])
})

test('a child without a number is sent to the registration of the birth', async () => {
  const parent = await aParent()
  const child = await aChildOf(parent)
  await house.owner(`update register.number set state = 'cancelled' where person_id = $1`, [child])
  assert.equal(await statusOn('2024-09-03', child), 'number-needed')
  assert.equal(await refusal(askOn('2024-09-03', child, parent)), 'child-card-number-needed')
})

test('at the counter a paper shows what the register does not; who took it does not decide', async () => {
  const parent = await aParent()
  const child = await aChildOf(parent)
  const take = (representative: childCards.RepresentativeAtCounter, by = ward) =>
    house.as(by, work => childCards.takeChildCard(work, child, { representative, delivery: 'unit' }))
  const aunt = { name: 'Vũ Thị Hiền', relation: 'guardian', number: '022190000001' } as const
  assert.equal(await refusal(take(aunt)), 'child-card-papers-needed')
  assert.equal(await refusal(take({ ...aunt, evidence: 'Quyết định giám hộ 4/QĐ' }, elsewhere)), 'person-unknown')
  const { id, capturedBy } = await take({ name: 'Vũ Thị Lành', relation: 'mother', number: parent.number })
  assert.equal(capturedBy, ward.by.id)
  assert.equal(await refusal(house.as(ward, work => adjudicate.sendToCentre(work, id))), 'application-captured-by-you')
  assert.equal((await house.as(checker, work => adjudicate.sendToCentre(work, id))).state, 'sent-to-centre')
})

test('a child who turned six before the approval is captured after all', async () => {
  const parent = await aParent()
  const child = await aChildOf(parent, '2018-09-04')
  const { id } = await askOn('2024-09-03', child, parent)
  await onDay('2024-09-04')(work => adjudicate.sendToCentre(work, id))
  const approve = onDay('2024-09-04')(work => adjudicate.approveApplication(work, noKeys, id))
  assert.notEqual(await refusal(approve), 'not refused')
})
