import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { openLog } from '../log.ts'
import { alone } from './alone.ts'
import { lastFinished, physicalBackupJobs, whatIsDue } from './jobs.ts'

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

test('a base backup that a clock that was ahead has dated keeps none of the following nights from theirs', () => {
  const base = (finishedAt: Date) => ({ archive: 'ours', path: '', firstSegment: '', bytes: 0, finishedAt })
  const bases = [base(at('01:40')), base(new Date('2031-01-01T01:40+07:00'))]
  const baseAt = lastFinished(bases, 'ours', at('09:00'))
  assert.deepEqual(baseAt, at('01:40'))
  assert.equal(lastFinished(bases.slice(1), 'ours', at('09:00')), undefined)
  assert.equal(lastFinished(bases, 'another', at('09:00')), undefined)
  assert.equal(whatIsDue({ ...night, at: new Date('2026-12-02T01:30+07:00'), baseAt, drill: undefined }), 'base')
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
