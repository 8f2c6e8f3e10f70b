import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { aCardCentre } from '../../../test/a-card-centre.ts'
import { aPdf } from '../../../test/foreign-pdfs.ts'
import { openHouse } from '../../../test/house.ts'
import { zip } from '../../../test/workbooks/zip.ts'
import { openRequests } from '../../platform/http/serve-endpoint.ts'
import { makeServer } from '../../platform/http/server.ts'
import { openLog } from '../../platform/log.ts'
import * as cards from '../cards.ts'
import { routes } from '../routes.ts'

/** What an officer sends as the scan of a signed list, and as a signature, over HTTP. */

const house = await openHouse({ withUnits: true })
const centre = await aCardCentre(house)
const { ward, schoolId, aPupilWith } = centre
const origin = 'http://localhost:8080'
const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
const openWork = openRequests(house.openWork, async () => ({ by: ward.by, authority: () => ward }))
routes({ app, openWork, origin }, { isDemonstration: () => true })
await app.ready()

const aList = async () => {
  const { cardId } = await aPupilWith('at-unit')
  const given = { schoolId, teacherName: 'Cô Hoa', cards: [{ cardId }] }
  const list = await house.as(ward, work => cards.giveOutList(work, given))
  return { id: list.id, cardId }
}

async function takeBack({ id, cardId }: Awaited<ReturnType<typeof aList>>, sheet: Uint8Array, name: string) {
  const form = new FormData()
  form.set('signed', cardId)
  form.set('file', new File([new Uint8Array(sheet)], name))
  const sent = new Response(form)
  const reply = await app.inject({
    method: 'POST',
    url: `/api/hand-over-lists/${id}/return`,
    headers: { 'content-type': sent.headers.get('content-type') ?? '' },
    payload: Buffer.from(await sent.arrayBuffer()),
  })
  return { status: reply.statusCode, body: reply.json() as Record<string, unknown> }
}

const keptOf = async (id: string) =>
  (
    await house.owner<{ state: string; sheet: Buffer | null; sheet_sha256: string | null }>(
      'select state, sheet, sheet_sha256 from cards.hand_over_list where id = $1',
      [id],
    )
  )[0]

const noise = (side: number) =>
  sharp({
    create: {
      width: side,
      height: side,
      channels: 3,
      background: '#fff',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  })

test('a scan is taken by what it is, never by its name, and nothing of another file is kept', async () => {
  const list = await aList()
  const picture = await noise(64).jpeg().toBuffer()
  const markup = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  const refused: readonly (readonly [what: string, bytes: Buffer, code: string, name?: string])[] = [
    ['a program', Buffer.from('MZ\x90\0 This program cannot be run in DOS mode'), 'list-sheet-unreadable', 'a.pdf'],
    ['words', Buffer.from('ink'), 'list-sheet-unreadable'],
    ['a page of script', Buffer.from('<html><script>alert(1)</script>'), 'list-sheet-unreadable', 'a.jpg'],
    ['a drawing with script', markup, 'list-sheet-unreadable', 'a.png'],
    ['an archive', zip([{ name: 'a.exe', data: 'MZ' }]), 'list-sheet-unreadable', 'a.pdf'],
    ['a moving picture', await noise(64).gif().toBuffer(), 'list-sheet-unreadable', 'a.png'],
    ['the half of a picture', picture.subarray(0, picture.length / 2), 'list-sheet-unreadable', 'a.jpg'],
    ['the head of a picture', picture.subarray(0, 20), 'list-sheet-unreadable', 'a.jpg'],
    ['the head of a PDF before a program', Buffer.from('%PDF-1.7\nMZ\x90'), 'list-sheet-unreadable', 'a.pdf'],
    ['a PDF with an archive behind', Buffer.concat([aPdf(), zip([{ name: 'a', data: 'b' }])]), 'list-sheet-unreadable'],
    ['a PDF with script', aPdf({ catalogue: '/OpenAction << /S /JavaScript /JS (x) >>' }), 'list-sheet-active'],
    ['a PDF that starts a program', aPdf({ catalogue: '/OpenAction << /S /Launch >>' }), 'list-sheet-active'],
    ['a PDF with a file in it', aPdf({ catalogue: '/Names << /EmbeddedFiles 9 0 R >>' }), 'list-sheet-active'],
    ['a PDF with a password', aPdf({ trailer: '/Encrypt 9 0 R' }), 'list-sheet-encrypted'],
  ]
  for (const [what, bytes, code, name = 'a.pdf'] of refused) {
    const { status, body } = await takeBack(list, bytes, name)
    assert.deepEqual([status, body['type']], [422, `/problems/${code}`], what)
  }
  assert.deepEqual(await keptOf(list.id), { state: 'given', sheet: null, sheet_sha256: null })
  assert.equal((await takeBack(list, aPdf(), 'a.pdf')).status, 200)
  const { sheet, sheet_sha256 } = (await keptOf(list.id)) ?? {}
  assert.deepEqual(sheet, aPdf())
  assert.equal(sheet_sha256, createHash('sha256').update(aPdf()).digest('hex'))
})

test('a photographed list is written anew: a page or an archive that its file also is is gone', async () => {
  const archive = zip([{ name: 'a.exe', data: 'MZ' }])
  const script = '<script>alert(1)</script>'
  for (const format of ['jpeg', 'png'] as const) {
    const list = await aList()
    const photo = await noise(300)
      .withExif({ IFD0: { ImageDescription: script, Make: 'x' } })
      [format]()
      .toBuffer()
    const sent = Buffer.concat([photo, Buffer.from(script), archive])
    assert.equal((await takeBack(list, sent, 'a.pdf')).status, 200)
    const { sheet } = (await keptOf(list.id)) ?? {}
    assert.ok(sheet && !sheet.includes('script') && !sheet.includes('PK\x03\x04'), format)
    const { format: kept, width, height, exif } = await sharp(sheet).metadata()
    assert.deepEqual([kept, width, height, exif], ['jpeg', 300, 300, undefined])
  }
})

/** A PNG of one bit a point (ISO/IEC 15948). */
function aWhitePng(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const [length, sum, body] = [Buffer.alloc(4), Buffer.alloc(4), Buffer.concat([Buffer.from(type), data])]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head[8] = 1
  const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

test('a picture of more points than a camera has is refused before it is decoded', async () => {
  const list = await aList()
  const { body } = await takeBack(list, aWhitePng(20_000), 'a.png')
  assert.equal(body['type'], '/problems/list-sheet-unreadable')
  assert.equal((await takeBack(list, aWhitePng(200), 'a.png')).status, 200, 'its twin')
})

test('a signature is a picture, written anew, or refused', async () => {
  const { cardId } = await aPupilWith('at-unit')
  const give = async (signature: Buffer) => {
    const reply = await app.inject({
      method: 'POST',
      url: '/api/hand-over-lists',
      payload: { schoolId, teacherName: 'Cô Hoa', cards: [{ cardId }], signature: signature.toString('base64') },
    })
    return reply.json() as { id?: string; type?: string }
  }
  for (const bytes of [Buffer.from('ink'), Buffer.from('<svg><script/></svg>'), aPdf()])
    assert.equal((await give(bytes)).type, '/problems/signature-unreadable')
  const png = await noise(40).png().toBuffer()
  const { id } = await give(Buffer.concat([png, Buffer.from('<script>')]))
  const [row] = await house.owner<{ given_sheet: Buffer }>(
    'select given_sheet from cards.hand_over_list where id = $1',
    [id],
  )
  assert.equal((await sharp(row?.given_sheet).metadata()).format, 'png')
  assert.ok(!row?.given_sheet.includes('script'))
})
