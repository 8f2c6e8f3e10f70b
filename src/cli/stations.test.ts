import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aStation } from '../../test/a-station.ts'
import { anOfficerOf, commune } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { terminalAnswerOf } from '../../test/terminal-answer.ts'
import * as audit from '../audit/audit.ts'
import { registerStation } from '../enrolment/stations/stations.ts'
import type { House } from '../open-house.ts'
import { Problem } from '../platform/problem.ts'
import { stationList, stationRevoke } from './stations.ts'

const house = await openHouse({ withUnits: true })
const officer = await anOfficerOf(house, commune.haKhanh)
const given = (positionals: readonly string[] = [], values = {}) => ({
  ...{ house: house as unknown as House, positionals: [...positionals], values, json: true },
})

test('an operator revokes a lost station by its id, and the record says who did and why', async () => {
  const { id, publicKey } = await aStation()
  await house.as(officer, work => registerStation(work, { id, name: 'Máy 1', publicKey }))
  const list = async () => JSON.parse(await terminalAnswerOf(() => stationList(given()))).stations
  assert.deepEqual([(await list())[0].id, (await list())[0].revokedAt], [id, undefined])

  const reason = { reason: 'stolen from a car' }
  await terminalAnswerOf(() => stationRevoke(given([id], reason)))
  assert.notEqual((await list())[0].revokedAt, undefined)
  const [deed] = (await house.work(work => audit.deedsOf(work, id))).filter(one => one.deed === 'station.revoked')
  assert.deepEqual([deed?.byKind, deed?.facts], ['operator', reason])

  const unknown = stationRevoke(given(['no-id'], reason))
  await assert.rejects(unknown, (error: unknown) => error instanceof Problem && error.code === 'station-unknown')
})
