import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { campaignTitle } from '../cohorts/cohorts.ts'
import type { AddresseeShape, DirectiveShape, DirectiveWhole } from './contract.ts'
import { type DirectiveId, dueOf, type Step, stepOf } from './directive.ts'
import { noteRead, ownUnits } from './directives.ts'
import { directiveProblem } from './problems.ts'
import * as store from './store.ts'

const place = async (work: Work, id: Id<'unit'>) => ({ id, name: await units.nameOf(work, id) })

/** With the district above it, since names of communes repeat within a province. */
export async function placeWithin(work: Work, id: Id<'unit'>) {
  const [unit, above] = await units.pathOf(work, id, work.today)
  return { id, name: unit?.name ?? '', ...(above?.level === 'district' && { district: above.name }) }
}

type Placed = { readonly unit: { readonly name: string; readonly district?: string | undefined } }
const collator = new Intl.Collator('vi', { numeric: true })
/** In the order in which units are looked for: by district, then by name. */
export const byPlace = ({ unit: a }: Placed, { unit: b }: Placed) =>
  collator.compare(a.district ?? '', b.district ?? '') || collator.compare(a.name, b.name)

export const termsOf = (row: store.DirectiveRow) => ({
  dueOn: row.dueOn,
  question: store.questionOf(row),
  closedOn: row.closedOn ?? undefined,
})

/** How far the reader's own unit has come with the version in force; undefined where that is not addressed to it. */
export function myStep(row: store.DirectiveRow): Step | undefined {
  const { mineIsRead: isRead, mineIsAcknowledged, mineIsAnswered } = row
  if (isRead === null) return undefined
  return stepOf({ isRead, isAcknowledged: mineIsAcknowledged === true, isAnswered: mineIsAnswered === true })
}

async function shown(work: Work, row: store.DirectiveRow): Promise<DirectiveShape> {
  const question = store.questionOf(row)
  const step = myStep(row)
  const owed = row.units - row.done
  return {
    id: row.id,
    issuingUnit: await place(work, row.issuingUnitId),
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
    ...(step && { mine: { step, due: dueOf(termsOf(row), step, work.today) } }),
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
  which: Pick<store.Which, 'box' | 'campaignId'> = {},
): Promise<DirectiveShape[]> {
  const rows = await store.directives(work, await ownUnits(work), which)
  return Promise.all(rows.map(row => shown(work, row)))
}

export async function getRow(work: Work, id: DirectiveId): Promise<store.DirectiveRow> {
  const [row] = await store.directives(work, await ownUnits(work), { id })
  if (!row) throw directiveProblem('directive-unknown')
  return row
}

export const getDirective = async (work: Work, id: DirectiveId): Promise<DirectiveShape> =>
  shown(work, await getRow(work, id))

const act = (names: ReadonlyMap<string, string>, by: string | null, onDay: Day | null, at: Date | null) =>
  by !== null && onDay !== null && at !== null ? { by: names.get(by) ?? '', onDay, at: at.toISOString() } : undefined

export const traces = (one: store.AddresseeRow) => ({
  isRead: one.readBy !== null,
  isAcknowledged: one.acknowledgedBy !== null,
  isAnswered: one.answerBy !== null,
})

type Terms = Parameters<typeof dueOf>[0]

async function addresseesShown(
  work: Work,
  rows: readonly store.AddresseeRow[],
  terms: Terms,
): Promise<AddresseeShape[]> {
  const names = await staff.namesOf(
    work,
    rows.flatMap(one => [one.readBy, one.acknowledgedBy, one.answerBy].filter(by => by !== null)),
  )
  const all = await Promise.all(
    rows.map(async one => {
      const step = stepOf(traces(one))
      const read = act(names, one.readBy, one.readOn, one.readAt)
      const acknowledged = act(names, one.acknowledgedBy, one.acknowledgedOn, one.acknowledgedAt)
      const answered = act(names, one.answerBy, one.answerOn, one.answerAt)
      return {
        unit: await placeWithin(work, one.unitId),
        step,
        due: dueOf(terms, step, work.today),
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
export async function openDirective(work: Work, id: DirectiveId, asked?: number): Promise<DirectiveWhole> {
  const before = await getRow(work, id)
  const versions = await store.versions(work, id)
  const version = versions.find(one => one.version === (asked ?? before.version))
  if (!version) throw directiveProblem('directive-unknown')
  await noteRead(work, before, version.version)

  const row = await getRow(work, id)
  const own = await ownUnits(work)
  const isSuperseded = version.version !== row.version
  const terms = {
    dueOn: version.dueOn,
    question: store.questionOf(version),
    closedOn: row.closedOn ?? (isSuperseded ? work.today : undefined),
  }
  const rows = await store.addressees(work, [{ id, version: version.version }])
  const title = row.campaignId ? await campaignTitle(work, row.campaignId) : undefined
  return {
    ...(await shown(work, row)),
    ...(title && { campaignTitle: title }),
    versions: versions.map(({ question, metric, at, ...one }) => {
      const asks = store.questionOf({ question, metric })
      return { ...one, at: at.toISOString(), ...(asks && { question: asks }) }
    }),
    shown: version.version,
    addressees: await addresseesShown(work, rows, terms),
    mayAnswer: !isSuperseded && row.closedOn === null && row.mineIsRead !== null,
    mayRevise: row.closedOn === null && own.includes(row.issuingUnitId),
  }
}
