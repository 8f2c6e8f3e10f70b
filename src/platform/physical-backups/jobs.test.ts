import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whatIsDue } from './jobs.ts'

const at = (time: string) => new Date(`2026-12-01T${time}:00+07:00`)
const night = { time: '01:30', baseAt: at('01:40') }

test('a base backup is due where the archive has none since the hour that is set', () => {
  const drill = { at: at('01:50'), outcome: 'ok' }
  assert.equal(whatIsDue({ ...night, at: at('09:00'), baseAt: undefined, drill }), 'base')
  assert.equal(whatIsDue({ ...night, at: at('09:00'), baseAt: at('01:20'), drill }), 'base')
  assert.equal(whatIsDue({ ...night, at: at('09:00'), drill }), undefined)
})

test('a drill that did not follow its base backup, or failed an hour ago, is tried again', () => {
  const due = (time: string, drill?: { at: Date; outcome: string }) => whatIsDue({ ...night, at: at(time), drill })
  assert.equal(due('01:50'), 'drill')
  assert.equal(due('01:50', { at: at('00:10'), outcome: 'ok' }), 'drill', 'the drill of the base backup before')
  const failed = { at: at('02:00'), outcome: 'failed' }
  assert.equal(due('02:50', failed), undefined, 'a disk that is full has an hour')
  assert.equal(due('03:00', failed), 'drill')
  assert.equal(due('23:00', { ...failed, outcome: 'findings' }), undefined, 'differences wait for a hand')
})
