import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { campaignTitle } from '../cohorts/campaigns.ts'
import type { AddresseeShape, DirectiveDetail, DirectiveShape } from './contract.ts'
import {
  type DirectiveAddressee,
  type DirectiveId,
  type DirectiveStep,
  directiveDueOf,
  directiveStepOf,
} from './directive.ts'
import { noteDirectiveRead, ownUnits } from './directives.ts'
import { directiveProblem } from './problems.ts'
import * as store from './store.ts'

const unitPlace = async (work: Work, id: Id<'unit'>) => ({ id, name: await units.unitName(work, id) })

/** With the district above it, since names of communes repeat within a province. */
export async function unitPlaceWithin(work: Work, id: Id<'unit'>) {
  const [unit, above] = await units.unitPath(work, id, work.today)
  return { id, name: unit?.name ?? '', ...(above?.level === 'district' && { district: above.name }) }
}

const officeNames: Readonly<Record<string, string>> = {
  province: 'Sở Giáo dục và Đào tạo',
  district: 'Phòng Giáo dục và Đào tạo',
  commune: 'Bộ phận giáo dục',
}

/** Whom a version is addressed to, by name: an education office by its level and unit, a school by its own name. */
export async function addresseePlace(work: Work, { unitId, office, ofUnitId }: DirectiveAddressee) {
  if (office === 'police') return unitPlaceWithin(work, unitId)
  if (office === 'school') {
    const { name } = await units.getSchool(work, unitId as string as Id<'school'>)
    return { id: unitId, name, district: await units.unitName(work, ofUnitId) }
  }
  const { level, name } = await units.getUnit(work, ofUnitId)
  const within = await unitPlaceWithin(work, ofUnitId)
  return {
    ...within,
    id: unitId,
    name: level === 'province' ? (officeNames[level] ?? name) : `${officeNames[level]} ${name}`,
  }
}

type AtPlace = { readonly unit: { readonly name: string; readonly district?: string | undefined } }
const collator = new Intl.Collator('vi', { numeric: true })
/** In the order in which units are looked for: by district, then by name. */
export const byPlace = ({ unit: a }: AtPlace, { unit: b }: AtPlace) =>
  collator.compare(a.district ?? '', b.district ?? '') || collator.compare(a.name, b.name)

export const dueTermsOf = (row: store.DirectiveRow) => ({
  dueOn: row.dueOn,
  question: store.directiveQuestionOf(row),
  closedOn: row.closedOn ?? undefined,
})

/** How far the reader's own unit has come with the version in force; undefined where that is not addressed to it. */
export function ownStep(row: store.DirectiveRow): DirectiveStep | undefined {
  const { mineIsRead: isRead, mineIsAcknowledged, mineIsAnswered } = row
  if (isRead === null) return undefined
  return directiveStepOf({ isRead, isAcknowledged: mineIsAcknowledged === true, isAnswered: mineIsAnswered === true })
}

async function directiveShape(work: Work, row: store.DirectiveRow): Promise<DirectiveShape> {
  const question = store.directiveQuestionOf(row)
  const step = ownStep(row)
  const owed = row.units - row.done
  return {
    id: row.id,
    issuingUnit: await unitPlace(work, row.issuingUnitId),
    number: row.number,
    year: row.year,
    version: row.version,
    title: row.title,
    issuedBy: row.issuedBy,
    issuedOn: row.issuedOn,
    dueOn: row.dueOn,
    ...(question && { question }),
    ...(row.campaignId && { campaignId: row.campaignId }),
    ...(row.closedOn && { closedOn: row.closedOn }),
    ...(step && { mine: { step, due: directiveDueOf(dueTermsOf(row), step, work.today) } }),
    counts: {
      units: row.units,
      unread: row.unread,
      acknowledged: row.acknowledged,
      answered: row.answered,
      done: row.done,
      overdue: row.closedOn === null && row.dueOn < work.today ? owed : 0,
    },
  }
}

/** Directives that the actor's unit was given, issued or watches over: open ones first, the latest due first. */
export async function listDirectives(
  work: Work,
  filter: Pick<store.DirectiveFilter, 'box' | 'campaignId'> = {},
): Promise<DirectiveShape[]> {
  const rows = await store.findDirectives(work, await ownUnits(work), filter)
  return Promise.all(rows.map(row => directiveShape(work, row)))
}

export async function getRow(work: Work, id: DirectiveId): Promise<store.DirectiveRow> {
  const [row] = await store.findDirectives(work, await ownUnits(work), { id })
  if (!row) throw directiveProblem('directive-unknown')
  return row
}

export const getDirective = async (work: Work, id: DirectiveId): Promise<DirectiveShape> =>
  directiveShape(work, await getRow(work, id))

const actShape = (names: ReadonlyMap<string, string>, by: string | null, onDay: Day | null, at: Date | null) =>
  by !== null && onDay !== null && at !== null ? { by: names.get(by) ?? '', onDay, at: at.toISOString() } : undefined

export const tracesOf = (one: store.AddresseeRow) => ({
  isRead: one.readBy !== null,
  isAcknowledged: one.acknowledgedBy !== null,
  isAnswered: one.answerBy !== null,
})

type DueTerms = Parameters<typeof directiveDueOf>[0]

async function addresseeShapes(
  work: Work,
  rows: readonly store.AddresseeRow[],
  terms: DueTerms,
): Promise<AddresseeShape[]> {
  const names = await staff.namesOf(
    work,
    rows.flatMap(one => [one.readBy, one.acknowledgedBy, one.answerBy].filter(by => by !== null)),
  )
  const all = await Promise.all(
    rows.map(async one => {
      const step = directiveStepOf(tracesOf(one))
      const read = actShape(names, one.readBy, one.readOn, one.readAt)
      const acknowledged = actShape(names, one.acknowledgedBy, one.acknowledgedOn, one.acknowledgedAt)
      const answered = actShape(names, one.answerBy, one.answerOn, one.answerAt)
      return {
        unit: await addresseePlace(work, one),
        office: one.office,
        step,
        due: directiveDueOf(terms, step, work.today),
        readers: one.readers,
        ...(read && { read }),
        ...(acknowledged && { acknowledged }),
        ...(answered && {
          answer: {
            ...answered,
            ...(one.figure !== null && { figure: one.figure }),
            ...(one.words !== null && { words: one.words }),
          },
        }),
        ...(!acknowledged && one.earlier !== null && { earlier: one.earlier }),
      }
    }),
  )
  return all.sort(byPlace)
}

/**
 * A directive whole, as one opens it: so an officer of an addressed unit has read the version that is shown. Throws
 * directive-unknown.
 */
export async function openDirective(work: Work, id: DirectiveId, wantedVersion?: number): Promise<DirectiveDetail> {
  const before = await getRow(work, id)
  const versions = await store.findVersions(work, id)
  const version = versions.find(one => one.version === (wantedVersion ?? before.version))
  if (!version) throw directiveProblem('directive-unknown')
  await noteDirectiveRead(work, before, version.version)

  const row = await getRow(work, id)
  const own = await ownUnits(work)
  const isSuperseded = version.version !== row.version
  const terms = {
    dueOn: version.dueOn,
    question: store.directiveQuestionOf(version),
    closedOn: row.closedOn ?? (isSuperseded ? work.today : undefined),
  }
  const rows = await store.findAddressees(work, [{ id, version: version.version }])
  const title = row.campaignId ? await campaignTitle(work, row.campaignId) : undefined
  return {
    ...(await directiveShape(work, row)),
    ...(title && { campaignTitle: title }),
    versions: versions.map(({ question, metric, at, ...one }) => {
      const asks = store.directiveQuestionOf({ question, metric })
      return { ...one, at: at.toISOString(), ...(asks && { question: asks }) }
    }),
    shown: version.version,
    addressees: await addresseeShapes(work, rows, terms),
    mayAnswer: !isSuperseded && row.closedOn === null && row.mineIsRead !== null,
    mayRevise: row.closedOn === null && own.includes(row.issuingUnitId),
  }
}
