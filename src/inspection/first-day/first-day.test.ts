import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { mayDo, type Role, roles } from '../../staff/staff.ts'
import { deedWords } from '../words-deed.ts'
import { acknowledgeDutiesOf, dismissGuide, noteStepOpened, readFirstDay } from './first-day.ts'
import { type GuideStepName, stepNames } from './step-names.ts'
import { guideSteps, stepsOf } from './steps.ts'

/** The guide of an officer's first day: what is done is what they did, and nobody else. */

const house = await openHouse({ withUnits: true })
const [here, colleague] = [await anOfficerOf(house, commune.haKhanh), await anOfficerOf(house, commune.haKhanh)]
type Officer = typeof here

const guideOf = (who: Officer, role: Role | undefined = 'ward-officer') =>
  house.as(who, work => readFirstDay(work, role))
const isDone = async (who: Officer, step: GuideStepName, role?: Role) =>
  (await guideOf(who, role)).steps.find(one => one.step === step)?.isDone

test('a role has five to eight steps, and each is one that the role may do', () => {
  for (const role of roles) {
    const steps = stepsOf[role]
    assert.ok(steps.length >= 5 && steps.length <= 8, `${role} has ${steps.length}`)
    assert.equal(new Set(steps).size, steps.length, role)
    for (const step of steps) {
      const { right } = guideSteps[step]
      assert.ok(right === undefined || mayDo(role, right), `${role} may not ${step}`)
    }
  }
  const used = new Set(Object.values(stepsOf).flat())
  assert.deepEqual(
    stepNames.filter(step => !used.has(step)),
    [],
  )
})

test('each deed that shows a step is one that the house records', () => {
  const deeds = stepNames.flatMap(step => {
    const { by } = guideSteps[step]
    return by.kind === 'deed' ? by.deeds : []
  })
  assert.deepEqual(
    deeds.filter(deed => !Object.hasOwn(deedWords, deed)),
    [],
  )
})

test('the guide is offered to a newcomer, with nothing done', async () => {
  const { offered, steps } = await guideOf(here)
  assert.equal(offered, true)
  assert.deepEqual(
    steps.filter(one => one.isDone),
    [],
  )
})

test('a step is done by a deed of the officer, not by a colleague’s', async () => {
  const record = (who: Officer) =>
    house.as(who, work => audit.record(work, 'session.planned', { kind: 'session', id: newId<'session'>() }))
  await record(colleague)
  assert.equal(await isDone(here, 'plan-session'), false)
  await record(here)
  const step = (await guideOf(here)).steps.find(one => one.step === 'plan-session')
  assert.ok(step?.isDone && step.doneAt)
})

test('a step is done by a reading for its purpose alone', async () => {
  const reads = (purpose: string) =>
    house.openWork({ ...here, purpose } as never, work => audit.noteReading(work, [newId<'person'>()], ['identity']))
  await reads('roll')
  assert.equal(await isDone(here, 'read-list'), false)
  await reads('campaign')
  assert.equal(await isDone(here, 'read-list'), true)
})

test('an opened page is no deed: it shows the steps that are done by opening, and no other', async () => {
  await house.as(here, work => noteStepOpened(work, 'today'))
  await house.as(here, work => noteStepOpened(work, 'review-row'))
  assert.deepEqual([await isDone(here, 'today'), await isDone(here, 'review-row')], [true, false])
  assert.equal(await isDone(colleague, 'today'), false)
})

test('the duties are read once, of the act in force, and the deed names it', async () => {
  const { basis, codes } = (await guideOf(here)).duties
  assert.equal(basis, 'Art. 7, LCCCD')
  assert.ok(codes.length > 3)
  const stale = house.as(here, work => acknowledgeDutiesOf(work, 'Art. 7, Law 91/2025/QH15'))
  await assert.rejects(stale, (error: unknown) => error instanceof Problem && error.code === 'duties-of-another-act')
  await house.as(here, work => acknowledgeDutiesOf(work, basis))
  await house.as(here, work => acknowledgeDutiesOf(work, basis))
  assert.equal(await isDone(here, 'duties'), true)
  const deeds = await house.work(work => audit.deedsOfName(work, here.by.id, 'duties.acknowledged'))
  assert.equal(deeds.length, 1)
})

test('a guide that was put away is not offered again, and stays to be read', async () => {
  await house.as(here, dismissGuide)
  await house.as(here, dismissGuide)
  const { offered, steps } = await guideOf(here)
  assert.deepEqual([offered, steps.length], [false, stepsOf['ward-officer'].length])
  assert.equal((await guideOf(colleague)).offered, true)
})

test('who has no post has the duties alone, and no guide is offered', async () => {
  const { offered, steps } = await house.as(colleague, work => readFirstDay(work, undefined))
  assert.deepEqual([offered, steps.map(({ step }) => step)], [false, ['duties']])
})

test('nobody reads or writes what another did with the guide', async () => {
  const rows = await house.as(colleague, async work => {
    const { sql } = await import('kysely')
    return (await sql`select 1 from inspection.first_day where officer_id = ${here.by.id}`.execute(work.tx)).rows
  })
  assert.deepEqual(rows, [])
})
