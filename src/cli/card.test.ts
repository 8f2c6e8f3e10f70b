import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { contentOf, makeCard, orderCard } from '../../test/a-card.ts'
import { aCardCentre } from '../../test/a-card-centre.ts'
import { openHouse } from '../../test/house.ts'
import * as cards from '../cards/cards.ts'
import { portrait } from '../cards/printed-face/printed-face.test-sample.ts'
import type { House } from '../open-house.ts'
import { readAgeFile } from '../platform/archive/age-file.ts'
import { readPdfPages } from '../platform/pdf/pdf.test-reader.ts'
import { Problem } from '../platform/problem.ts'
import { WrongUsage } from '../platform/terminal.ts'
import { cardOrders, cardPrint } from './card.ts'

const house = await openHouse({ withUnits: true })
const { ward, maker, aPupil, asWard, asMaker } = await aCardCentre(house)
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-card-print-'))
after(() => rm(folder, { recursive: true, force: true }))
const out = (name: string) => join(folder, name)
const face = await portrait()

/** Of an open house, commands that print need how works are done and whether it is a demonstration. */
const opened = { openWork: house.openWork, record: () => ({}) } as unknown as House
const print = (values: Readonly<Record<string, string | boolean>>) =>
  cardPrint({ house: opened, positionals: [], values, json: true })

async function anOrder(): Promise<cards.CardId> {
  const personId = await aPupil()
  return asWard(async work => {
    const card = await cards.applyForCard(work, personId, { unitId: ward.unitId })
    return (await orderCard(work, card, ward.unitId, { portrait: face, content: await contentOf(work, personId) })).id
  })
}

test('a made card prints as PDF or pictures; one not made yet prints as a proof only', async () => {
  const card = await anOrder()
  await assert.rejects(
    print({ card, out: out('no.pdf') }),
    (error: unknown) => error instanceof Problem && error.code === 'card-not-made',
  )
  await print({ card, out: out('proof.pdf'), proof: true })
  await makeCard({ openWork: house.openWork, standing: ward }, card)
  await print({ card, out: out('card.pdf') })
  await print({ card, out: out('card.png'), dpi: '600' })
  assert.deepEqual((await readdir(folder)).sort(), ['card-back.png', 'card-front.png', 'card.pdf', 'proof.pdf'])
  assert.equal(readPdfPages(await readFile(out('card.pdf'))).length, 2)
})

test('the made cards of a batch are printed to one file', async () => {
  const card = await anOrder()
  const batch = await asMaker(work => cards.planBatch(work, { maker: 'house', most: 50 }))
  const refused = (error: unknown) => error instanceof Problem && error.code === 'batch-nothing-made'
  await assert.rejects(print({ batch: batch.id, out: out('batch.pdf') }), refused)
  assert.ok(!(await readdir(folder)).some(name => name.startsWith('batch')))
  await makeCard({ openWork: house.openWork, standing: maker }, card)
  await print({ batch: batch.id, out: out('batch.pdf'), sheets: 'a4' })
  assert.equal(readPdfPages(await readFile(out('batch.pdf'))).length, 1)
})

test('orders go into a file that its reader alone opens, and into a plain one by saying so', async () => {
  const card = await anOrder()
  const batch = await asMaker(work => cards.planBatch(work, { maker: 'centre', most: 50 }))
  const write = (values: Readonly<Record<string, string | boolean>>) =>
    cardOrders({ house: opened, positionals: [], values: { batch: batch.id, ...values }, json: true })
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  await assert.rejects(write({ out: out('neither.zip') }), WrongUsage)
  await assert.rejects(write({ out: out('both.zip'), recipient, plain: true }), WrongUsage)
  const refused = (error: unknown) => error instanceof Problem && error.code === 'backup-recipient-wrong'
  await assert.rejects(write({ out: out('wrong.zip'), recipient: 'age1wrong' }), refused)
  assert.ok(!(await readdir(folder)).some(name => /neither|both|wrong/.test(name)))

  await write({ out: out('orders.zip.age'), recipient })
  const sealed = await readFile(out('orders.zip.age'))
  assert.ok(!sealed.includes(card) && sealed.toString('latin1').startsWith('age-encryption.org/v1'))
  await write({ out: out('orders.zip'), plain: true })
  const zips = [await buffer(readAgeFile(out('orders.zip.age'), [identity])), await readFile(out('orders.zip'))]
  for (const zip of zips) assert.ok(zip.includes(`portraits/${card}.jpg`))
})

test('a command that is written wrongly says what it needs', async () => {
  const [card, batch] = [crypto.randomUUID(), crypto.randomUUID()]
  for (const values of [
    { out: 'a.pdf' },
    { card, batch, out: 'a.pdf' },
    { card },
    { card, out: 'a.doc' },
    { batch, out: 'a.png' },
    { card: 'x', out: 'a.pdf' },
    { card, out: 'a.png', dpi: '1200' },
    { batch, out: 'a.pdf', proof: true },
  ])
    await assert.rejects(print(values as never), WrongUsage)
})
