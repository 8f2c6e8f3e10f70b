import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enter } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { asSystem } from '../platform/work.ts'
import * as parties from './parties.ts'

const house = await openHouse({ withUnits: true })

test('a demonstration registers its two parties once, by one officer and approved by another', async () => {
  const person = await enter(house, aPerson())
  const by = {
    registrar: await anOfficerOf(house, commune.haKhanh),
    approver: await anOfficerOf(house, commune.haKhanh),
  }
  await parties.makeDemonstrationParties(house.openWork, by)
  await parties.makeDemonstrationParties(house.openWork, by)
  const found = (clientId: string) => house.as(asSystem('sign-in', 'none'), work => parties.findClient(work, clientId))
  const [exam, portal] = [await found('exam-registration'), await found('public-service-portal')]
  assert.deepEqual(
    [exam?.fapi, exam?.legalBasis, exam?.metadata['jwks_uri']],
    [true, true, 'http://localhost:8090/jwks.json'],
  )
  assert.deepEqual(
    exam?.purposes.filter(({ optional }) => optional).map(({ scope }) => scope),
    ['phone'],
  )
  assert.equal(portal?.metadata['scope'], 'openid profile number birthdate residence phone verification offline_access')
  assert.ok(await house.as(asSystem('sign-in', 'none'), work => parties.isSandboxPerson(work, person)))
  const [row] = await house.owner<{ count: number }>('select count(*)::int as count from parties.party')
  assert.equal(row?.count, 2)
})
