import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCitizens } from '../../../test/a-citizen.ts'
import { type AnAccount, anActivatedAccount } from '../../../test/an-account.ts'
import { openHouse } from '../../../test/house.ts'
import { aWard, hour } from '../../../test/planned-ward.ts'
import * as planning from '../../planning/planning.ts'

/** The page on which a person books an hour; the rules are those of src/planning. */

const house = await openHouse({ withUnits: true })
const signIn = await openCitizens(house)
const { as, ward } = await aWard(house)
const place = '/citizen/appointments'

async function aCounter(name: string, desks: number) {
  const site = await as(work =>
    planning.createSite(work, {
      kind: 'counter',
      unitId: ward.unitId,
      name,
      opensAt: hour('07:00'),
      closesAt: hour('17:30'),
    }),
  )
  return as(work =>
    planning.setCounter(work, site.id, {
      desks: Array.from({ length: desks }, (_, n) => ({ number: n + 1, services: ['A'], isOpen: true })),
      minutes: { A: 20 },
      walkInPercent: 0,
    }),
  )
}
const counter = await aCounter('Bộ phận tiếp nhận', 2)
const keyAt = (startsAt: string, of = counter) => `counter_${of.siteId}_2023-04-21_${startsAt}`
const atCounter = (of = counter) => `${place}?service=A&place=counter_${of.siteId}&day=2023-04-21`
const own = await anActivatedAccount(house, { name: 'Hoàng Gia Khánh', bornOn: '1985-03-07' })
const other = await anActivatedAccount(house, { name: 'Lê Bảo Ngọc', bornOn: '1985-08-01' })
const bookingsOf = ({ personId }: AnAccount) => house.work(work => planning.bookingsOf(work, personId))

test('a person books, moves and cancels an hour, and a page that is only opened changes nothing', async () => {
  const browser = await signIn.signedIn(own)
  const page = await browser.open(atCounter())
  assert.match(page.text, /còn 2 chỗ/)
  assert.deepEqual(await bookingsOf(own), [])
  const booked = await browser.send(page, { step: 'book', service: 'A', slot: keyAt('0910') })
  assert.match(booked.text, /Đã giữ chỗ 09:10 thứ Sáu/)
  assert.match(booked.text, /A 001/)
  const [first] = await bookingsOf(own)
  const moved = await browser.send(booked, { step: 'move', booking: first!.id, slot: keyAt('0930') })
  assert.match(moved.text, /Đã giữ chỗ 09:30/)
  const [second] = await bookingsOf(own)
  const ticket = await browser.open(`${place}/${second!.id}`)
  assert.match(ticket.text, /ticket-paper/)
  const confirmed = await browser.send(moved, { step: 'confirm', booking: second!.id })
  assert.match(confirmed.text, /Đã báo sẽ đến/)
  const cancelled = await browser.send(confirmed, { step: 'cancel', booking: second!.id })
  assert.match(cancelled.text, /Đã hủy chỗ/)
  assert.deepEqual(await bookingsOf(own), [])
})

test('nobody moves, cancels or reads the hour of another, whatever id the form or the address has', async () => {
  const theirs = await signIn.signedIn(other)
  await theirs.send(await theirs.open(atCounter()), { step: 'book', service: 'A', slot: keyAt('1010') })
  const [booking] = await bookingsOf(other)
  assert.ok(booking)
  const browser = await signIn.signedIn(own)
  const page = await browser.open(atCounter())
  for (const step of ['cancel', 'confirm', 'move']) {
    const tried = await browser.send(page, {
      step,
      booking: booking.id,
      ...(step === 'move' && { slot: keyAt('1030') }),
    })
    assert.equal(tried.page?.status, 409)
    assert.match(tried.text, /đã kết thúc/)
  }
  assert.equal((await browser.open(`${place}/${booking.id}`)).page?.status, 404)
  assert.deepEqual(
    (await bookingsOf(other)).map(({ id, confirmedAt }) => [id, confirmedAt]),
    [[booking.id, null]],
  )
  const forged = await browser.ask(place, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ form: 'x', step: 'book', service: 'A', slot: keyAt('1030') }).toString(),
  })
  assert.equal(forged.status, 403)
  assert.deepEqual(await bookingsOf(own), [])
})

test('more people than places ask by their pages at once: the others see the nearest hours', async () => {
  const small = await aCounter('Điểm tiếp nhận số 2', 4)
  const people: AnAccount[] = []
  for (let n = 0; n < 6; n += 1)
    people.push(await anActivatedAccount(house, { name: `Trần Văn ${'ABCDEF'[n]}`, bornOn: `1980-01-0${n + 1}` }))
  const answers = await Promise.all(
    people.map(async person => {
      const browser = await signIn.signedIn(person)
      const page = await browser.open(atCounter(small))
      return browser.send(page, { step: 'book', service: 'A', slot: keyAt('0750', small) })
    }),
  )
  assert.equal(answers.filter(({ text }) => text.includes('Đã giữ chỗ 07:50')).length, 4)
  const full = answers.filter(({ page }) => page?.status === 409)
  assert.equal(full.length, 2)
  for (const { text } of full) assert.match(text, /Hai giờ gần nhất còn chỗ[\s\S]*07:30[\s\S]*08:10/)
})

test('what is typed into the address beside what is offered is no hour', async () => {
  const browser = await signIn.signedIn(own)
  for (const query of ['service=Z', 'service=A&place=counter_x', 'service=A&place=session_1&day=2023-02-31', 'day=x'])
    assert.equal((await browser.open(`${place}?${query}`)).page?.status, 200, query)
  const page = await browser.open(atCounter())
  for (const slot of ['', 'x', keyAt('0911'), keyAt('0910').replace('2023', '2022')]) {
    const tried = await browser.send(page, { step: 'book', service: 'A', slot })
    assert.equal(tried.page?.status, 409, slot)
    assert.match(tried.text, /không còn đặt được/)
  }
})
