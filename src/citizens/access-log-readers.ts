import * as accessLinks from '../access-links/access-links.ts'
import * as audit from '../audit/audit.ts'
import * as parties from '../parties/parties.ts'
import { type Day, dayAt } from '../platform/day.ts'
import { asId, type Id, isId } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import { latelyDays } from './law.ts'

/**
 * Who read a person's data in the last five years (NĐ59/2022 Art. 21). An officer is shown by role and unit, never by
 * name: the unit answers to the citizen, and no law that was read for this asks for more. The unit can find the officer
 * by the time and the case.
 */

export type AccessReader =
  | { readonly kind: 'officer'; readonly role?: staff.Role | undefined; readonly unit: string }
  | { readonly kind: 'party'; readonly vi: string; readonly en: string }
  | { readonly kind: 'station'; readonly unit: string }
  /** Behind a link: of which class and school, or of which group; never who held it. */
  | { readonly kind: 'class' | 'group' | 'family'; readonly label: string; readonly unit: string }
  | { readonly kind: 'self' | 'parent' | 'house' | 'operator' | 'receipt' | 'unknown' }

export type AccessEntry = {
  readonly id: string
  readonly at: Date
  readonly by: AccessReader
  readonly purpose: string
  readonly fields: readonly string[]
  readonly about?: { readonly kind: string; readonly code: string }
}

/** What people read out of a case's id when they ask its unit about it: eight of its last signs. */
const entryCode = (id: string) =>
  id
    .replaceAll('-', '')
    .slice(-8)
    .toUpperCase()
    .replace(/(.{4})/, '$1-')

function keptSince(work: Work): Date {
  const start = new Date(work.now)
  start.setUTCFullYear(start.getUTCFullYear() - ruleOn(register.readersYears, work.today, work))
  return start
}

export const countAccesses = (work: Work, personId: Id<'person'>): Promise<audit.AccessCount> =>
  audit.countReadings(
    work,
    personId,
    keptSince(work),
    new Date(work.now.getTime() - ruleOn(latelyDays, work.today, work) * 86_400_000),
  )

type AuditReading = audit.Reading

const linkKindOf: Readonly<Record<string, accessLinks.LinkKind | undefined>> = Object.fromEntries(
  Object.entries(accessLinks.actorOf).map(([kind, actor]) => [actor, kind as accessLinks.LinkKind]),
)

/** Names roles, units and parties of a page of readings at once. */
async function readerNamesFor(
  work: Work,
  personId: Id<'person'>,
  rows: readonly AuditReading[],
): Promise<(row: AuditReading) => Promise<AccessReader>> {
  const byOfficer = rows.flatMap(({ by_kind, by_id, unit_id, at }) =>
    by_kind === 'officer' && isId(by_id) && unit_id
      ? [{ officerId: asId<'officer'>(by_id), unitId: unit_id, day: dayAt(at) }]
      : [],
  )
  const key = (officerId: string, unitId: Id<'unit'>, day: Day) => `${officerId} ${unitId} ${day}`
  const different = [...new Map(byOfficer.map(one => [key(one.officerId, one.unitId, one.day), one])).values()]
  const roles = new Map(
    (await staff.rolesOf(work, different)).map(one => [key(one.officerId, one.unitId, one.day), one.role]),
  )
  const named = await parties.getPartyNames(
    work,
    rows.flatMap(({ by_kind, by_id }) => (by_kind === 'party' && isId(by_id) ? [by_id] : [])),
  )
  const links = await accessLinks.namesOfLinks(
    work,
    rows.flatMap(({ by_kind, by_id }) => (by_kind in linkKindOf && isId(by_id) ? [by_id] : [])),
  )
  const byLink = new Map(links.map(one => [one.id, one]))
  const byParty = new Map(named.map(one => [one.id, one]))
  const unitOf = async (id: string | null) => (id ? units.unitName(work, id as Id<'unit'>) : '')

  return async ({ by_kind, by_id, unit_id, at }) => {
    if (by_kind === 'citizen') return { kind: by_id === personId ? 'self' : 'parent' }
    if (by_kind === 'officer')
      return {
        kind: 'officer',
        role: unit_id ? roles.get(key(by_id, unit_id, dayAt(at))) : undefined,
        unit: await unitOf(unit_id),
      }
    const party = by_kind === 'party' ? byParty.get(by_id) : undefined
    if (party) return { kind: 'party', vi: party.vi, en: party.en }
    if (by_kind === 'station') return { kind: 'station', unit: await unitOf(unit_id) }
    const linkKind = linkKindOf[by_kind]
    if (linkKind) {
      const { label = '', schoolId } = byLink.get(by_id) ?? {}
      const school = schoolId && (await units.getSchool(work, schoolId)).name
      return { kind: linkKind, label, unit: school || (await unitOf(unit_id)) }
    }
    if (by_kind === 'receipt-holder') return { kind: 'receipt' }
    if (by_kind === 'system') return { kind: 'house' }
    return { kind: by_kind === 'operator' ? 'operator' : 'unknown' }
  }
}

export type AccessLogPage = { readonly looks: readonly AccessEntry[]; readonly next?: string }

/** A page of who looked, the latest first. `own`: the person's own looks too, which are left out otherwise. */
export async function accessLogPage(
  work: Work,
  personId: Id<'person'>,
  { before, own, limit }: { readonly before?: string | undefined; readonly own: boolean; readonly limit: number },
): Promise<AccessLogPage> {
  const rows = await audit.readingsOf(work, personId, { since: keptSince(work), before, own, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const lookerOf = await readerNamesFor(work, personId, page)
  const looks: AccessEntry[] = []
  for (const row of page)
    looks.push({
      id: row.id,
      at: row.at,
      by: await lookerOf(row),
      purpose: row.purpose,
      fields: row.fields.split(',').filter(Boolean),
      ...(row.case_kind && row.case_id && { about: { kind: row.case_kind, code: entryCode(row.case_id) } }),
    })
  const last = page.at(-1)
  return { looks, ...(rows.length > limit && last && { next: last.id }) }
}

/** All of them, page by page, for the person's file. */
export async function* allAccesses(work: Work, personId: Id<'person'>): AsyncGenerator<AccessEntry> {
  let before: string | undefined
  do {
    const page: AccessLogPage = await accessLogPage(work, personId, { before, own: true, limit: 500 })
    yield* page.looks
    before = page.next
  } while (before)
}
