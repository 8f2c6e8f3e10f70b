import { createReadStream } from 'node:fs'
import { asDay, type Day, parseDay } from '../platform/day.ts'
import { requestProblem } from '../platform/http/problems.ts'
import { type Doors, serve, serveWithoutWork } from '../platform/http/serve-endpoint.ts'
import { asId } from '../platform/ids.ts'
import { tryOrKeep } from '../platform/postgres/tried-steps.ts'
import { knownProblems } from '../platform/problem.ts'
import type { OpenWork, Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as staff from '../staff/staff.ts'
import type * as units from '../units/units.ts'
import * as contract from './contract.ts'
import * as extracts from './extracts.ts'
import { mostRefusedRows } from './law.ts'
import { overview, type ServerFacts } from './overview.ts'
import { refuseBelowProvince } from './province.ts'
import { mayRehearse, type RehearsalRecord, setRehearsalDay } from './rehearsal.ts'
import { takeSchoolFile } from './school-file.ts'
import type { Extract } from './store.ts'

/** What the pages of a beginning need of whoever joins the contexts. */
export type BeginningHouse = {
  /** The data folder, where an extract is kept. */
  readonly folder: string
  readonly openWork: OpenWork
  server(): Promise<ServerFacts>
  rehearsal(): RehearsalRecord
  /** Writes into the record of the installation that it is a rehearsal of a day. */
  rememberRehearsal(day: Day): Promise<void>
}

const dayOrRefuse = (text: string | undefined): Day | undefined => {
  const day = text ? parseDay(text) : undefined
  if (text && !day) throw requestProblem('input-invalid', { wrong: [{ field: 'asOf' }] })
  return day
}

const textOfCode = (code: string) => {
  const { title, vi } = knownProblems().get(code) ?? {
    title: 'Something failed here; it was noted',
    vi: 'Hệ thống gặp lỗi và đã ghi lại',
  }
  return { vi, en: title }
}

async function extractView(work: Work, extract: Extract) {
  const { counts, refusal, handedBy, state, handedAt, id, asOf, bytes, sha256, share, rowsRead } = extract
  const names = await staff.namesOf(work, [handedBy])
  return {
    ...{ id, asOf, bytes, sha256, share, rowsRead },
    state: state === 'dropped' ? ('failed' as const) : state,
    ...(counts && {
      counts: {
        ...counts,
        reasons: Object.entries(counts.reasons)
          .map(([code, rows]) => ({ code, text: register.rejectionText(code), rows }))
          .toSorted((a, b) => b.rows - a.rows),
      },
    }),
    ...(refusal && { refusal: { code: refusal, title: textOfCode(refusal) } }),
    handedBy: names.get(handedBy) ?? '',
    handedAt: handedAt.toISOString(),
  }
}

function serveSchools(doors: Doors, house: BeginningHouse): void {
  serveWithoutWork(doors, contract.sendSchools, async ({ body }, { request, upload }) => {
    if (!upload) throw requestProblem('file-missing')
    const isTried = body.try === 'yes'
    const asOf = dayOrRefuse(body.asOf)
    await doors.openWork(request, contract.sendSchools, refuseBelowProvince)
    const { authority } = await doors.openWork.authority(request, contract.sendSchools)
    // The tables of units and schools are the house's own: an officer's work reads them alone.
    const { read, rejected, ...counts } = await tryOrKeep<units.ReferenceImport>(
      verb => house.openWork({ ...authority, scope: 'house', role: 'maintenance' }, verb),
      isTried,
      work => takeSchoolFile(work, { path: upload.path, name: upload.name, asOf }),
    )
    return {
      ...counts,
      tried: isTried,
      rows: read,
      rejected: rejected.length,
      refused: rejected.slice(0, mostRefusedRows).map(row => ({ ...row })),
    }
  })
}

function serveExtracts(doors: Doors, { folder }: BeginningHouse): void {
  serve(doors, contract.showExtract, async work => {
    const extract = await extracts.latestExtract(work)
    return extract ? { extract: await extractView(work, extract) } : {}
  })
  serveWithoutWork(doors, contract.handInExtract, async ({ body }, { request, upload }) => {
    if (!upload) throw requestProblem('file-missing')
    const { id } = await extracts.handInExtract(verb => doors.openWork(request, contract.handInExtract, verb), folder, {
      path: upload.path,
      asOf: dayOrRefuse(body.asOf),
    })
    return { id }
  })
  serve(doors, contract.takeUpExtract, async (work, { params }) => {
    const { id } = await extracts.takeUpExtract(work, asId(params.id))
    return { id }
  })
  serve(doors, contract.dropExtract, async (work, { params }) => {
    await extracts.dropExtract(work, folder, asId(params.id))
    return {}
  })
  serve(doors, contract.downloadRejected, async (work, { params }) => ({
    name: 'dong-khong-nhap-duoc.csv',
    type: 'text/csv; charset=utf-8',
    content: createReadStream(await extracts.rejectedRowsOf(work, folder, asId(params.id))),
  }))
}

/** The doors of the page by which an installation begins. */
export function routes(doors: Doors, house: BeginningHouse): void {
  serve(doors, contract.showInstallation, async work => {
    const record = house.rehearsal()
    const { duties, steps, ...told } = await overview(work, await house.server())
    return {
      ...told,
      duties: duties.map(duty => ({ ...duty })),
      steps: steps.map(step => ({ ...step })),
      ...(record.day && { rehearsalDay: record.day }),
      mayRehearse: await mayRehearse(work, record),
    }
  })
  serveSchools(doors, house)
  serveExtracts(doors, house)
  serveWithoutWork(doors, contract.setRehearsal, async ({ body }, { request }) => {
    const day = asDay(body.day)
    await doors.openWork(request, contract.setRehearsal, async work => {
      await refuseBelowProvince(work)
      await setRehearsalDay(work, house.rehearsal(), day)
    })
    await house.rememberRehearsal(day)
    return { day }
  })
}
