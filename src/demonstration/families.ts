import * as campaign from '../campaign/campaign.ts'
import * as enrolment from '../enrolment/enrolment.ts'
import * as families from '../families/families.ts'
import type { House } from '../open-house.ts'
import * as planning from '../planning/planning.ts'
import { addDays, type Day, latestDay, slashedDay, wholeDay } from '../platform/day.ts'
import { asSystem, type Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import type * as units from '../units/units.ts'

/** Invented families with a slip, and somebody with a receipt, so that the pages without an account can be opened. */
export type DemonstrationFamily = {
  readonly who: 'visit' | 'siblings' | 'receipt'
  readonly name: string
  readonly born: string
  readonly code: string
  /** Of a receipt, which is asked for with the number. */
  readonly number?: string
}

/** Days ahead whose sessions’ lists are looked through, how many people of them, and of those who lack something. */
const around = { days: 28, people: 150, inNeed: 300 } as const

async function peopleOfSessions(work: Work, unitId: units.UnitId, from: Day, to: Day) {
  const { sessions } = await planning.readCalendar(work, { unitId, from, to })
  const found: register.PersonId[] = []
  for (const { id, kind } of sessions) {
    if (kind === 'counter') continue
    found.push(...(await planning.readRoster(work, id)).map(({ personId }) => personId))
    if (found.length > around.people) break
  }
  return register.listSummaries(work, [...new Set(found)].slice(0, around.people))
}

const isMinor = ({ birthDate }: register.PersonSummary, day: Day) =>
  wholeDay(birthDate) !== undefined && families.isMinorOn(latestDay(birthDate), day)

/** Whether a brother or sister under eighteen is of the same household. */
async function hasSiblingAtHome(work: Work, child: register.PersonSummary): Promise<boolean> {
  const { household, kin } = await register.getPerson(work, child.id)
  const members = (household?.members ?? []).map(({ personId }) => personId).filter(id => id !== child.id)
  const parents = kin.flatMap(({ personId, relation }) => (relation === 'spouse' ? [] : (personId ?? [])))
  for (const parent of parents)
    for (const { personId } of await register.childrenOf(work, parent)) {
      const [sibling] = members.includes(personId) ? await register.listSummaries(work, [personId]) : []
      if (sibling && isMinor(sibling, work.today)) return true
    }
  return false
}

async function withReceipt(work: Work, people: readonly register.PersonSummary[]): Promise<DemonstrationFamily[]> {
  for (const { id, fullName: name, number, birthDate } of people) {
    const [view] = (await enrolment.listReceiptViews(work, id)).filter(({ code }) => code !== '')
    const bornOn = wholeDay(birthDate)
    if (view && number && bornOn) return [{ who: 'receipt', name, number, born: slashedDay(bornOn), code: view.code }]
  }
  return []
}

/** Prints slips as the ward would; nobody of them is real. */
export async function makeFamilies({ openWork, origin }: House, unitId: units.UnitId): Promise<DemonstrationFamily[]> {
  return openWork({ ...asSystem('demonstration'), unitId }, async work => {
    const ahead = await peopleOfSessions(work, unitId, work.today, addDays(work.today, around.days))
    const filter = { basis: 'permanent', unit: unitId } as const
    const { people } = await campaign.listPeopleInNeed(work, filter, { limit: around.inNeed })
    const inNeed = people.map(({ id }) => id)
    const children = ahead.filter(one => isMinor(one, work.today))
    const chosen = new Map<DemonstrationFamily['who'], register.PersonSummary>()
    for (const child of children) {
      const who = (await hasSiblingAtHome(work, child)) ? 'siblings' : 'visit'
      if (!chosen.has(who)) chosen.set(who, child)
      if (chosen.size === 2) break
    }
    const made: DemonstrationFamily[] = []
    for (const [who, { id, fullName: name, birthDate }] of chosen) {
      const { slips } = await families.printSlips(work, { people: [id] }, origin)
      const bornOn = wholeDay(birthDate)
      const [slip] = slips
      if (slip && bornOn) made.push({ who, name, born: slashedDay(bornOn), code: slip.code })
    }
    return [...made, ...(await withReceipt(work, await register.listSummaries(work, inNeed)))]
  })
}
