import { formatPartialDay } from '../../platform/day.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { isOfPolice, shownDefects } from '../row-reply.ts'
import * as contract from './contract.ts'
import * as ledger from './ledger.ts'
import type { LedgerEntry } from './store.ts'

const ledgerSchool = async (work: Work, id: units.SchoolId) => {
  const school = await units.getSchool(work, id)
  return { id: school.id, name: school.name }
}

async function ledgerEntryReply(work: Work, { row, schoolYear, kind, leftOn, before, alsoAt }: LedgerEntry) {
  return {
    id: row.id,
    rollId: row.rollId,
    place: row.place,
    school: await ledgerSchool(work, row.schoolId),
    schoolYear,
    kind,
    ...(row.class && { class: row.class }),
    name: row.name,
    ...(row.birth && { birthDate: formatPartialDay(row.birth) }),
    state: row.state ?? 'to-review',
    contested: row.contested ?? false,
    ...(row.decision && { decision: row.decision }),
    ...(row.personId && isOfPolice(work) && { personId: row.personId }),
    ...(row.probability !== undefined && { probability: row.probability }),
    defects: shownDefects(work, row.defects),
    ...(leftOn && { leftOn }),
    ...(before && {
      before: {
        entryId: before.entryId,
        school: await ledgerSchool(work, before.schoolId),
        ...(before.class && { class: before.class }),
      },
    }),
    alsoAt: await Promise.all(alsoAt.map(id => ledgerSchool(work, id))),
  }
}

export function ledgerRoutes(doors: Doors): void {
  serve(doors, contract.ledgerFigures, async (work, { query }) => ledger.ledgerFigures(work, query))
  serve(doors, contract.listEntries, async (work, { query }) => {
    const { entries, total } = await ledger.listEntries(work, query, query)
    return { entries: await Promise.all(entries.map(entry => ledgerEntryReply(work, entry))), total }
  })
  serve(doors, contract.showEntry, async (work, { params }) => {
    const { entry, events, sinceDecision } = await ledger.getEntryHistory(work, params.id)
    return {
      entry: await ledgerEntryReply(work, entry),
      events: events.map(({ at, day, why, before, after, contested, personId, byKind, byName, model }) => ({
        at: at.toISOString(),
        day,
        why,
        ...(before && { before }),
        after,
        contested,
        ...(personId && { personId }),
        by: { kind: byKind, ...(byName && { name: byName }) },
        ...(model && { model }),
      })),
      sinceDecision: { line: [...sinceDecision.line], person: [...sinceDecision.person] },
    }
  })
}
