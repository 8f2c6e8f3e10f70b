import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { aCapture, aStation, seal } from '../../test/a-station.ts'
import { newId } from '../platform/ids.ts'
import { CaptureShape, readCaptureManifest, readCaptureParts } from './capture.ts'
import {
  importCentreKey,
  importStationKey,
  isSignedBy,
  type Jwk,
  openPacket,
  PacketFault,
  readHeader,
  readStatement,
  signStatement,
} from './seal-packet.ts'

function aCentre() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = privateKey.export({ format: 'jwk' }) as Jwk
  return { jwk, publicKey: { kty: 'EC' as const, crv: 'P-256' as const, x: jwk.x ?? '', y: jwk.y ?? '' } }
}

const centre = aCentre()
const person = { number: '022205000001', fullName: 'Chìu Sủi Lìn', birthDate: '2005-03-15', sex: 'F' as const }
const officer = { id: newId<'officer'>(), grant: 'x' }

test('only the centre opens what a station seals, to the last byte', async () => {
  const station = await aStation()
  const captured = await aCapture({ person, officer })
  const packet = await seal(station, centre.publicKey, captured)
  assert.ok(!Buffer.from(packet.bytes).includes('Chìu'), 'nothing about the person stands outside the encryption')
  assert.ok(await isSignedBy(packet.bytes, await importStationKey(station.publicKey)))

  const content = await openPacket(packet.bytes, [await importCentreKey(centre.jwk)])
  const read = readCaptureManifest(content)
  assert.ok(read && Value.Check(CaptureShape, read.manifest))
  assert.deepEqual(read.manifest, captured.capture)
  assert.deepEqual(
    readCaptureParts(content, { end: read.end, parts: captured.capture.parts })?.get('portrait'),
    captured.bodies.get('portrait'),
  )

  const fault = await openPacket(packet.bytes, [await importCentreKey(aCentre().jwk)]).catch(error => error)
  assert.ok(fault instanceof PacketFault && fault.code === 'packet-foreign-key')
})

test('a packet with any changed byte fails the station’s signature or is no packet', async () => {
  const station = await aStation()
  const packet = await seal(station, centre.publicKey, await aCapture({ person, officer }))
  const key = await importStationKey(station.publicKey)
  await fc.assert(
    fc.asyncProperty(fc.nat(packet.bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = packet.bytes.slice()
      changed[at] = (changed[at] ?? 0) ^ by
      assert.equal(await isSignedBy(changed, key), false)
    }),
    { numRuns: 300 },
  )
})

test('bytes that are no packet are refused, whatever length they claim', () => {
  const refused = (bytes: Uint8Array<ArrayBuffer>) =>
    assert.throws(
      () => readHeader(bytes),
      error => error instanceof PacketFault && error.code === 'packet-unreadable',
    )
  refused(new Uint8Array())
  refused(new TextEncoder().encode('DDP1'))
  refused(
    new Uint8Array(Buffer.concat([Buffer.from('DDP1'), Buffer.from([0xff, 0xff, 0xff, 0xff]), Buffer.alloc(200)])),
  )
  refused(
    new Uint8Array(
      Buffer.concat([Buffer.from('DDP1'), Buffer.from([0, 0, 0, 2]), Buffer.from('{}'), Buffer.alloc(200)]),
    ),
  )
})

test('a statement is read only as its signed type and with the key that signed it', async () => {
  const station = await aStation()
  const key = await importStationKey(station.publicKey)
  const jws = await signStatement('dinhdanh-manifest', { head: 3 }, station.signing)
  assert.deepEqual(await readStatement('dinhdanh-manifest', jws, key), { head: 3 })
  assert.equal(await readStatement('dinhdanh-held', jws, key), undefined)
  assert.equal(
    await readStatement('dinhdanh-manifest', jws, await importStationKey((await aStation()).publicKey)),
    undefined,
  )
  assert.equal(await readStatement('dinhdanh-manifest', `${jws}.x`, key), undefined)
  const [head, , signature] = jws.split('.')
  const forged = Buffer.from(JSON.stringify({ head: 99 })).toString('base64url')
  assert.equal(await readStatement('dinhdanh-manifest', `${head}.${forged}.${signature}`, key), undefined)
})

test('a statement whose head asks for more than its type and algorithm is not read', async () => {
  const station = await aStation()
  const key = await importStationKey(station.publicKey)
  const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = async (head: object, statement = text({ head: 3 })) => {
    const bytes = new TextEncoder().encode(`${text(head)}.${statement}`)
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, station.signing, bytes)
    return `${text(head)}.${statement}.${Buffer.from(signature).toString('base64url')}`
  }
  const plain = { alg: 'ES256', typ: 'dinhdanh-manifest' }
  const read = (jws: string) => readStatement('dinhdanh-manifest', jws, key)
  assert.deepEqual(await read(await signed(plain)), { head: 3 })
  for (const more of [
    { crit: ['b64'], b64: false },
    { b64: false },
    { crit: ['exp'], exp: 1 },
    { kid: '../../keys/stations.pem' },
    { jku: 'https://keys.example/jwks' },
    { jwk: station.publicKey },
    { zip: 'DEF' },
    { cty: 'JWT' },
    { alg: 'none' },
    { alg: 'HS256' },
    { typ: ['dinhdanh-manifest'] },
  ])
    assert.equal(await read(await signed({ ...plain, ...more })), undefined, JSON.stringify(more))
  const [head, statement] = (await signed(plain)).split('.')
  for (const signature of ['', 'AA', 'A'.repeat(86)])
    assert.equal(await read(`${head}.${statement}.${signature}`), undefined, 'a signature of nobody')
})
