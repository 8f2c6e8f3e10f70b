import { verifyAudit } from '../audit/audit.ts'
import { verificationOf } from '../audit-verification.ts'
import * as inspection from '../inspection/inspection.ts'
import type { House } from '../open-house.ts'
import { now } from '../platform/clock.ts'
import { addDays, beginOf, type Day, dayAt, dayBefore } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import { type Authority, asSystem, type Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as units from '../units/units.ts'
import { readStandings, type Standing } from './standings.ts'

/**
 * The trail of the demonstration: a week of ordinary readings by its officers, and three things that an auditor would
 * ask about. Read by the same verbs as always, before anybody else reads: each work in the order of its time.
 */

type Reader = { readonly login: string; readonly standing: Standing }
type Reading = { readonly at: Date; readonly by: Authority; readonly read: (work: Work) => Promise<unknown> }

const system = asSystem('demonstration')

async function readersOf(work: Work, day: Day): Promise<Map<string, Reader>> {
  const standings = await readStandings(work, day, 'register')
  return new Map([...standings].map(([login, standing]) => [login, { login, standing }]))
}

/** A moment of a day of the province, by its hours and minutes. */
const momentOn = (day: Day, hour: number, minute: number) =>
  new Date(beginOf(day).getTime() + (hour * 60 + minute) * 60_000)

/** Does something as at a moment that is over: the work begins then, and is sealed so. */
const asAt = (house: House, { at, by, read }: Reading) =>
  house.openWork(by, work => read(Object.assign(work, { now: at, id: newId<'work'>(at) })))

/** Who opens lists of their own people on a working day, and at which hours. */
const ordinary: readonly (readonly [login: string, hours: readonly number[]])[] = [
  ['phuong', [7, 8, 9, 10, 14, 15, 16]],
  ['phuong2', [8, 9, 10, 11, 14, 15]],
  ['huyen', [8, 9, 10, 14, 15, 16]],
  ['huyenkhac', [8, 10, 14, 16]],
  ['pheduyet', [9, 10, 15]],
]

type People = { readonly own: readonly units.UnitId[]; readonly strangers: readonly register.PersonSummary[] }

/** Lists of a commune, a page at a time; and now and then one person of it by themselves. */
function ordinaryReadings({ standing }: Reader, days: readonly Day[], hours: readonly number[], { own }: People) {
  return days.flatMap((day, nth) =>
    hours.map((hour): Reading => {
      const communeId = own[(nth + hour) % own.length] as units.UnitId
      return {
        at: momentOn(day, hour, 5 + ((nth * 7 + hour) % 45)),
        by: standing,
        read: async work => {
          const { people } = await register.listPeopleOfUnit(work, communeId, { limit: 8 + ((hour * 5 + nth) % 30) })
          const one = people[hour % Math.max(1, people.length)]
          if (one && hour % 3 === 0) await register.getPerson(work, one.id)
        },
      }
    }),
  )
}

/** By number any person is found: forty strangers late at night, in small batches. */
const atNight = ({ standing }: Reader, day: Day, people: readonly register.PersonSummary[]): Reading[] =>
  people.flatMap(({ number }, nth) =>
    number
      ? [{ at: momentOn(day, 23, 10 + nth), by: standing, read: work => register.findByNumber(work, number) }]
      : [],
  )

/** One person, again and again. */
const againAndAgain = ({ standing }: Reader, days: readonly Day[], person: register.PersonSummary | undefined) =>
  days.flatMap(day =>
    [9, 10, 11, 14, 15].flatMap((hour): Reading[] =>
      person?.number
        ? [
            {
              at: momentOn(day, hour, 40),
              by: standing,
              read: work => register.findByNumber(work, person.number ?? ''),
            },
          ]
        : [],
    ),
  )

/** Those who live in some communes: a page of each, read by the house itself before all others. */
async function livingIn(work: Work, communes: readonly units.UnitId[], most: number) {
  const found: register.PersonSummary[] = []
  for (const id of communes) {
    if (found.length >= most) break
    const { people } = await register.listPeopleOfUnit(work, id, { limit: 20 })
    found.push(...people.filter(({ number, lifeStatus }) => number && lifeStatus === 'alive'))
  }
  return found.slice(0, most)
}

const communesOf = async (work: Work, unitId: units.UnitId, day: Day) =>
  (await units.subtreeOn(work, unitId, day)).filter(({ level }) => level === 'commune').map(({ id }) => id)

/** A week of readings up to yesterday, oldest first. */
export async function makeReadings(house: House, businessDay: Day): Promise<void> {
  const yesterday = dayBefore(dayAt(now()))
  const week = [5, 4, 3, 2, 1, 0].map(back => addDays(yesterday, -back)).filter(units.isWorkingDay)
  const readers = await house.openWork(system, work => readersOf(work, businessDay))
  const [night, often, owners] = [readers.get('phuong2'), readers.get('huyenkhac'), readers.get('huyen')]
  const [first] = week
  if (!night || !often || !owners || !first) return
  const all: Reading[] = []
  await asAt(house, {
    at: momentOn(first, 6, 0),
    by: system,
    read: async work => {
      const communes = await communesOf(work, often.standing.unitId, businessDay)
      const own = await communesOf(work, owners.standing.unitId, businessDay)
      const strangers = await livingIn(work, communes, 44)
      for (const [login, hours] of ordinary) {
        const reader = readers.get(login)
        if (!reader) continue
        const mine = await communesOf(work, reader.standing.unitId, businessDay)
        all.push(...ordinaryReadings(reader, week, hours, { own: mine.length > 0 ? mine : own, strangers }))
      }
      const [person] = await livingIn(work, own, 1)
      all.push(...atNight(night, yesterday, strangers), ...againAndAgain(often, week.slice(-3), person))
    },
  })
  for (const reading of all.sort((a, b) => a.at.getTime() - b.at.getTime())) await asAt(house, reading)
}

/** What the house does by itself at night, so that the auditor finds the trail counted and the seals verified. */
export async function inspectReadings(house: House): Promise<void> {
  await inspection.deriveDue(house.openWork)
  const given = await verificationOf(house)
  const report = await house.openWork({ ...asSystem('audit'), sees: 'one-moment' }, work => verifyAudit(work, given))
  await house.openWork(asSystem('audit'), work => inspection.keepVerification(work, report))
}
