import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { lookedAt, openCitizens } from '../../test/a-citizen.ts'
import { type AnAccount, anActivatedAccount } from '../../test/an-account.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import type { Browser } from '../../test/signin-house.ts'
import * as cards from '../cards/cards.ts'
import { type Id, newId } from '../platform/ids.ts'
import { asHolder } from './self.ts'

const house = await openHouse({ withUnits: true })
const signIn = await openCitizens(house)

const places = [
  '/citizen/',
  '/citizen/looks',
  '/citizen/card',
  '/citizen/record',
  '/citizen/account',
  '/citizen/consents',
  '/citizen/visits',
  '/citizen/children',
  '/citizen/download',
  '/citizen/requests',
  '/citizen/lock',
]
const strong = ['passcode', 'totp'] as const

const parent = await anActivatedAccount(house, { name: 'Vũ Thị Lành', bornOn: '1979-05-02' })
const neighbour = await anActivatedAccount(house, { name: 'Hoàng Tuấn Kiệt', bornOn: '1981-07-09' })
const childRow = aPerson({
  name: 'Hoàng Gia Huy',
  bornOn: '2012-06-01',
  mother_number: parent.number,
  mother_name: 'Vũ Thị Lành',
})
const childId = await enter(house, childRow)
const othersChildRow = aPerson({
  name: 'Lê Bảo Ngọc',
  bornOn: '2012-08-01',
  mother_number: neighbour.number,
  mother_name: 'Hoàng Tuấn Kiệt',
})
const othersChildId = await enter(house, othersChildRow)
const officer = await anOfficerOf(house, commune.haKhanh)
for (const { personId } of [parent, neighbour])
  await house.as(officer, work => cards.applyForCard(work, personId, { unitId: officer.unitId }))

/** Every way of naming somebody else that an address or a form of these pages could be given. */
const naming = (other: AnAccount) =>
  ['person', 'personId', 'subject', 'id', 'child', 'before', 'own', 'account', 'session', 'consent', 'passkey'].map(
    name => `${name}=${other.personId}`,
  )

test('each page of one’s own has a button to sign out', async () => {
  const browser = await signIn.signedIn(parent, strong)
  for (const place of places) assert.match((await browser.open(place)).text, /action="\/account\/sign-out"/, place)
})

test('the pages are about the person who is signed in, whatever the address says', async () => {
  const browser = await signIn.signedIn(parent, strong)
  for (const place of places)
    for (const query of ['', ...naming(neighbour)]) {
      const page = await browser.open(`${place}?${query}`)
      assert.equal(page.page?.status, 200, `${place}?${query}`)
      assert.doesNotMatch(
        page.text,
        new RegExp(`Hoàng Tuấn Kiệt|Lê Bảo Ngọc|${neighbour.number}|${neighbour.phone.slice(-3)}</dd>`),
        `${place}?${query}`,
      )
      assert.ok(Buffer.byteLength(page.text) < 30_000, place)
    }
})

test('a form changes what belongs to the person who is signed in, whatever it says', async () => {
  const browser = await signIn.signedIn(parent, strong)
  const theirs = await signIn.signedIn(neighbour)
  const names = Object.fromEntries(naming(neighbour).map(pair => pair.split('=') as [string, string]))
  const account = await browser.open('/citizen/account')
  for (const step of ['session-end', 'sessions-end', 'device-end', 'passkey-remove', 'totp-remove', 'withdraw'])
    assert.equal((await browser.send(account, { ...names, step })).page?.status, 400, step)
  const consents = { text: account.text, url: `${signIn.origin}/citizen/consents` }
  assert.equal((await browser.send(consents, { ...names, step: 'withdraw' })).page?.status, 400)
  assert.equal((await browser.send({ ...consents, url: `${signIn.origin}/citizen/download` }, names)).page?.status, 400)
  assert.equal((await theirs.ask('/citizen/')).status, 200)
  const file = await download(browser)
  assert.match(file, /Vũ Thị Lành/)
  assert.doesNotMatch(file, new RegExp(`${neighbour.number}|Hoàng Tuấn Kiệt`))
})

async function download(browser: Browser): Promise<string> {
  const page = await browser.open('/citizen/download')
  return (await browser.send(page, { step: 'download' })).text
}

test('a work of a person’s own page sees no row of another person in any table of persons', async () => {
  const tables = await house.owner<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'person_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition
      and c.relrowsecurity and n.nspname !~ '^(pg_|graphile_worker|information_schema)' order by 1`)
  assert.ok(tables.length > 40, `only ${tables.length}`)
  await house.as(asHolder({ personId: parent.personId, requestId: newId<'request'>() }), async ({ tx }) => {
    let own = 0
    for (const { name } of tables) {
      const { rows } = await sql<{ own: number; others: number }>`
        select count(*) filter (where person_id = ${parent.personId})::int as own,
          count(*) filter (where person_id <> ${parent.personId})::int as others from ${sql.table(name)}`.execute(tx)
      assert.equal(rows[0]?.others, 0, name)
      own += rows[0]?.own ?? 0
    }
    assert.ok(own > 5, 'one’s own rows are seen')
    await assert.rejects(
      sql`update register.person set full_name = 'x' where person_id = ${parent.personId} returning 1`
        .execute(tx)
        .then(({ rows }) => (rows.length === 0 ? Promise.reject(new Error('no row')) : rows)),
      /no row/,
    )
  })
})

test('a person named by anything but an id opens no work', async () => {
  await assert.rejects(
    house.as(
      {
        by: { kind: 'citizen', id: 'x' },
        scope: 'none',
        ownOf: "x'; set local dinhdanh.sees = 'house" as Id<'person'>,
        purpose: 'own-page',
      },
      async () => 1,
    ),
    RangeError,
  )
})

const actFor = async (browser: Browser, id: string) =>
  browser.send(await browser.open('/account/sign-in?child=yes&return=/citizen/'), { step: 'child', child: id })

test('a parent sees the state of their child, acts for them, and for no other child', async () => {
  const browser = await signIn.signedIn(parent)
  const listed = await browser.open('/citizen/children')
  assert.match(listed.text, /Hoàng Gia Huy.*01\/06\/2012.*Chưa đến tuổi làm thẻ/s)
  assert.doesNotMatch(listed.text, /Lê Bảo Ngọc/)
  const other = await actFor(browser, othersChildId)
  assert.doesNotMatch(other.text, /Lê Bảo Ngọc/)

  const turned = await actFor(browser, childId)
  assert.match(turned.text, /Đang xem thay cho con:.*Hoàng Gia Huy/s)
  assert.match((await browser.open('/citizen/record')).text, /01\/06\/2012/)
  for (const place of ['/citizen/account', '/citizen/lock', '/citizen/children']) {
    const answer = await browser.ask(place)
    assert.equal(answer.headers.get('location'), `/account/sign-in?child=yes&return=${encodeURIComponent(place)}`)
  }
})

test('a child’s access log is the child’s own, and a parent’s access is shown as a parent’s', async () => {
  await lookedAt(house, childId, [{ by: { kind: 'operator', id: 'an' }, purpose: 'import', fields: 'identity' }])
  await lookedAt(house, parent.personId, [
    { by: { kind: 'system', id: 'house' }, purpose: 'statistics', fields: 'identity' },
  ])
  const browser = await signIn.signedIn(parent)
  await actFor(browser, childId)
  const page = (await browser.open('/citizen/looks')).text
  assert.match(page, /Ai đã xem Hoàng Gia Huy/)
  assert.match(page, /Người vận hành hệ thống/)
  assert.match(page, /Cha, mẹ hoặc người giám hộ/)
  assert.doesNotMatch(page, /Hệ thống, tự động/)
})

test('from the day on which a child is fourteen, the parent sees nothing of them any more', async () => {
  const browser = await signIn.signedIn(parent)
  await actFor(browser, childId)
  assert.match((await browser.open('/citizen/')).text, /Hoàng Gia Huy/)
  await house.owner(`update register.person set birth_y = 2009, birth_m = 4, birth_d = 20 where person_id = $1`, [
    childId,
  ])
  for (const place of places) assert.doesNotMatch((await browser.open(place)).text, /Hoàng Gia Huy/, place)
  assert.match((await browser.open('/citizen/')).text, /Vũ Thị Lành/)
  await house.owner(`update register.person set birth_y = 2012, birth_m = 6, birth_d = 1 where person_id = $1`, [
    childId,
  ])
})

test('the own-data file has all of the person’s data and nobody else’s, takes two factors, and is a deed', async () => {
  const weak = await signIn.signedIn(parent)
  const form = /name="form" value="([^"]+)"/.exec((await weak.open('/citizen/')).text)?.[1] ?? ''
  for (const place of ['/citizen/download', '/citizen/print']) {
    const answer = await weak.ask(place, { method: 'POST', body: new URLSearchParams({ form }) })
    assert.equal(answer.headers.get('location'), '/account/sign-in?strength=2&return=%2Fcitizen%2Fdownload&fresh=yes')
  }
  const child = await anActivatedAccount(house, {
    name: 'Hoàng Gia Khánh',
    bornOn: '2005-03-07',
    mother_number: parent.number,
    mother_name: 'Vũ Thị Lành',
  })
  await lookedAt(
    house,
    child.personId,
    Array.from({ length: 1200 }, () => ({ by: { kind: 'system', id: 'house' }, purpose: 'roll', fields: 'identity' })),
  )
  const browser = await signIn.signedIn(child, strong)
  const file = JSON.parse(await download(browser)) as { [part: string]: unknown } & {
    looks: unknown[]
    register: { kin: unknown[]; numbers: { number: string }[] }
  }
  assert.deepEqual(Object.keys(file), [
    'format',
    'made_at',
    'not_included',
    'register',
    'absences',
    'stays',
    'guardianships',
    'cards',
    'applications',
    'account',
    'former_accounts',
    'locks',
    'phone_changes',
    'school_rolls',
    'sessions',
    'appointments',
    'consents',
    'visits',
    'guesses',
    'looks',
    'data_requests',
    'papers',
    'messages',
  ])
  assert.ok(file.looks.length >= 1200)
  assert.equal(file.register.numbers[0]?.number, child.number)
  assert.deepEqual(file.register.kin, [{ relation: 'mother', name: 'Vũ Thị Lành', birth_year: 1979 }])
  assert.doesNotMatch(JSON.stringify(file), new RegExp(parent.number))
  const deeds = await house.owner(
    `select 1 from audit.deed where person_id = $1 and deed = 'own-data.downloaded' and by_kind = 'citizen'
        and by_id = $1::text`,
    [child.personId],
  )
  assert.equal(deeds.length, 1)
  const printed = await browser.send(
    { text: (await browser.open('/citizen/download')).text, url: `${signIn.origin}/citizen/print` },
    {},
  )
  assert.match(printed.text, /Dữ liệu về Hoàng Gia Khánh/)
  assert.doesNotMatch(printed.text, new RegExp(parent.number))
  assert.ok(Buffer.byteLength(printed.text) < 30_000, `${Buffer.byteLength(printed.text)}`)
})
