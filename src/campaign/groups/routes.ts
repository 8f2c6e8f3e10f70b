import { parseDay } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId } from '../../platform/ids.ts'
import * as access from './access.ts'
import * as contract from './contract.ts'
import type { GroupId, VisitListId } from './group.ts'
import * as groups from './groups.ts'
import * as lists from './visit-list.ts'

const groupId = (text: string): GroupId => asId<'community-group'>(text)
const listId = (text: string): VisitListId => asId<'visit-list'>(text)

export function groupRoutes(doors: Doors): void {
  serve(doors, contract.groupList, async (work, { query }) => ({
    day: work.today,
    groups: await groups.listGroups(work, query),
  }))
  serve(doors, contract.groupOpen, (work, { params }) => groups.openGroup(work, groupId(params.id)))
  serve(doors, contract.groupSetUp, async (work, { body }) =>
    groups.openGroup(work, await groups.setUpGroup(work, body)),
  )
  serve(doors, contract.groupChange, async (work, { params, body }) => {
    await groups.changeGroup(work, groupId(params.id), body)
    return groups.openGroup(work, groupId(params.id))
  })
  serve(doors, contract.groupEnd, async (work, { params }) => {
    await groups.endGroup(work, groupId(params.id))
    return {}
  })

  serve(doors, contract.groupAccess, (work, { params }) => access.listAccess(work, groupId(params.id)))
  serve(doors, contract.giveGroupAccess, async (work, { params, body }) => {
    await access.giveAccess(work, groupId(params.id), body.appointmentId)
    return access.listAccess(work, groupId(params.id))
  })
  serve(doors, contract.endGroupAccess, async (work, { params }) => {
    await access.endAccess(work, params.id)
    return {}
  })
  serve(doors, contract.ownVisits, access.readOwnVisits)
  serve(doors, contract.markOwnVisit, async (work, { params, body }) => {
    await access.markOwnVisit(work, listId(params.id), params.person, body)
    return {}
  })

  serve(doors, contract.visitListMake, (work, { params, body }) => lists.makeList(work, groupId(params.id), body))
  serve(doors, contract.visitListOpen, async (work, { params }) => {
    const { list, group, entries } = await lists.openList(work, listId(params.id))
    const { leader } = await groups.openGroup(work, group.id)
    return { list, group: { id: group.id, name: group.name, quarter: group.quarter, leader }, entries }
  })
  serve(doors, contract.visitListMark, async (work, { params, body }) => {
    if (body.onDay !== undefined && !parseDay(body.onDay))
      throw requestProblem('input-invalid', { wrong: [{ field: 'onDay' }] })
    return { counts: await lists.markEntry(work, listId(params.id), params.person, body) }
  })
  serve(doors, contract.visitListEnd, async (work, { params }) => ({
    list: await lists.endList(work, listId(params.id)),
  }))
}
