import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUnopenedForDisk, lookAtDisk, type ReserveFile, reserveBytes, takeReserve } from './disk-reserve.ts'

const mebibyte = 1024 * 1024

/** A disk of so many free bytes, and one file on it. */
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
      const growth = Math.max(0, at + bytes.length - size)
      const taken = Math.min(growth, disk.free)
      disk.free -= taken
      size += taken
      return bytes.length - (growth - taken)
    },
    truncate(to) {
      disk.free += size - to
      size = to
    },
  }
  return { disk, file }
}

test('the reserve is taken whole, and a look leaves it as large as it was', () => {
  const { disk, file } = aDisk(100 * mebibyte)
  assert.equal(takeReserve(file), 'free')
  assert.equal(lookAtDisk(file), 'free')
  assert.equal(disk.size(), reserveBytes)
  assert.equal(disk.free, 100 * mebibyte - reserveBytes)
})

test('a full disk is found by the next look, and the whole reserve is given up for the database', () => {
  const { disk, file } = aDisk(100 * mebibyte)
  takeReserve(file)
  disk.fill()
  assert.equal(lookAtDisk(file), 'full')
  assert.equal(disk.size(), 0)
  assert.equal(disk.free, reserveBytes)
})

test('the reserve does not take the room again that was given up for the database', () => {
  const { disk, file } = aDisk(100 * mebibyte)
  takeReserve(file)
  disk.fill()
  lookAtDisk(file)
  assert.equal(takeReserve(file), 'full')
  assert.equal(disk.free, reserveBytes)
})

test('the reserve is taken again once the disk has room for twice of it', () => {
  const { disk, file } = aDisk(2 * reserveBytes - 1)
  assert.equal(takeReserve(file), 'full')
  disk.free += 1
  assert.equal(takeReserve(file), 'free')
  assert.equal(disk.size(), reserveBytes)
})

test('a write that the browser refuses is a full disk', () => {
  const { disk, file } = aDisk(100 * mebibyte)
  takeReserve(file)
  const refusing: ReserveFile = {
    ...file,
    write: () => {
      throw new DOMException('No space available for this operation', 'QuotaExceededError')
    },
  }
  assert.equal(lookAtDisk(refusing), 'full')
  assert.equal(disk.size(), 0)
})

test('a reserve that a full disk keeps shut is told from one that another page has open', () => {
  const fault = (name: string) => isUnopenedForDisk(new DOMException('as Chromium says it', name))
  assert.deepEqual(['NotFoundError', 'QuotaExceededError', 'UnknownError'].map(fault), [true, true, true])
  assert.deepEqual(['NoModificationAllowedError', 'SecurityError'].map(fault), [false, false])
})
