import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCard } from '../../test/a-card.ts'
import { openCitizens } from '../../test/a-citizen.ts'
import { anActivatedAccount } from '../../test/an-account.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import * as accounts from '../accounts/accounts.ts'
import { asDay } from '../platform/day.ts'
import { asId } from '../platform/ids.ts'

/** A parent with an account of level 2 asks on their own page for level 1 of a child's (NĐ69/2024 Art. 10). */
const day = asDay('2024-09-03')
const house = await openHouse({ day, withUnits: true })
const ward = await anOfficerOf(house, commune.haKhanh, { day })
const signIn = await openCitizens(house)
const strong = ['passcode', 'totp'] as const
const place = '/citizen/children'

async function aParent({ level = 2 }: { level?: 1 | 2 } = {}) {
  const parent = await anActivatedAccount(house, { name: 'Vũ Thị Lành', sex: 'F', bornOn: '1986-05-02' })
  await house.owner('update accounts.account set level = $2 where id = $1', [parent.accountId, level])
  return parent
}
const aChildOf = async (parent: { readonly number: string }, bornOn: string, name = 'Hoàng Gia Huy') =>
  enter(house, aPerson({ name, bornOn, mother_number: parent.number, mother_name: 'Vũ Thị Lành' }))
async function aChildWithCard(parent: { readonly number: string }, bornOn: string) {
  const child = await aChildOf(parent, bornOn)
  await aCard({ openWork: house.openWork, standing: ward }, child, 'handed-over')
  return child
}
const accountOf = async (personId: string) =>
  (
    await house.owner<Record<string, unknown>>(
      `select id, level, state, asked_via, phone, representative_id, unit_id from accounts.account
        where person_id = $1`,
      [personId],
    )
  )[0]
const read = (page: string) => page.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

test('a level 2 parent requests level 1 for a child below six; an officer approves without a portrait', async () => {
  const parent = await aParent()
  const child = await aChildWithCard(parent, '2020-06-01')
  const browser = await signIn.signedIn(parent, strong)
  const page = await browser.open(place)
  assert.match(read(page.text), /Đăng ký tài khoản mức độ 01 cho con/)
  await browser.send(page, { child, step: 'child-account', agreed: 'yes' })
  const { id, ...row } = (await accountOf(child)) ?? {}
  assert.deepEqual(row, {
    level: 1,
    state: 'requested',
    asked_via: 'self',
    phone: `+84${parent.phone.slice(1)}`,
    representative_id: parent.personId,
    unit_id: ward.unitId,
  })
  assert.match(read((await browser.open(place)).text), /đang chờ duyệt/)
  assert.equal((await house.as(ward, work => accounts.approve(work, asId<'account'>(String(id))))).state, 'approved')
})

test('a child’s account is refused without agreement, without two factors, or for another’s child', async () => {
  const [parent, other] = [await aParent(), await aParent()]
  const [own, others] = [await aChildWithCard(parent, '2020-06-01'), await aChildWithCard(other, '2020-06-01')]
  const browser = await signIn.signedIn(parent, strong)
  const page = await browser.open(place)
  const asked = async (fields: Record<string, string>) =>
    (await browser.send(page, { step: 'child-account', ...fields })).page?.status
  assert.equal(await asked({ child: own }), 400)
  assert.equal(await asked({ child: others, agreed: 'yes' }), 404)
  const weak = await signIn.signedIn(parent)
  await weak.send(
    { text: (await weak.open('/citizen/')).text, url: `${signIn.origin}${place}` },
    { child: own, step: 'child-account', agreed: 'yes' },
  )
  assert.deepEqual([await accountOf(own), await accountOf(others)], [undefined, undefined])
})

test('a child’s card must be in hand, below six too, and a parent at level 1 is told what is lacking', async () => {
  const [parent, weak] = [await aParent(), await aParent({ level: 1 })]
  const child = await aChildOf(parent, '2020-06-01')
  await aChildWithCard(weak, '2020-06-01')
  const browser = await signIn.signedIn(parent, strong)
  const page = await browser.open(place)
  assert.match(read(page.text), /Con cần có thẻ căn cước trước/)
  assert.doesNotMatch(page.text, /child-account/)
  await aCard({ openWork: house.openWork, standing: ward }, child, 'handed-over')
  assert.match((await browser.open(place)).text, /value="child-account"/)
  const told = await (await signIn.signedIn(weak, strong)).open(place)
  assert.match(read(told.text), /cần nâng tài khoản của mình lên mức độ 02/)
  assert.doesNotMatch(told.text, /child-account/)
})

test('where the law of the day gives a child no account, the page says that the parent’s serves', async () => {
  const before = await openHouse({ withUnits: true })
  const then = await openCitizens(before)
  const parent = await anActivatedAccount(before, { name: 'Vũ Thị Lành', sex: 'F', bornOn: '1986-05-02' })
  await enter(before, aPerson({ bornOn: '2015-06-01', mother_number: parent.number, mother_name: 'Vũ Thị Lành' }))
  const page = await (await then.signedIn(parent, strong)).open(place)
  assert.match(read(page.text), /Con dưới 14 tuổi dùng tài khoản của cha mẹ/)
  assert.doesNotMatch(page.text, /child-account/)
})
