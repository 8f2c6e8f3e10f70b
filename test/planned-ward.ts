import assert from 'node:assert/strict'
import { asHour } from '../src/planning/hour.ts'
import * as planning from '../src/planning/planning.ts'
import { newId } from '../src/platform/ids.ts'
import { Problem } from '../src/platform/problem.ts'
import type { Work } from '../src/platform/work.ts'
import * as units from '../src/units/units.ts'
import { anOfficerOf, commune } from './builders.ts'
import type { TestHouse } from './house.ts'

/** A ward with officers, a school, a team and machines, and a second ward in another district. */
export async function aWard(house: TestHouse) {
  await house.work(work =>
    units.importSchools(work, [
      {
        line: 2,
        values: { code: '22001', name: 'Trường THPT Hà Khánh', kind: 'upper-secondary', unit: commune.haKhanh },
      },
      {
        line: 3,
        values: { code: '22002', name: 'Trường THPT Quang Hanh', kind: 'upper-secondary', unit: commune.quangHanh },
      },
    ]),
  )
  const officers = [1, 2, 3, 4].map(() => newId<'officer'>())
  const ward = await anOfficerOf(house, commune.haKhanh, { officer: officers[0]! })
  for (const [at, id] of officers.entries())
    await house.owner(
      'insert into staff.officer (id, login, full_name, unit_id, added_at) values ($1, $2, $3, $4, now())',
      [id, `canbo.${at + 1}`, `Cán Bộ ${at + 1}`, ward.unitId],
    )
  const other = await anOfficerOf(house, commune.quangHanh)
  const as = <T>(verb: (work: Work) => Promise<T>) => house.as(ward, verb)
  const schoolId = (await house.work(work => units.findSchool(work, '22001')))!.id
  const hours = { opensAt: asHour('07:00'), closesAt: asHour('22:00') }
  const school = await as(work =>
    planning.createSite(work, { kind: 'school', schoolId, address: 'Nhà đa năng', ...hours }),
  )
  const hall = await as(work =>
    planning.createSite(work, { kind: 'hall', unitId: ward.unitId, name: 'Nhà văn hóa khu 4', ...hours }),
  )
  const member = (at: number) => ({ officerId: officers[at]!, role: 'lone' as const })
  const team = await as(work =>
    planning.createTeam(work, {
      unitId: ward.unitId,
      name: 'Tổ 1',
      colour: 1,
      members: [member(0), { ...member(1), role: 'photo' as const }],
    }),
  )
  const second = await as(work =>
    planning.createTeam(work, { unitId: ward.unitId, name: 'Đội 2', colour: 2, members: [member(2)] }),
  )
  const kit = await as(work => planning.createKit(work, { unitId: ward.unitId, code: 'Máy 01' }))
  const spare = await as(work => planning.createKit(work, { unitId: ward.unitId, code: 'Máy 02' }))
  return { ward, other, as, officers, schoolId, school, hall, team, second, kit, spare }
}

export type AWard = Awaited<ReturnType<typeof aWard>>

/** Asserts that it is refused with a code; gives back the facts of the refusal. */
export async function refusal(promise: Promise<unknown>, code: string): Promise<Readonly<Record<string, unknown>>> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof Problem, `refused with ${code}, not ${error}`)
  assert.equal(error.code, code)
  return error.facts
}

export const hour = asHour
