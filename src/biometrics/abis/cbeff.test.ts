import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { SaxesParser } from 'saxes'
import { aFinger, aPortrait } from './a-portrait.fixture.ts'
import { writeCbeff } from './cbeff.ts'
import { fingerSubtypes } from './pictures.ts'

/** Each element's path and text, as a parser that shares no code with the writer reads them. */
function textsOf(document: string): [string, string][] {
  const [texts, path]: [[string, string][], string[]] = [[], []]
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({ local, uri }) => {
    assert.equal(uri, 'http://standards.iso.org/iso-iec/19785/-3/ed-2/')
    path.push(local)
  })
  parser.on('text', text => {
    if (text.trim() !== '') texts.push([path.slice(1).join(' '), text])
  })
  parser.on('closetag', () => void path.pop())
  parser.write(document).close()
  return texts
}

test('an engine finds each picture with its type, format, quality and time', async () => {
  const portrait = await aPortrait()
  const texts = textsOf(writeCbeff([portrait, aFinger()]))
  const all = (path: string) => texts.filter(([at]) => at === path).map(([, text]) => text)
  assert.deepEqual(all('BIR BDBInfo Type'), ['Face', 'Finger'])
  assert.deepEqual(all('BIR BDBInfo Format Type'), ['8', '7'])
  assert.deepEqual(all('BIR BDBInfo Subtype'), ['Left IndexFinger'])
  assert.deepEqual(all('BIR BDBInfo Quality Score'), ['71'])
  assert.deepEqual(all('BIR BDBInfo Quality QualityCalculationFailed'), ['not measured'])
  assert.deepEqual(all('BIR BDBInfo CreationDate'), ['2026-12-01T02:03:04.005Z', '2026-12-01T02:03:05.000Z'])
  const [face = '', finger = ''] = all('BIR BDB')
  assert.equal(finger, 'RklSAPvvvg==')
  const record = Buffer.from(face, 'base64')
  assert.equal(record.toString('latin1', 0, 8), 'FAC\x00030\x00')
  assert.equal(record.readUInt32BE(8), record.length)
  assert.deepEqual([record.readUInt16BE(55), record.readUInt16BE(57)], [48, 64])
  assert.deepEqual(record.subarray(-portrait.bytes.length), portrait.bytes)
  assert.equal(record.readUInt32BE(record.length - portrait.bytes.length - 4), portrait.bytes.length)
})

test('a picture of nobody knows what, the same finger twice and a face that is no JPEG are refused', async () => {
  const portrait = await aPortrait()
  assert.throws(() => writeCbeff([]), RangeError)
  assert.throws(() => writeCbeff([aFinger(), aFinger()]), RangeError)
  assert.throws(() => writeCbeff([aFinger('</Subtype>')]), RangeError)
  assert.throws(() => writeCbeff([{ ...portrait, bytes: Buffer.from('no picture') }]), RangeError)
  assert.throws(() => writeCbeff([{ ...aFinger(), bytes: new Uint8Array() }]), RangeError)
})

const schema = process.env['CBEFF_SCHEMA'] ?? ''
const skip = !existsSync(schema)
  ? 'CBEFF_SCHEMA names no file: updatedcbeff.xsd of mosip/bio-utils'
  : spawnSync('xmllint', ['--version']).status !== 0 && 'xmllint is not installed'

test('the document of all fingers and a face is valid by MOSIP’s schema', { skip }, async () => {
  const document = writeCbeff([await aPortrait(), ...fingerSubtypes.map(aFinger)])
  execFileSync('xmllint', ['--noout', '--schema', schema, '-'], { input: document, stdio: ['pipe', 'pipe', 'pipe'] })
})
