import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { aPerson, enter } from '../../../test/builders.ts'
import { FormBrowser } from '../../../test/form-browser.ts'
import { openHouse } from '../../../test/house.ts'
import { aWard, hour } from '../../../test/planned-ward.ts'
import { assertChangesNothing } from '../../../test/unchanged-tables.ts'
import type { Doors } from '../../platform/http/serve-endpoint.ts'
import { makeServer } from '../../platform/http/server.ts'
import { openLog } from '../../platform/log.ts'
import type * as register from '../../register/register.ts'
import * as planning from '../planning.ts'
import { pages } from '../routes.ts'

/** The screens of a hall as strangers reach them. */

const house = await openHouse({ withUnits: true })
const { as, ward } = await aWard(house)
const app = await makeServer({ log: openLog('silent'), origin: 'http://localhost', trustProxy: false })
await pages({ app } as Doors, { openWork: house.openWork, isDemonstration: () => false })
after(() => app.close())
const site = await as(work =>
  planning.createSite(work, {
    kind: 'counter',
    unitId: ward.unitId,
    name: 'Bộ phận tiếp nhận <b>Hà Khánh</b>',
    opensAt: hour('07:00'),
    closesAt: hour('17:30'),
  }),
)
const counter = await as(work =>
  planning.setCounter(work, site.id, {
    desks: [{ number: 1, services: ['A', 'B'], isOpen: true }],
    minutes: { A: 15, B: 10 },
  }),
)
const tickets = async () => (await house.owner('select 1 from planning.ticket')).length

test('the calling screen needs no script, escapes what is written, and names nobody who is called', async () => {
  const pupil = (await enter(house, aPerson({ name: 'Trần Thị Bích Ngọc' }))) as register.PersonId
  const slot = { place: 'counter', placeId: site.id, day: '2023-04-20', startsAt: '07:30' } as planning.Slot
  const booked = await house.work(work => planning.book(work, { personId: pupil, slot, service: 'A', by: 'person' }))
  assert.ok(booked.is === 'booked')
  await as(work => planning.queue.checkInBooking(work, site.id, booked.booking.id))
  await as(work => planning.queue.callNext(work, site.id, 1))
  const browser = new FormBrowser(() => app)
  const page = await browser.get(`/queue/${counter.publicId}`)
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /<noscript><meta http-equiv="refresh" content="10"><\/noscript>/)
  assert.match(page.body, /A 001/)
  assert.match(page.body, /&lt;b&gt;Hà Khánh/)
  assert.match(page.body, /data-ticket="A 001"/)
  assert.doesNotMatch(page.body, new RegExp(`Ngọc|${pupil}|${booked.booking.id}`))
  for (const other of ['aaaaaaaa', 'x', counter.publicId.toUpperCase()])
    assert.equal((await browser.get(`/queue/${other}`)).statusCode, 404)
})

test('the ticket screen gives a number by its form alone, while an officer has it open', async () => {
  const browser = new FormBrowser(() => app)
  const { token } = await as(work => planning.queue.openKiosk(work, site.id))
  await assertChangesNothing(house, async () => {
    await browser.get(`/kiosk/${token}`)
    await browser.get(`/queue/${counter.publicId}`)
  })
  const before = await tickets()
  const page = await browser.get(`/kiosk/${token}`)
  assert.equal(await tickets(), before)
  const given = await browser.send(`/kiosk/${token}`, page, { service: 'B' })
  assert.match(given.body, /B 001/)
  assert.equal(await tickets(), before + 1)
  const forged = await browser.post(`/kiosk/${token}`, { form: 'x', service: 'B' })
  assert.equal(forged.statusCode, 403)
  assert.equal((await browser.send(`/kiosk/${token}`, page, { service: 'C' })).statusCode, 404)
  const guessed = await browser.get(`/kiosk/${'a'.repeat(22)}`)
  await as(work => planning.queue.closeKiosk(work, site.id))
  const closed = await browser.get(`/kiosk/${token}`)
  assert.equal(closed.statusCode, 404)
  assert.equal(closed.body.replaceAll(token, ''), guessed.body.replaceAll('a'.repeat(22), ''))
  assert.equal((await browser.send(`/kiosk/${token}`, page, { service: 'A' })).statusCode, 404)
  assert.equal(await tickets(), before + 1)
  const kept = await house.owner<{ whole: string }>('select counter::text as whole from planning.counter')
  assert.ok(kept.every(({ whole }) => !whole.includes(token)))
})
