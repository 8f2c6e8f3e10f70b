import * as audit from '../src/audit/audit.ts'
import { deriveDay } from '../src/inspection/inspection.ts'
import { asDay, type Day, dayAt } from '../src/platform/day.ts'
import { type Id, newId } from '../src/platform/ids.ts'
import { type Authority, asSystem, type Work } from '../src/platform/work.ts'
import type { PersonId } from '../src/register/person.ts'
import type { Role } from '../src/staff/role.ts'
import * as staff from '../src/staff/staff.ts'
import { type APerson, anOfficerOf, aPerson, enterAll } from './builders.ts'
import type { TestHouse } from './house.ts'

/** A house whose works happen at other times: officers read on some night, and an auditor looks the next morning. */

export type Standing = Authority & { readonly unitId: Id<'unit'>; readonly by: { readonly id: string } }

let officers = 0
let entered = 0

const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ']
const middles = ['Thị', 'Văn', 'Hồng', 'Ngọc', 'Đình']

export function anInspectedHouse(house: TestHouse) {
  /** Does something as if it were another time; the day is that time's too. */
  const at = <T>(moment: string, standing: Authority, verb: (work: Work) => Promise<T>): Promise<T> =>
    house.as(standing, work => {
      const now = new Date(moment)
      return verb(Object.assign(work, { now, id: newId<'work'>(now), today: dayAt(now) }))
    })

  /** An officer with a post in a unit, by its code. */
  async function anOfficer(
    role: Role,
    code: string,
    more: { readonly name?: string; readonly lastOn?: string; readonly day?: string } = {},
  ): Promise<Standing> {
    officers += 1
    const login = `doc.${officers}`
    const { unitId } = await anOfficerOf(house, code, { day: asDay(more.day ?? '2023-04-20') })
    const id = await house.work(async work => {
      const fullName = more.name ?? `Cán Bộ Số ${officers}`
      const { officer } = await staff.addOfficer(work, { login, fullName, unitId })
      await staff.appoint(work, {
        officerId: officer.id,
        role,
        unitId,
        ...(more.lastOn && { lastOn: asDay(more.lastOn) }),
      })
      return officer.id
    })
    return anOfficerOf(house, code, { officer: id, purpose: 'register' })
  }

  /** People of a commune; gives their ids and numbers. */
  async function people(count: number, of: APerson = {}): Promise<{ id: PersonId; number: string }[]> {
    const rows = Array.from({ length: count }, () => {
      entered += 1
      const letter = String.fromCharCode(65 + (entered % 26))
      const name = `${families[entered % 6]} ${middles[entered % 5]} Thử ${letter}`
      return aPerson({ name, ...of })
    })
    await enterAll(house, rows)
    const found = await house.owner<{ id: PersonId; number: string }>(
      'select person_id as id, number from register.number where number = any ($1)',
      [rows.map(({ person_number: number }) => number)],
    )
    const order = new Map(rows.map(({ person_number: number }, nth) => [number, nth]))
    return found.sort((a, b) => (order.get(a.number) ?? 0) - (order.get(b.number) ?? 0))
  }

  /** Reads people one by one, a minute apart, from a moment on. */
  async function read(
    standing: Standing,
    moment: string,
    whom: readonly { readonly id: PersonId }[],
    fields = ['identity'],
  ) {
    for (const [nth, { id }] of whom.entries()) {
      const then = new Date(new Date(moment).getTime() + nth * 60_000).toISOString()
      await at(then, standing, work => audit.noteReading(work, [id], fields))
    }
  }

  /** What the house does at night for a day. */
  const derive = (day: string, moment = `${day}T18:30:00Z`) =>
    at(moment, asSystem('audit'), work => deriveDay(work, asDay(day) as Day))

  return { at, anOfficer, people, read, derive }
}
