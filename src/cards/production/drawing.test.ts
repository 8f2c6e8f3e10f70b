import assert from 'node:assert/strict'
import { PassThrough, Readable, Writable } from 'node:stream'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import sharp from 'sharp'
import { aSerial, contentOf, orderCard, takeFurther } from '../../../test/a-card.ts'
import { aCardCentre } from '../../../test/a-card-centre.ts'
import { aPerson, enterAll } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import { asDay } from '../../platform/day.ts'
import { openRequests } from '../../platform/http/serve-endpoint.ts'
import { makeServer } from '../../platform/http/server.ts'
import { builtInLaw } from '../../platform/law.ts'
import { openLog } from '../../platform/log.ts'
import { setRehearsalMark } from '../../platform/pages/rehearsal-mark.ts'
import { readPdfLines, readPdfPages } from '../../platform/pdf/pdf.test-reader.ts'
import * as register from '../../register/register.ts'
import { mayDo, type Role } from '../../staff/role.ts'
import * as cards from '../cards.ts'
import { portrait } from '../printed-face/printed-face.test-sample.ts'
import { routes } from '../routes.ts'

/**
 * What is drawn of cards, boxes and lists, through the doors: each officer by their role, as the table of rights has
 * it.
 */

const house = await openHouse({ withUnits: true })
const centre = await aCardCentre(house)
const { ward, maker, checker, other, schoolId, aPupil, asMaker, asChecker, asWard } = centre
const face = await portrait()
const origin = 'http://localhost:8080'
const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
const people: Readonly<Record<string, { role: Role; standing: typeof ward }>> = {
  maker: { role: 'card-centre-operator', standing: maker },
  checker: { role: 'card-centre-operator', standing: checker },
  ward: { role: 'ward-officer', standing: ward },
  elsewhere: { role: 'ward-officer', standing: other },
  school: { role: 'education-officer', standing: maker },
}
const openWork = openRequests(house.openWork, async request => {
  const who = people[String(request.headers['x-who'])]
  return (
    who && {
      by: who.standing.by,
      authority: (right, purpose) => (mayDo(who.role, right) ? { ...who.standing, purpose } : undefined),
    }
  )
})
let isDemonstration = true
setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void
routes({ app, openWork, origin }, { isDemonstration: () => isDemonstration })

async function ask(who: string, url: string) {
  const reply = await app.inject({ method: 'GET', url: `/api${url}`, headers: { 'x-who': who } })
  const name = /filename="([^"]*)"/.exec(String(reply.headers['content-disposition']))?.[1]
  const type = String(reply.headers['content-type'])
  return {
    status: reply.statusCode,
    problem: type.includes('json') ? String(reply.json().type) : '',
    name,
    type,
    bytes: reply.rawPayload,
  }
}

const longName = 'Công Tằng Tôn Nữ Phương Nguyễn Hoàng Khánh Quỳnh'
const a = { openWork: house.openWork, standing: ward }

async function anOrder(given: Parameters<typeof aPupil>[0] = {}, more: Partial<cards.CardContent> = {}) {
  const personId = await aPupil(given)
  const { id } = await asWard(async work => {
    const card = await cards.applyForCard(work, personId, { unitId: ward.unitId })
    return orderCard(work, card, ward.unitId, {
      portrait: face,
      content: { ...(await contentOf(work, personId)), ...more },
    })
  })
  return { cardId: id, personId }
}
async function aMadeCard(given: Parameters<typeof aPupil>[0] = {}) {
  const one = await anOrder(given)
  await takeFurther(a, one.cardId, 'at-unit')
  return { ...one, ...(await house.work(work => cards.cardLife(work, { cardId: one.cardId }))).card }
}

const deedOf = async (id: string) => (await house.work(work => audit.deedsOf(work, id)))[0]?.deed

test('a made card is drawn with its serial and its days, and the reading is recorded', async () => {
  const { cardId, personId } = await aMadeCard({ name: longName, sex: 'F' })
  const pdf = await ask('ward', `/cards/${cardId}/printed-faces?as=pdf`)
  assert.deepEqual([pdf.status, pdf.type, pdf.name], [200, 'application/pdf', `the-${cardId}-mat-the.pdf`])
  assert.deepEqual(readPdfPages(pdf.bytes), [
    { width: 242.65, height: 153.01 },
    { width: 242.65, height: 153.01 },
  ])
  for (const [as, dpi, width] of [
    ['png-front', 300, 1011],
    ['png-back', 600, 2022],
  ] as const) {
    const png = await ask('ward', `/cards/${cardId}/printed-faces?as=${as}&dpi=${dpi}`)
    assert.deepEqual([png.type, (await sharp(png.bytes).metadata()).width], ['image/png', width])
  }
  assert.equal(await deedOf(cardId), 'card.printed-on-paper')
  const readings = await house.owner<{ fields: string[] }>(
    'select fields from audit.access where person_id = $1 and by_id = $2',
    [personId, ward.by.id],
  )
  assert.ok(readings.some(({ fields }) => fields.includes('portrait')))
})

test('an officer of an unrelated unit does not see the card, and one without the right is refused', async () => {
  const { cardId } = await aMadeCard()
  assert.equal((await ask('elsewhere', `/cards/${cardId}/printed-faces?as=pdf`)).problem, '/problems/card-unknown')
  assert.equal((await ask('school', `/cards/${cardId}/printed-faces?as=pdf`)).status, 403)
  assert.equal((await ask('ward', `/cards/${cardId}/printed-faces?as=gif`)).status, 400)
})

test('before a card is made its producer sees a proof alone, which differs from the card', async () => {
  isDemonstration = false
  const { cardId } = await anOrder()
  const url = `/cards/${cardId}/printed-faces?as=png-front`
  assert.equal((await ask('ward', url)).problem, '/problems/card-not-made')
  assert.equal((await ask('maker', url)).problem, '/problems/card-not-made')
  assert.equal((await ask('ward', `${url}&proof=yes`)).problem, '/problems/right-missing')
  const proof = await ask('maker', `${url}&proof=yes`)
  assert.equal(proof.status, 200)

  const serial = aSerial()
  await asMaker(async work => {
    await cards.receiveBlanks(work, { code: serial, firstSerial: serial, lastSerial: serial })
    await cards.planBatch(work, { maker: 'house', most: 1000 })
    await cards.makeCard(work, { cardId, serial })
  })
  assert.equal((await ask('ward', url)).problem, '/problems/card-not-made')
  const waiting = await ask('checker', url)
  assert.equal(waiting.status, 200)
  assert.notDeepEqual(waiting.bytes, proof.bytes, 'a proof is marked')
  const asDemonstration = await house.as(maker, work =>
    cards.writePrintedFace(work, cardId, { as: 'png-front', who: 'maker', isDemonstration: true }),
  )
  assert.notDeepEqual(waiting.bytes, asDemonstration, 'a demonstration is marked')
  setRehearsalMark(() => asDay('2023-04-20'))
  try {
    assert.deepEqual((await ask('checker', url)).bytes, asDemonstration, 'a rehearsal is marked as a demonstration is')
  } finally {
    setRehearsalMark(() => undefined)
  }
  isDemonstration = true
})

test('an ended card is not drawn again', async () => {
  const { cardId } = await aMadeCard()
  await house.work(work => cards.revokeCard(work, cardId, { code: 'misprinted' }))
  assert.equal((await ask('ward', `/cards/${cardId}/printed-faces?as=pdf`)).problem, '/problems/card-not-made')
})

test('a missing field that a layout needs is named before the order, and the drawing refuses the same', async () => {
  const whole = { ...(await house.work(async work => contentOf(work, await aPupil()))), birthPlace: 'Tỉnh Quảng Ninh' }
  for (const [day, fields] of [
    ['2023-04-20', ['hometown', 'residence']],
    ['2024-07-01', ['birthPlace', 'residence']],
  ] as const) {
    assert.deepEqual(cards.missingFields(whole, asDay(day), builtInLaw), [])
    cards.refuseUnprintable(whole, face, asDay(day), builtInLaw)
    for (const field of fields) {
      assert.deepEqual(cards.missingFields({ ...whole, [field]: ' ' }, asDay(day), builtInLaw), [field])
      assert.throws(() => cards.refuseUnprintable({ ...whole, [field]: ' ' }, face, asDay(day), builtInLaw), {
        code: 'card-field-needed',
        facts: { field },
      })
    }
  }
})

test('a batch file has made cards and those to be checked; a card that cannot be drawn stops it', async () => {
  const orders = [await anOrder({ name: longName, sex: 'F' }), await anOrder(), await anOrder()]
  const batch = await asMaker(work => cards.planBatch(work, { maker: 'house', most: 50 }))
  const url = `/card-batches/${batch.id}/printed-faces`
  assert.equal((await ask('maker', url)).problem, '/problems/batch-nothing-made')
  assert.equal((await ask('ward', url)).status, 403)
  const serials = await centre.blanks(2)
  for (const [i, serial] of serials.entries()) {
    const attempt = await asMaker(work => cards.makeCard(work, { cardId: orders[i]!.cardId, serial }))
    if (i === 0) await asChecker(work => cards.checkCard(work, attempt.id, { quality: 'passed' }))
  }
  const two = await ask('maker', url)
  assert.deepEqual([two.status, two.name, readPdfPages(two.bytes).length], [200, `${batch.code}-mat-the.pdf`, 4])
  assert.equal(readPdfPages((await ask('maker', `${url}?sheets=a4`)).bytes).length, 1)
  assert.equal(await deedOf(batch.id), 'batch.faces-drawn')

  const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error('the disk is full')) })
  await assert.rejects(
    asMaker(work => cards.writeBatchPdf(work, batch.id, full, { sheets: 'card', isDemonstration: true })),
    /the disk is full/,
  )

  await house.owner(`update cards.card_order set content = content - 'hometown' where card_id = $1`, [
    orders[1]?.cardId,
  ])
  const facts = await refusal(
    asMaker(work => cards.writeBatchPdf(work, batch.id, new PassThrough(), { sheets: 'card', isDemonstration: true })),
    'batch-printed-face-refused',
  )
  assert.deepEqual(facts, { card: orders[1]?.cardId, why: 'card-field-needed', field: 'hometown' })
})

test('a batch of three hundred is written with the memory of a few cards', async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const picture = await sharp({ create: { width: 300, height: 400, channels: 3, noise, background: '#808080' } })
    .jpeg({ quality: 90 })
    .toBuffer()
  const rows = Array.from({ length: 300 }, () => aPerson())
  await enterAll(house, rows)
  const ordered = await asWard(async work => {
    const ids: string[] = []
    for (const { person_number: number } of rows) {
      const person = await register.findByNumber(work, number)
      const card = await cards.applyForCard(work, person?.id as register.PersonId, { unitId: ward.unitId })
      ids.push((await orderCard(work, card, ward.unitId, { portrait: picture })).id)
    }
    return ids
  })
  const batch = await asMaker(work => cards.planBatch(work, { maker: 'centre', most: 1000 }))
  await asMaker(work => cards.writeOrderFile(work, batch.id, new PassThrough().resume()))
  const answers = ordered.map(id => `${id},${aSerial()},2023-04-20,2030-03-15,made,,`)
  const returns = Readable.from([
    Buffer.from(['card,serial,issued_on,expires_on,state,reason,box', ...answers].join('\n')),
  ])
  assert.equal((await cards.importProductionResults(house.openWork, maker, returns)).changed, 300)

  const held = () => {
    gc()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const before = held()
  const samples: number[] = []
  let bytes = 0
  const out = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      const known = bytes
      bytes += chunk.length
      if (Math.floor(bytes / 2e6) > Math.floor(known / 2e6)) samples.push(held())
      done()
    },
  })
  const { cards: drawn } = await asMaker(work =>
    cards.writeBatchPdf(work, batch.id, out, { sheets: 'card', isDemonstration: true }),
  )
  assert.equal(drawn, 300)
  assert.ok(bytes > 300 * picture.length && samples.length > 5)
  // The middle of what was held: what waits to be collected at one moment is no memory that the file needs.
  const grown = (samples.toSorted((a, b) => a - b)[samples.length >> 1] ?? 0) - before
  assert.ok(grown < 8e6, `${grown} bytes more are held, of a file of ${bytes}`)
})

test('a sealed box has a label with its route, its count and its seal, and no person’s name', async () => {
  const one = await anOrder({ name: longName, sex: 'F' })
  await takeFurther(a, one.cardId, 'produced')
  const box = await asMaker(work => cards.openBox(work, { to: { kind: 'unit', id: ward.unitId } }))
  await asMaker(work => cards.putInBox(work, box.id, { cardId: one.cardId }))
  const url = `/card-boxes/${box.id}/label`
  assert.equal((await ask('maker', url)).problem, '/problems/box-state-refused')
  await asMaker(work => cards.sealBox(work, box.id, { seal: 'NP 004512' }))
  const label = await ask('maker', url)
  assert.deepEqual([label.status, label.name], [200, `${box.code}-nhan.pdf`])
  const said = readPdfLines(label.bytes).join('')
  for (const text of [
    box.code,
    'Công an tỉnh Quảng Ninh',
    'Công an phường Hà Khánh, thành phố Hạ Long, tỉnh Quảng Ninh',
    '1 thẻ',
    'NP 004512',
    '20/04/2023',
    'MINH HỌA',
  ])
    assert.ok(said.includes(text.replace(/\s/g, '')), text)
  assert.ok(!said.includes(longName.replace(/\s/g, '')))
  assert.equal((await ask('elsewhere', url)).problem, '/problems/box-unknown')
})

test('the sheet of a list has each pupil once with birth and serial, and only its own unit sees it', async () => {
  const made = [
    await aMadeCard({ name: longName, sex: 'F', bornOn: '2005-11-30' }),
    await aMadeCard({ name: 'Chìu Sủi Lìn' }),
  ]
  const list = await asWard(work =>
    cards.giveOutList(work, { schoolId, teacherName: 'Cô Hoa', cards: made.map(({ cardId }) => ({ cardId })) }),
  )
  const url = `/hand-over-lists/${list.id}/sheet`
  const sheet = await ask('ward', url)
  assert.deepEqual([sheet.status, sheet.name], [200, `${list.code}-ky-nhan.pdf`])
  const lines = readPdfLines(sheet.bytes)
  const said = lines.join('')
  for (const text of [
    'CÔNG AN PHƯỜNG HÀ KHÁNH',
    'CÔNG AN THÀNH PHỐ HẠ LONG',
    'Trường: THPT Hà Khánh',
    'Hà Khánh, ngày 20 tháng 04 năm 2023',
    longName,
    '30/11/2005',
    'Cô Hoa',
    ward.name,
  ])
    assert.ok(said.includes(text.replace(/\s/g, '')), text)
  for (const { serial = '' } of made) assert.equal(lines.filter(line => line.includes(serial)).length, 1)
  assert.ok(!/\d{12}/.test(said), 'no personal number')
  assert.equal((await ask('maker', url)).status, 403)
  assert.equal((await ask('elsewhere', url)).problem, '/problems/list-unknown')

  await asWard(work =>
    cards.returnList(work, list.id, {
      sheet: Buffer.from('ink'),
      lines: made.map(({ cardId }) => ({ cardId, outcome: 'came-back' as const })),
    }),
  )
  assert.equal((await ask('ward', url)).problem, '/problems/list-returned')
})
