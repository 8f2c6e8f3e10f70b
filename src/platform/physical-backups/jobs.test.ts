import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { openLog } from '../log.ts'
import { alone } from './alone.ts'
import { physicalBackupJobs, whatIsDue } from './jobs.ts'

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

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-night-'))
after(() => rm(folder, { recursive: true }))

/** The job of an installation, and how often it has begun to look at what is due; what it begins does not end. */
function jobOfNight() {
  let looks = 0
  const { 'physical-backup': run = assert.fail } = physicalBackupJobs({
    ...{ folder, config: { physicalBackups: folder, physicalBackupAt: '01:30' } },
    lastDrill() {
      looks += 1
      return new Promise(() => undefined)
    },
  })
  return { run: () => run({}, { attempt: 1, log: openLog('silent') }), looks: () => looks }
}

test('a base backup of hours keeps no other job waiting, and no second one is begun beside it', async () => {
  const night = jobOfNight()
  await night.run()
  while (night.looks() === 0) await pause(2)
  await night.run()
  await pause(50)
  assert.equal(night.looks(), 1)
})

test('the job begins nothing while another process makes a base backup or a drill', async () => {
  const night = jobOfNight()
  await alone(folder, night.run)
  await pause(50)
  assert.equal(night.looks(), 0)
})
