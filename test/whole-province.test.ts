import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Authority, Work } from '../src/platform/work.ts'
import { withAddedScope } from '../src/platform/work.ts'
import * as units from '../src/units/units.ts'
import { anOfficerOf, aPerson, commune, enterAll } from './builders.ts'
import { openHouse } from './house.ts'
import { signedInOfficer } from './signed-in-officer.ts'

/**
 * Who acts for the whole province is asked nothing for each person; who acts for a part of it cannot come by that, by
 * whatever they say of themselves.
 */

const house = await openHouse({ withUnits: true })
await enterAll(house, [aPerson(), aPerson({ commune: commune.quangHanh }), aPerson({ commune: commune.haPhong })])

const whole = async (code: string): Promise<Authority> => {
  const authority = await anOfficerOf(house, code)
  return { ...authority, scope: { ...(authority.scope as object), whole: true } as Authority['scope'] }
}
const isWhole = async ({ tx }: Work): Promise<boolean> => {
  const { rows } = await sql<{ whole: boolean }>`select units.whole_province_in_scope() as whole`.execute(tx)
  return rows[0]?.whole === true
}
const countPeople = async ({ tx }: Work): Promise<number> => {
  const { rows } = await sql<{ people: number }>`select count(*)::integer as people from register.person`.execute(tx)
  return rows[0]?.people ?? 0
}
/** How PostgreSQL counts everybody, with what it ran of that. */
async function planOf({ tx }: Work): Promise<string> {
  const { rows } = await sql<{ 'QUERY PLAN': string }>`
    explain (analyze, costs off, timing off) select count(*) from register.person`.execute(tx)
  return rows.map(row => row['QUERY PLAN']).join('\n')
}

test('an officer of the whole province sees everybody, and no residence is looked up for it', async () => {
  await house.as(await whole('22'), async work => {
    assert.deepEqual([await isWhole(work), await countPeople(work)], [true, 3])
    assert.match(await planOf(work), / person_scope s \(never executed\)/)
  })
  await house.as(await anOfficerOf(house, '22'), async work => {
    assert.deepEqual([await isWhole(work), await countPeople(work)], [false, 3])
    assert.doesNotMatch(await planOf(work), / person_scope s \(never executed\)/)
  })
})

test('an officer of a district or a ward who says so is not one of the whole province', async () => {
  for (const [code, people] of [
    ['193', 2],
    ['195', 1],
    ['06649', 1],
  ] as const)
    await house.as(await whole(code), async work => {
      assert.deepEqual([code, await isWhole(work), await countPeople(work)], [code, false, people])
      // Not by setting it in the transaction either, as whoever reached the database in their name might.
      await sql`set local dinhdanh.whole = 'yes'`.execute(work.tx)
      assert.deepEqual([code, await isWhole(work), await countPeople(work)], [code, false, people])
    })
})

test('the province’s unit alone, or all but one commune, is not the whole province', async () => {
  const authority = await whole('22')
  const { units: all } = authority.scope as { readonly units: readonly units.UnitId[] }
  await house.as({ ...authority, scope: { units: [authority.unitId as units.UnitId], whole: true } }, async work =>
    assert.deepEqual([await isWhole(work), await countPeople(work)], [false, 0]),
  )
  const one = await house.work(work => units.findUnitOn(work, commune.quangHanh, work.today))
  await house.as({ ...authority, scope: { units: all.filter(id => id !== one?.id), whole: true } }, async work =>
    assert.deepEqual([await isWhole(work), await countPeople(work)], [false, 2]),
  )
})

test('a unit that a case adds for a moment does not make a district the whole province', async () => {
  const province = await anOfficerOf(house, '22')
  await house.as(await whole('193'), work =>
    withAddedScope(work, [province.unitId], async wide => assert.equal(await isWhole(wide), false)),
  )
})

test('only roles that stand at a province say that their units may be all of it', async () => {
  const scopeOf = async (role: Parameters<typeof signedInOfficer>[1], code: string) =>
    (await signedInOfficer(house, role, code)).as('units.read', async ({ scope }) => scope)
  const says = async (...of: Parameters<typeof scopeOf>) => {
    const scope = await scopeOf(...of)
    return typeof scope === 'object' && scope.whole === true
  }
  assert.deepEqual(
    [
      await says('provincial-commander', '22'),
      await says('district-officer', '193'),
      await says('ward-officer', '06649'),
      await says('service-centre-reception', '22'),
      await says('education-officer', '22'),
    ],
    [true, false, false, false, false],
  )
})

test('each policy by the residence of a person asks first whether the work is of the whole province', async () => {
  const others = await house.owner<{ name: string }>(
    `select schemaname || '.' || tablename || ' ' || policyname as name from pg_policies
     where 'dinhdanh_app' = any (roles) and qual like '%register.person_scope s%'
       and qual like '%platform.sees_house()%' and qual not like '%units.whole_province_in_scope()%'`,
  )
  assert.deepEqual(others, [])
})
