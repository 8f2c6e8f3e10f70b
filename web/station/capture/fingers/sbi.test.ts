import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { startSbiSimulator } from '../../../../test/sbi-simulator.ts'
import { readFingerRecord } from './finger-record.ts'
import { type Finger, fingers, slaps } from './fingers.ts'
import { type CaptureRequest, capture, type Device, deviceInfo, discover } from './sbi.ts'
import { SbiRefusal } from './sbi-refusal.ts'
import { stream } from './sbi-stream.ts'
import { firstHash } from './sbi-wire.ts'

const scanner = await startSbiSimulator()
const stranger = await startSbiSimulator({ port: 4599 })
after(() => Promise.all([scanner.close(), stranger.close()]))
beforeEach(() => scanner.behave({}))

const trusting = { roots: [scanner.root] }
const find = async (): Promise<Device> => {
  const [device] = await discover('finger', { ports: [scanner.port] })
  assert.ok(device)
  return device
}
const left: CaptureRequest = {
  modality: 'finger',
  subtypes: slaps[0].fingers,
  requestedScore: 60,
  timeout: 2000,
  transactionId: 'a-visit',
}
const refusedFor = (reason: string) => (error: unknown) => error instanceof SbiRefusal && error.reason === reason

test('a scanner is found among a hundred ports, with make, model and serial', async () => {
  const devices = await discover('finger')

  assert.ok(
    devices.some(({ port, serial, kind }) => port === scanner.port && serial === '202300012345' && kind === 'Slap'),
  )
  assert.deepEqual((await find()).subIds, [1, 2, 3])
})

test('without a listening port no device is found, and that is no fault', async () => {
  assert.deepEqual(await discover('finger', { ports: [4598] }), [])
})

test('an unplugged scanner is not found, though its service answers', async () => {
  scanner.behave({ device: 'unplugged' })
  assert.deepEqual(await discover('finger', { ports: [scanner.port] }), [])
})

test('the caller can stop a search', async () => {
  await assert.rejects(discover('finger', { signal: AbortSignal.abort() }), { name: 'AbortError' })
})

test('a device signs its description; without roots its certificate is unchecked, not trusted', async () => {
  const device = await find()

  assert.equal((await deviceInfo(device)).trust, 'not-checked')
  assert.equal((await deviceInfo(device, trusting)).trust, 'trusted')
  assert.equal((await deviceInfo(device, trusting)).environment, 'Developer')
})

test('a device whose certificate leads to none of the given roots is refused', async () => {
  const device = await find()
  await assert.rejects(deviceInfo(device, { roots: [stranger.root] }), refusedFor('not-trusted'))
  await assert.rejects(capture(device, left, { roots: [stranger.root] }), refusedFor('not-trusted'))
})

test('a certificate that is no longer in force is refused', async () => {
  const at = new Date(Date.now() + 400 * 86_400_000)
  await assert.rejects(deviceInfo(await find(), { ...trusting, at }), refusedFor('certificate-expired'))
})

test('a device that is not registered signs nothing, and is refused by its code', async () => {
  scanner.behave({ device: 'not-registered' })
  await assert.rejects(
    deviceInfo(await find()),
    (error: unknown) => refusedFor('not-registered')(error) && String(error).includes('100'),
  )
})

test('ten fingers are taken in three slaps, each block chained to the one before', async () => {
  const device = await find()
  const before = scanner.asked.length
  const taken = []
  let previousHash: string | undefined
  for (const slap of slaps) {
    const some = await capture(
      device,
      { ...left, subtypes: slap.fingers, ...(previousHash && { previousHash }) },
      trusting,
    )
    taken.push(...some)
    previousHash = some.at(-1)?.hash
  }

  assert.deepEqual(
    taken.map(({ subtype }) => subtype),
    [...fingers],
  )
  assert.ok(taken.every(({ qualityScore, trust }) => qualityScore === 80 && trust === 'trusted'))
  assert.equal(scanner.asked[before]?.previousHash, firstHash)
  assert.equal(scanner.asked[before + 1]?.previousHash, taken[3]?.hash)
})

test('a record is a whole finger image of 500 pixels an inch and names its finger', async () => {
  const [first] = await capture(await find(), left)
  const record = readFingerRecord(first!.record)

  assert.equal(record?.finger, 'left-little' satisfies Finger)
  assert.deepEqual([record?.width, record?.height, record?.resolution, record?.perInch], [160, 200, 500, true])
  assert.equal(record?.image.length, 160 * 200)
  assert.equal(readFingerRecord(first!.record.subarray(0, -1)), undefined)
  assert.equal(readFingerRecord(new Uint8Array([...first!.record, 0])), undefined)
})

test('missing fingers go to the device as exceptions and are not asked for', async () => {
  const request = {
    ...left,
    subtypes: ['left-little', 'left-index'],
    exceptions: ['left-ring', 'left-middle'],
  } as const
  const taken = await capture(await find(), request)

  assert.equal(taken.length, 2)
  assert.deepEqual(scanner.asked.at(-1)?.exceptions, ['Left RingFinger', 'Left MiddleFinger'])
})

test('a poor finger is given with its score, not refused', async () => {
  scanner.behave({ score: { 'Left RingFinger': 12 } })
  const taken = await capture(await find(), left)
  assert.deepEqual(
    taken.map(({ qualityScore }) => qualityScore),
    [80, 12, 80, 80],
  )
})

for (const [behaviour, reason] of [
  [{ capture: 'tampered' }, 'signature-wrong'],
  [{ capture: 'breaks-chain' }, 'chain-broken'],
  [{ capture: 'another-finger' }, 'another-finger'],
  [{ capture: 'replays' }, 'another-transaction'],
  [{ capture: 'times-out' }, 'timed-out'],
  [{ device: 'busy' }, 'busy'],
  [{ device: 'unplugged' }, 'no-device'],
] as const)
  test(`a capture that ${Object.values(behaviour)[0]} is refused as ${reason}`, async () => {
    const device = await find()
    scanner.behave(behaviour)
    await assert.rejects(capture(device, left), refusedFor(reason))
  })

test('a device that answers too late is given up', async () => {
  scanner.behave({ takes: 400 })
  const device = await find()
  await assert.rejects(capture(device, { ...left, timeout: -3900 }), refusedFor('no-answer'))
})

test('the live picture comes in whole frames until it is stopped', async () => {
  const stop = new AbortController()
  const frames: Blob[] = []
  const device = await find()
  const onFrame = (frame: Blob) => {
    frames.push(frame)
    if (frames.length === 2) stop.abort()
  }
  await assert.rejects(stream(device, { subtypes: slaps[0].fingers, signal: stop.signal, onFrame, timeout: 5000 }), {
    name: 'AbortError',
  })

  const start = new Uint8Array(await frames[1]!.arrayBuffer())
  assert.deepEqual([start[0], start[1], start.at(-2), start.at(-1)], [0xff, 0xd8, 0xff, 0xd9])
})
