import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { refuseStale, untouched, versionOf, versionsOf } from './versions.ts'

const house = await openHouse({ withUnits: true })
const id = newId<'thing'>(new Date())
const decide = (work: Work) => audit.record(work, 'roll-row.decided', { kind: 'roll-row', id })
/** As a page has it that saw a version. */
const decideHavingSeen = (seen: string) =>
  house
    .work(work => refuseStale({ ...work, seen }, id))
    .then(
      () => 'taken',
      (error: unknown) => error,
    )

test('a decision on what has not changed since the page showed it is taken', async () => {
  assert.equal(await house.work(work => versionOf(work, id)), untouched)
  assert.equal(await decideHavingSeen(untouched), 'taken')
  await house.work(decide)
  const version = await house.work(work => versionOf(work, id))
  assert.notEqual(version, untouched)
  assert.equal(await decideHavingSeen(version), 'taken')
  assert.deepEqual([...(await house.work(work => versionsOf(work, [id, newId(new Date())])))], [[id, version]])
})

test('a decision on what was changed meanwhile is refused with the deed and its instant', async () => {
  const seen = await house.work(work => versionOf(work, id))
  await house.work(decide)
  const refused = await decideHavingSeen(seen)
  assert.ok(refused instanceof Problem)
  assert.deepEqual([refused.code, refused.facts['deed']], ['changed-meanwhile', 'roll-row.decided'])
  assert.match(String(refused.facts['at']), /^\d{4}-.*Z$/)
  assert.equal(await decideHavingSeen(untouched).then(error => error instanceof Problem), true)
})

test('a program that says no version is not refused', async () => {
  await house.work(work => refuseStale(work, id))
})
