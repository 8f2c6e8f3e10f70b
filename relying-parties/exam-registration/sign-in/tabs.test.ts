import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { aHolder, aSite, at, national, type Visitor } from '../a-site.fixture.ts'

const house = await aSite({
  holders: Array.from({ length: 12 }, (_, n) => aHolder(n + 1)),
  now: at('10:00:00', '2023-05-08'),
})
after(house.close)
const door = `/exams/${national}/enter`
const form = `/exams/${national}/form`

/** A tab goes to the provider and comes to no more than the address to which that sends it back. */
async function away(visitor: Visitor, who = 'pupil-1'): Promise<URL> {
  const { location } = await visitor.follow(door)
  return new URL(await house.issuer.signIn(location ?? '', who))
}
const back = (visitor: Visitor, { pathname, search }: URL) => visitor.follow(pathname + search)

/** A browser that holds what another one holds now. */
function copyOf(visitor: Visitor): Visitor {
  const copy = house.visitor()
  for (const [name, value] of visitor.cookies) copy.cookies.set(name, value)
  return copy
}
const pending = () => house.db.find<{ n: number }>('select count(*) as n from sign_in')?.n

test('two tabs of one browser both sign in, in either order and at the same moment', async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ] as const) {
    const visitor = house.visitor()
    const tabs = await Promise.all([away(visitor), away(visitor)])
    for (const tab of order) assert.match((await back(visitor, tabs[tab])).text, /Kiểm tra thông tin của em/)
    for (const tab of order) assert.match((await back(visitor, tabs[tab])).text, /không còn dùng được/, 'each once')
    assert.equal((await visitor.ask(form)).status, 200)
  }
})

test('when one tab stops at the provider, the other still signs in', async () => {
  const visitor = house.visitor()
  const [stopped, other] = [await away(visitor, 'cancel'), await away(visitor)]
  assert.match((await back(visitor, stopped)).text, /Em đã không cho phép/)
  assert.match((await back(visitor, other)).text, /Kiểm tra thông tin của em/)
})

test('five sign-ins can be pending; the sixth replaces the oldest and leaves nothing of it', async () => {
  const visitor = house.visitor()
  const before = pending() ?? 0
  const tabs: URL[] = []
  for (let n = 0; n < 6; n++) {
    tabs.push(await away(visitor))
    house.now += 1_000
  }
  assert.equal([...visitor.cookies.keys()].filter(name => name.startsWith('sign-in')).length, 5)
  assert.equal(pending(), before + 5)
  assert.match((await back(visitor, tabs[0]!)).text, /không còn dùng được/)
  for (const tab of tabs.slice(1)) assert.match((await back(visitor, tab)).text, /Kiểm tra thông tin của em/)
  assert.equal(pending(), before)
})

test('another person’s answer signs nobody in, by code or by whole address, and undoes nothing', async () => {
  const [thief, pupil] = [house.visitor(), house.visitor()]
  const [theirs, own] = [await away(thief, 'pupil-2'), await away(pupil)]
  const [name, secret] = [...pupil.cookies].find(([name]) => name.startsWith('sign-in-')) ?? ['', '']

  // Login CSRF: the thief's own answer is brought to the pupil's browser, as it is, or with a cookie of the pupil's
  // under its name.
  assert.match((await back(pupil, theirs)).text, /không còn dùng được/)
  const misled = copyOf(pupil)
  misled.cookies.set(`sign-in-${theirs.searchParams.get('state')}`, secret)
  assert.match((await back(misled, theirs)).text, /không còn dùng được/)
  assert.equal((await pupil.ask(form)).location, door, 'nobody is signed in')

  // The pupil's answer, caught on its way, in the thief's browser.
  thief.cookies.set(name, 'A'.repeat(43))
  assert.match((await back(thief, own)).text, /không còn dùng được/)

  assert.match((await back(pupil, own)).text, /Phạm Ngọc Ánh 1/, 'and each one’s own answer is still good')
  assert.match((await back(thief, theirs)).text, /Phạm Ngọc Ánh 2/)
})

test('a stolen code in another sign-in of the same browser is refused and ends that sign-in', async () => {
  const [thief, pupil] = [house.visitor(), house.visitor()]
  const [own, another, stolen] = [await away(thief, 'pupil-2'), await away(thief, 'pupil-2'), await away(pupil)]
  const injected = new URL(own)
  injected.searchParams.set('code', stolen.searchParams.get('code') ?? '')
  assert.match((await back(thief, injected)).text, /từ chối lượt đăng nhập này|không kiểm tra được/)
  assert.equal((await thief.ask(form)).location, door)
  assert.match((await back(thief, own)).text, /không còn dùng được/, 'an answer is looked at once')
  // The code of one tab with the state of the other: PKCE and nonce are each tab's own.
  const [first, second] = [await away(thief, 'pupil-2'), await away(thief, 'pupil-2')]
  const mixed = new URL(first)
  mixed.searchParams.set('code', second.searchParams.get('code') ?? '')
  assert.match((await back(thief, mixed)).text, /từ chối lượt đăng nhập này|không kiểm tra được/)
  assert.match((await back(thief, another)).text, /Kiểm tra thông tin của em/)
})

test('each sign-in makes a new session, and the old session’s secret is invalid', async () => {
  const visitor = house.visitor()
  const [one, two] = [await away(visitor), await away(visitor, 'pupil-3')]
  visitor.cookies.set('session', 'planted'.padEnd(43, 'A'))
  await back(visitor, one)
  const first = copyOf(visitor)
  assert.notEqual(first.cookies.get('session'), 'planted'.padEnd(43, 'A'))
  assert.match((await back(visitor, two)).text, /Phạm Ngọc Ánh 3/)
  assert.notEqual(visitor.cookies.get('session'), first.cookies.get('session'))
  assert.equal((await first.ask(form)).location, door)
})

test('signing out cancels pending sign-ins of other tabs', async () => {
  const visitor = house.visitor()
  const [one, two] = [await away(visitor), await away(visitor)]
  await back(visitor, one)
  const before = pending() ?? 0
  await visitor.ask('/sign-out', {})
  assert.equal(visitor.cookies.size, 0)
  assert.equal(pending(), before - 1)
  assert.match((await back(visitor, two)).text, /không còn dùng được/)
})

test('an invalid state, or one with cookie syntax, finds nothing', async () => {
  const visitor = house.visitor()
  const own = await away(visitor)
  for (const state of ['', 'A', '__proto__', 'x; sign-in', `${own.searchParams.get('state')}=`, 'A'.repeat(3_000)]) {
    const changed = new URL(own)
    changed.searchParams.set('state', state)
    assert.match((await back(visitor, changed)).text, /không còn dùng được/, state)
  }
  assert.match((await back(visitor, own)).text, /Kiểm tra thông tin của em/)
})
