import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DiskState, lookAtDisk, mayReserve, type ReserveFile, reserveBytes } from './disk-reserve.ts'

/** A disk of so many free bytes, one file on it, and how much of it others have taken. */
function aDisk(free: number) {
  let size = 0
  const disk = {
    free,
    size: () => size,
    /** Others write until nothing is left. */
    fill: () => {
      disk.free = 0
    },
  }
  const file: ReserveFile = {
    getSize: () => size,
    write(bytes, { at }) {
      const taken = Math.min(bytes.length, disk.free)
      disk.free -= taken
      size = Math.max(size, at + taken)
      return taken
    },
    truncate(to) {
      disk.free += size - to
      size = to
    },
  }
  return { disk, file }
}

const looks = (file: ReserveFile, times: number) => {
  let state: DiskState = 'free'
  for (let look = 0; look < times; look++) state = lookAtDisk(file, state)
  return state
}

test('the reserve grows until it is whole, and a look leaves it as large as it was', () => {
  const { disk, file } = aDisk(100 * 1024 * 1024)
  assert.equal(looks(file, 50), 'free')
  assert.equal(disk.size(), reserveBytes)
})

test('a full disk is found by the next look, and the whole reserve is given up for the database', () => {
  const { disk, file } = aDisk(100 * 1024 * 1024)
  looks(file, 20)
  disk.fill()
  assert.equal(lookAtDisk(file, 'free'), 'full')
  assert.equal(disk.size(), 0)
  assert.equal(disk.free, reserveBytes)
})

test('a disk that has room for a part of the reserve alone is full', () => {
  const { disk, file } = aDisk(10 * 1024 * 1024)
  assert.equal(looks(file, 3), 'full')
  assert.equal(disk.free, 10 * 1024 * 1024)
})

test('after a full disk all is well again only once the reserve is whole', () => {
  const { file } = aDisk(100 * 1024 * 1024)
  assert.equal(lookAtDisk(file, 'full'), 'full')
  let state: DiskState = 'full'
  for (let look = 0; look < 20; look++) state = lookAtDisk(file, state)
  assert.equal(state, 'free')
})

test('a write that the browser refuses is a full disk', () => {
  const { disk, file } = aDisk(100 * 1024 * 1024)
  looks(file, 20)
  const refusing: ReserveFile = {
    ...file,
    write: () => {
      throw new DOMException('No space available for this operation', 'QuotaExceededError')
    },
  }
  assert.equal(lookAtDisk(refusing, 'free'), 'full')
  assert.equal(disk.size(), 0)
})

test('the reserve takes no room that was given up for the database', () => {
  assert.equal(mayReserve(reserveBytes), false)
  assert.equal(mayReserve(2 * reserveBytes), true)
  assert.equal(mayReserve(undefined), true)
})
