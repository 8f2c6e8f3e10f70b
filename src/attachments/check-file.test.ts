import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { aPdf, aStream } from '../../test/foreign-pdfs.ts'
import { Problem } from '../platform/problem.ts'
import { checkFile, sha256Of } from './check-file.ts'

/** Files as people send them, and as somebody who means harm would. */

const refusalOf = (bytes: Buffer): Promise<string> =>
  checkFile(bytes).then(
    ({ type }) => `kept as ${type}`,
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )

const picture = (width = 60, height = 40) =>
  sharp({
    create: { width, height, channels: 3, background: '#fff', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
  })

const chunk = (kind: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A PNG of some hundred bytes that announces as many pixels as one likes: decoded, it would fill the memory. */
function aPngOf(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([1, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(1 + Math.ceil(width / 8)))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

test('a photograph is kept upright, as JPEG, without the place and the device that its camera wrote', async () => {
  const photograph = await picture()
    .jpeg()
    .withExif({ IFD0: { Model: 'Phone of Hà' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '20/1 57/1 3/1' } })
    .withMetadata({ orientation: 6 })
    .toBuffer()
  const before = await sharp(photograph).metadata()
  assert.ok(before.exif && before.orientation === 6, 'the camera wrote it')

  const kept = await checkFile(photograph)
  const after = await sharp(kept.content).metadata()
  assert.deepEqual([kept.type, kept.width, kept.height], ['image/jpeg', 40, 60])
  assert.deepEqual([after.format, after.exif, after.orientation, after.width], ['jpeg', undefined, undefined, 40])
  assert.deepEqual([kept.receivedSha256, kept.keptSha256], [sha256Of(photograph), sha256Of(kept.content)])
  assert.notEqual(kept.receivedSha256, kept.keptSha256)
})

test('a scan as PNG is kept as JPEG on white, and none is larger than the pixels that are kept', async () => {
  const clear = await sharp({
    create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .png()
    .toBuffer()
  const { content, type } = await checkFile(clear)
  assert.equal(type, 'image/jpeg')
  assert.ok(
    (await sharp(content).stats()).channels.every(({ mean }) => mean > 250),
    'what was clear is white',
  )
  const wide = await checkFile(await picture(5200, 30).png().toBuffer())
  assert.equal(wide.width, 4961)
})

test('nothing behind the end of a picture, and nothing beside its pixels, is left in what is kept', async () => {
  const hidden = Buffer.from('PK\x03\x04<script>alert(1)</script>')
  const polyglot = Buffer.concat([await picture().jpeg().toBuffer(), hidden])
  const { content } = await checkFile(polyglot)
  assert.equal(content.includes('<script>'), false)
  assert.equal(content.includes('PK\x03\x04'), false)
})

test('a picture of too many pixels is refused by its head, before one of them is decoded', async () => {
  const bomb = aPngOf(30_000, 30_000)
  assert.ok(bomb.length < 5000)
  const before = process.memoryUsage().rss
  assert.equal(await refusalOf(bomb), 'attachment-picture-too-large')
  assert.ok(process.memoryUsage().rss - before < 200_000_000)
})

test('a picture that was cut off is refused, however much of it is there', async () => {
  const whole = await picture(400, 300).jpeg().toBuffer()
  for (const share of [0.5, 0.95]) {
    const cut = whole.subarray(0, Math.floor(whole.length * share))
    assert.equal(await refusalOf(cut), 'attachment-picture-broken')
  }
  const scan = await picture(400, 300).png().toBuffer()
  assert.equal(await refusalOf(scan.subarray(0, scan.length / 2)), 'attachment-picture-broken')
})

test('a plain PDF is kept as it came; one that acts, carries or hides something is refused, and says why', async () => {
  const plain = aPdf()
  const kept = await checkFile(plain)
  assert.deepEqual([kept.type, kept.content, kept.keptSha256], ['application/pdf', plain, kept.receivedSha256])
  const refused = {
    'attachment-pdf-active': [
      aPdf({ catalogue: '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>' }),
      aPdf({ page: '/AA << /O << /S /Launch /F (cmd.exe) >> >>' }),
      aPdf({ catalogue: '/Names << /EmbeddedFiles << /Names [] >> >>' }),
      aPdf({ catalogue: '/OpenAction << /S /Java#53cript /JS (1) >>' }),
    ],
    'attachment-pdf-encrypted': [aPdf({ trailer: '/Encrypt 4 0 R', objects: [aStream('x')] })],
    'attachment-pdf-unreadable': [
      plain.subarray(0, plain.length - 200),
      aPdf({ tail: '\nPK\x05\x06' }),
      Buffer.from('%PDF-1.7\n<html><script>alert(1)</script></html>\n%%EOF'),
    ],
  }
  for (const [code, files] of Object.entries(refused)) for (const one of files) assert.equal(await refusalOf(one), code)
})

test('what is no PDF, JPEG or PNG is refused by its bytes, and HEIC says how an iPhone is set', async () => {
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic')])
  assert.equal(await refusalOf(heic), 'attachment-heic')
  assert.equal(await refusalOf(Buffer.alloc(0)), 'attachment-empty')
  const gif = await picture().gif().toBuffer()
  const webp = await picture().webp().toBuffer()
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  for (const one of [gif, webp, svg, Buffer.from('<!doctype html><script>1</script>'), Buffer.from('PK\x03\x04')])
    assert.equal(await refusalOf(one), 'attachment-kind-refused')
  // The first bytes of a JPEG before a page of HTML.
  const dressed = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('<html><script>1</script></html>')])
  assert.equal(await refusalOf(dressed), 'attachment-picture-broken')
})
