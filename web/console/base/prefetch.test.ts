import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Endpoint } from '../../../src/platform/endpoint.ts'
import { leavesNoTrace } from './prefetch.ts'

const root = join(import.meta.dirname, '../../..')
const contracts = await Promise.all(
  globSync('src/**/contract*.ts', { cwd: root }).map(path => import(pathToFileURL(join(root, path)).href)),
)
const isDoor = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'purpose' in value
const doors = contracts.flatMap(one => Object.values(one as object)).filter(isDoor)

test('no door that reads a person, or changes anything, is asked before its page is opened', () => {
  assert.ok(doors.length > 300, String(doors.length))
  for (const door of doors.filter(leavesNoTrace)) {
    assert.equal(door.method, 'GET', door.path)
    assert.equal(door.purpose, 'none', door.path)
  }
  const known = (path: string) => doors.find(door => door.method === 'GET' && door.path === path)
  for (const path of ['/persons/:id', '/accounts', '/applications', '/needs/list'])
    assert.ok(!leavesNoTrace(known(path) ?? { method: 'GET', purpose: 'register' }), path)
})
