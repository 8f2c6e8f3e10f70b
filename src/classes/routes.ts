import { asDay } from '../platform/day.ts'
import { type Doors, serve } from '../platform/http/serve-endpoint.ts'
import { asId } from '../platform/ids.ts'
import * as contract from './contract.ts'
import { endHomeroom, listClasses, nameHomeroom } from './homerooms.ts'
import { readSheets, recordResult } from './sheet.ts'

export function routes(doors: Doors): void {
  serve(doors, contract.schoolClasses, (work, { query }) => listClasses(work, query.schoolYear))
  serve(doors, contract.nameHomeroom, async (work, { body }) => ({ id: await nameHomeroom(work, body) }))
  serve(doors, contract.endHomeroom, async (work, { params }) => {
    await endHomeroom(work, asId<'homeroom'>(params.id))
    return { id: params.id }
  })
  serve(doors, contract.classSheets, readSheets)
  serve(doors, contract.recordPupilResult, async (work, { params, body: { willComeOn, ...result } }) => {
    await recordResult(work, asId<'homeroom'>(params.id), params.row, {
      ...result,
      ...(willComeOn && { willComeOn: asDay(willComeOn) }),
    })
    return {}
  })
}
