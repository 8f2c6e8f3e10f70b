import { formatPartialDay } from '../../platform/day.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId, isId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import type { Kin, Person, PersonSummary } from '../person.ts'
import { findSummaries } from '../store.ts'
import * as contract from './contract.ts'
import * as duplicates from './duplicates.ts'
import { type RecordMerge, type SideField, sideFields } from './merge.ts'
import * as merging from './merging.ts'

const namedUnit = async (work: Work, id: RecordMerge['unitId']) => ({ id, name: await units.unitName(work, id) })

async function mergeReply(work: Work, { unitId, proposedBy, decidedBy, undoneBy, ...merge }: RecordMerge) {
  const officers = [proposedBy, decidedBy, undoneBy].filter(id => id !== undefined).filter(isId)
  const names = await staff.namesOf(work, officers)
  const officerOf = (id: string) => {
    const name = names.get(id)
    return { kind: 'officer', id, ...(name && { name }) }
  }
  const [person] = await findSummaries(work, [merge.personId])
  return {
    ...merge,
    ...(person && { personName: person.fullName }),
    unit: await namedUnit(work, unitId),
    proposedBy: officerOf(proposedBy),
    ...(decidedBy && { decidedBy: officerOf(decidedBy) }),
    ...(undoneBy && { undoneBy: officerOf(undoneBy) }),
    late: merge.state === 'proposed' && merge.dueOn < work.today,
  }
}

const relative = (kin: readonly Kin[], relation: Kin['relation']) =>
  kin
    .filter(one => one.relation === relation)
    .map(({ name, number, birthYear }) => [name, birthYear, number].filter(Boolean).join(', '))
    .join('; ')

async function residencesOf(work: Work, { residences }: Person): Promise<string> {
  const inForce = residences.filter(({ to }) => to === undefined)
  const written = await Promise.all(
    inForce.map(async ({ unitId, address }) =>
      [address, await units.unitName(work, unitId)].filter(Boolean).join(', '),
    ),
  )
  return written.join('; ')
}

/** A record as the lines that are compared; what is not known is empty. */
async function linesOf(work: Work, person: Person): Promise<Record<SideField, string | undefined>> {
  const former = person.numbers.filter(({ state }) => state === 'cancelled').map(({ number }) => number)
  return {
    full_name: person.fullName,
    birth_date: formatPartialDay(person.birthDate),
    sex: person.sex,
    life_status: person.lifeStatus,
    number: person.number,
    former_numbers: [...former, ...person.oldNumbers].join('; '),
    birth_registration_code: person.birthRegistrationCode,
    ethnicity: person.ethnicity,
    nationality: person.nationality,
    hometown: person.hometown,
    residence: await residencesOf(work, person),
    household: person.household?.number,
    father: relative(person.kin, 'father'),
    mother: relative(person.kin, 'mother'),
    spouse: relative(person.kin, 'spouse'),
    children: person.children.map(child => `${child.fullName}, ${formatPartialDay(child.birthDate)}`).join('; '),
    phones: person.phones.join('; '),
  }
}

async function sidesOf(work: Work, { personId, otherId }: RecordMerge) {
  const left = await merging.openSide(work, personId)
  const right = await merging.openSide(work, otherId)
  if (!left || !right) return undefined
  const [a, b] = [await linesOf(work, left.person), await linesOf(work, right.person)]
  const rowsOf = (side: typeof left, table: string) => side.hanging.find(one => one.table === table)?.rows ?? 0
  const tables = new Set([...left.hanging, ...right.hanging].map(({ table }) => table))
  return {
    fields: sideFields
      .filter(field => a[field] || b[field])
      .map(field => ({ field, ...(a[field] && { left: a[field] }), ...(b[field] && { right: b[field] }) })),
    hanging: [...tables].map(table => ({ table, left: rowsOf(left, table), right: rowsOf(right, table) })),
  }
}

async function twinReply(work: Work, { permanentUnitId, birthDate, ...person }: PersonSummary) {
  return {
    ...person,
    birthDate: formatPartialDay(birthDate),
    ...(permanentUnitId && { permanentUnit: await namedUnit(work, permanentUnitId) }),
  }
}

export function mergeRoutes(doors: Doors): void {
  serve(doors, contract.proposeMerge, async (work, { body }) =>
    mergeReply(work, await merging.proposeMerge(work, body)),
  )
  serve(doors, contract.listMerges, async (work, { query }) => {
    const found = await merging.listMerges(
      work,
      query.state === 'all' ? ['proposed', 'accepted', 'refused', 'withdrawn', 'undone'] : ['proposed'],
    )
    return { merges: await Promise.all(found.map(one => mergeReply(work, one))) }
  })
  serve(doors, contract.countMerges, work => merging.countMerges(work))
  serve(doors, contract.showMerge, async (work, { params }) => {
    const merge = await merging.getMerge(work, merging.asMergeId(params.id))
    const sides = merge.state === 'accepted' ? undefined : await sidesOf(work, merge)
    return {
      ...(await mergeReply(work, merge)),
      ...(sides && { sides }),
      builtOn: merge.state === 'accepted' ? await merging.builtOn(work, merge.id) : [],
    }
  })
  serve(doors, contract.acceptMerge, async (work, { params, body }) =>
    mergeReply(work, await merging.acceptMerge(work, merging.asMergeId(params.id), body)),
  )
  serve(doors, contract.refuseMerge, async (work, { params, body }) =>
    mergeReply(work, await merging.refuseMerge(work, merging.asMergeId(params.id), body)),
  )
  serve(doors, contract.withdrawMerge, async (work, { params }) =>
    mergeReply(work, await merging.withdrawMerge(work, merging.asMergeId(params.id))),
  )
  serve(doors, contract.undoMerge, async (work, { params, body }) =>
    mergeReply(work, await merging.undoMerge(work, merging.asMergeId(params.id), body)),
  )
  serve(doors, contract.listDuplicates, async (work, { params, query }) => {
    const after = query.after === undefined ? undefined : asId<'person'>(query.after)
    const { pairs, next } = await duplicates.listDuplicates(work, asId<'unit'>(params.id), { after })
    return {
      pairs: await Promise.all(
        pairs.map(async ({ person, other, agrees, differs }) => ({
          person: await twinReply(work, person),
          ...(other && { other: await twinReply(work, other) }),
          agrees: [...agrees],
          differs: [...differs],
        })),
      ),
      ...(next && { next }),
    }
  })
}
