import { routes } from '../src/citizens/routes.ts'
import type { Id } from '../src/platform/ids.ts'
import { newId } from '../src/platform/ids.ts'
import type { Role } from '../src/staff/role.ts'
import * as staff from '../src/staff/staff.ts'
import * as units from '../src/units/units.ts'
import { businessDay, type TestHouse } from './house.ts'
import { openSignIn } from './signin-house.ts'

/** A house whose people have their own page, and officers who look at them. */

export const openCitizens = (house: TestHouse) =>
  openSignIn(house, {
    also: (app, { openWork, origin }) => routes(app, { openWork, origin, isDemonstration: () => true }),
  })

let officers = 0

/** An officer with a name that nobody else has, appointed in the unit of a code. */
export async function anAppointedOfficer(
  house: TestHouse,
  { name, role, code }: { name: string; role: Role; code: string },
) {
  officers += 1
  return house.work(async work => {
    const unit = await units.findUnitOn(work, code, businessDay)
    if (!unit) throw new Error(`no unit ${code}`)
    const { officer } = await staff.addOfficer(work, { login: `canbo${officers}`, fullName: name, unitId: unit.id })
    await staff.appoint(work, { officerId: officer.id, role, unitId: unit.id })
    const scope = { units: (await units.scopeOf(work, unit.id, businessDay)) as units.UnitId[] }
    return { by: { kind: 'officer' as const, id: officer.id as string }, unitId: unit.id, scope, unitName: unit.name }
  })
}

/** Some looks at a person, one a minute back from now, by whoever is given in turn. */
export async function lookedAt(
  house: TestHouse,
  personId: Id<'person'>,
  looks: readonly {
    readonly by: { kind: string; id: string }
    readonly unitId?: Id<'unit'>
    readonly purpose: string
    readonly fields: string
    readonly daysAgo?: number
  }[],
) {
  await house.owner(
    `insert into audit.access (person_id, id, batch_id, at, by_kind, by_id, unit_id, purpose, fields)
     select $1, l.id, l.id, l.at, l.by_kind, l.by_id, l.unit_id, l.purpose, l.fields
     from json_to_recordset($2::json) as l
       (id uuid, at timestamptz, by_kind text, by_id text, unit_id uuid, purpose text, fields text)`,
    [
      personId,
      JSON.stringify(
        looks.map(({ by, unitId, purpose, fields, daysAgo = 0 }, at) => {
          const moment = new Date(Date.now() - daysAgo * 86_400_000 - at * 60_000)
          return {
            id: newId<'access'>(moment),
            at: moment,
            by_kind: by.kind,
            by_id: by.id,
            unit_id: unitId ?? null,
            purpose,
            fields,
          }
        }),
      ),
    ],
  )
}

export const deedsOf = (house: TestHouse, personId: Id<'person'>) =>
  house.owner<{ deed: string; by_kind: string; by_id: string }>(
    `select deed, by_kind, by_id from audit.deed where person_id = $1 order by at, seq`,
    [personId],
  )
