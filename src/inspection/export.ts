/**
 * The result of a search as a signed file: deeds of officers, or readings of one of them, by initials. In: what was
 * searched, and a reason. Out: lines with who asked what, when and why, the rows, and the installation's signature over
 * them. It is a reading of everybody behind the rows, with a purpose, and a deed that knows the file by its hash.
 * Deeds: `search.exported`.
 */

import { createHash, type KeyObject } from 'node:crypto'
import * as audit from '../audit/audit.ts'
import { csvLine } from '../platform/csv/write-csv.ts'
import { dayAt } from '../platform/day.ts'
import type { Download } from '../platform/endpoint.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import { pageLimits } from './law.ts'
import { type SpanQuery, spanOf } from './overview.ts'
import { inspectionProblem } from './problems.ts'
import { signLines } from './signed-file.ts'
import { findDeedsAsked, findReadingsAsked, namedDeeds, type OfficerReadingsQuery, reasonIn, shown } from './trail.ts'

export type SearchToExport = SpanQuery & {
  readonly what: 'deeds' | 'readings'
  readonly officer?: Id<'officer'>
  readonly deed?: string
  readonly which?: NonNullable<OfficerReadingsQuery['which']>
  readonly reason: string
}

/** The installation whose file it is, and its key. */
export type SearchSigner = { readonly installation: string; readonly key: KeyObject }

type Rows = {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly people: readonly Id<'person'>[]
}

/** One more than a file may have, so that a longer result is known. */
const limit = pageLimits.exported + 1

function refuseMany(rows: readonly unknown[]): void {
  if (rows.length >= limit) throw inspectionProblem('search-too-long', { most: pageLimits.exported })
}

async function deedRows(work: Work, asked: SearchToExport): Promise<Rows> {
  const found = await findDeedsAsked(work, asked, limit)
  refuseMany(found)
  const deeds = await namedDeeds(work, found)
  return {
    columns: ['at', 'officer', 'deed', 'subject', 'unit', 'id'],
    rows: deeds.map(one => [
      one.at.toISOString(),
      one.officer.name,
      one.deed,
      one.subjectKind,
      one.unit?.name ?? '',
      one.id,
    ]),
    people: found.flatMap(({ personId }) => personId ?? []),
  }
}

async function readingRows(work: Work, asked: SearchToExport): Promise<Rows> {
  if (!asked.officer) throw inspectionProblem('search-officer-needed')
  const found = await findReadingsAsked(work, asked.officer, asked, limit)
  refuseMany(found)
  const name = (await staff.namesOf(work, [asked.officer])).get(asked.officer) ?? ''
  const officer = { id: asked.officer, name }
  const readings = await Promise.all(found.map(row => shown(work, row, officer)))
  return {
    columns: ['at', 'officer', 'fields', 'purpose', 'initials', 'home', 'tie', 'off-hours', 'id'],
    rows: readings.map(one => [
      one.at.toISOString(),
      one.officer.name,
      one.fields.join(' '),
      one.purpose,
      one.initials,
      one.place,
      one.tie ?? '',
      one.isOff ? 'yes' : '',
      one.id,
    ]),
    people: found.map(({ personId }) => personId),
  }
}

/** Throws what `reasonIn` and `spanOf` throw, search-too-long, search-officer-needed, pattern-your-own. */
export async function exportSearch(work: Work, asked: SearchToExport, signer: SearchSigner): Promise<Download> {
  const reason = reasonIn(asked.reason)
  const { from, to } = await spanOf(work, asked)
  const { what, officer, unit, deed, which } = asked
  const searched = { what, from, to, officer, unit, ...(what === 'deeds' ? { deed } : { which: which ?? 'all' }) }
  const { columns, rows, people } = await (what === 'deeds' ? deedRows(work, asked) : readingRows(work, asked))
  const author = (await staff.namesOf(work, [work.by.id])).get(work.by.id) ?? ''
  const content = signLines(
    [
      csvLine(['#installation', signer.installation]),
      csvLine(['#made', work.now.toISOString(), author, work.by.id]),
      csvLine(['#search', ...Object.entries(searched).flatMap(([name, value]) => (value ? `${name}:${value}` : []))]),
      csvLine(['#reason', reason]),
      csvLine(['#rows', rows.length]),
      csvLine(columns),
      ...rows.map(row => csvLine(row)),
    ],
    signer.key,
  )
  const whom = [...new Set(people)]
  await audit.noteReading(work, whom, ['access-history'])
  await audit.record(
    work,
    'search.exported',
    { kind: 'search', id: work.id, ...(work.unitId && { unitId: work.unitId }) },
    {
      ...searched,
      rows: rows.length,
      people: whom.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      reason,
    },
  )
  const name = `${what === 'deeds' ? 'viec' : 'luot-xem'}-${dayAt(work.now)}.csv`
  return { name, type: 'text/csv; charset=utf-8', content }
}
