import { type Day, formatPartialDay, parsePartialDay } from '../../platform/day.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId, type Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { registerProblem } from '../problems.ts'
import * as contract from './contract.ts'
import * as movements from './movements.ts'
import type { Movement } from './store.ts'

const unitOf = async (work: Work, id: Id<'unit'>) => ({ id, name: await units.unitName(work, id) })
const asDayOf = (text: string) => text as Day

async function absenceReply(work: Work, { personId: _whose, unitId, ...absence }: movements.DeclaredAbsence) {
  return { ...absence, unit: await unitOf(work, unitId) }
}

async function movementReply(work: Work, { personId, listed, otherUnitId, born, to, way: _way, ...row }: Movement) {
  return {
    ...row,
    ...(listed && { person: personId }),
    ...(born && { born: formatPartialDay(born) }),
    ...(to && { until: to }),
    ...(otherUnitId && { other: await unitOf(work, otherUnitId) }),
  }
}

export function movementRoutes(doors: Doors): void {
  serve(doors, contract.declareAbsence, async (work, { params, body: { from, to, ...said } }) =>
    absenceReply(
      work,
      await movements.declareAbsence(work, asId<'person'>(params.id), {
        ...said,
        from: asDayOf(from),
        to: asDayOf(to),
      }),
    ),
  )
  serve(doors, contract.listAbsences, async (work, { params }) => {
    const found = await movements.listAbsences(work, asId<'person'>(params.id))
    return { absences: await Promise.all(found.map(one => absenceReply(work, one))) }
  })
  serve(doors, contract.endAbsence, async (work, { params, body: { how, on } }) => {
    await movements.endAbsence(work, asId<'absence'>(params.id), how, on === undefined ? undefined : asDayOf(on))
    return {}
  })
  serve(doors, contract.notifyStay, async (work, { body: { unit, born, from, to, ...said } }) => {
    const birthDate = born === undefined ? undefined : parsePartialDay(born)
    if (born !== undefined && !birthDate) throw registerProblem('birth-date-unreadable')
    const { id, known } = await movements.notifyStay(work, {
      ...said,
      unitId: unit,
      from: asDayOf(from),
      to: asDayOf(to),
      ...(birthDate && { born: birthDate }),
    })
    return { id, known }
  })
  serve(doors, contract.endStay, async (work, { params, body: { how, on } }) => {
    await movements.endStay(work, asId<'stay'>(params.id), how, on === undefined ? undefined : asDayOf(on))
    return {}
  })
  serve(doors, contract.listMovements, async (work, { params, query: { way, from, to, offset } }) => {
    const unitId = asId<'unit'>(params.id)
    const query = { way, from: asDayOf(from), to: asDayOf(to), offset }
    const { counts, rows, next } = await movements.listMovements(work, unitId, query)
    return {
      unit: await unitOf(work, unitId),
      from,
      to,
      counts,
      movements: await Promise.all(rows.map(row => movementReply(work, row))),
      ...(next !== undefined && { next }),
    }
  })
}
