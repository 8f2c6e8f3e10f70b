import { type IssuedLink, issuedShapeOf } from '../access-links/access-links.ts'
import { asDay } from '../platform/day.ts'
import { type Doors, serve } from '../platform/http/serve-endpoint.ts'
import { asId } from '../platform/ids.ts'
import * as contract from './contract.ts'
import { endHomeroom, listClasses, nameHomeroom } from './homerooms.ts'
import { type ClassLinkHouse, classLinkRoutes } from './link-sheet/routes.ts'
import * as linkContract from './links/contract.ts'
import * as links from './links/links.ts'
import { readSheets, recordResult } from './sheet.ts'

export type ClassHouse = ClassLinkHouse & { readonly origin: string }

export async function routes(doors: Doors, house: ClassHouse): Promise<void> {
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

  const issued = (link: IssuedLink, until: string) => issuedShapeOf(house.origin, 'class', link, until)
  serve(doors, linkContract.classLinks, (work, { query }) => links.listClassLinks(work, query.school))
  serve(doors, linkContract.issueClassLink, async (work, { body }) =>
    issued(await links.issueClassLink(work, { ...body, until: asDay(body.until) }), body.until),
  )
  serve(doors, linkContract.issueClassLinks, async (work, { body }) => {
    const until = asDay(body.until)
    const made = await links.issueClassLinks(work, { ...body, until })
    return { links: made.map(({ class: of, holder, ...link }) => ({ ...issued(link, until), class: of, holder })) }
  })
  serve(doors, linkContract.renewClassLink, async (work, { params, body }) =>
    issued(await links.renewClassLink(work, params.id, { ...body, until: asDay(body.until) }), body.until),
  )
  serve(doors, linkContract.newPinOfClassLink, async (work, { params }) => ({
    pin: (await links.newPinOfClassLink(work, params.id)).pin ?? '',
  }))
  serve(doors, linkContract.revokeClassLink, async (work, { params }) => {
    await links.revokeClassLink(work, params.id)
    return {}
  })
  serve(doors, linkContract.doneByClassLink, (work, { params }) => links.listDoneByLink(work, params.id))
  serve(doors, linkContract.chooseNamesInMessage, async (work, { body }) => {
    await links.chooseNamesInMessage(work, body.schoolId, body.names)
    return {}
  })
  await classLinkRoutes(doors.app, house)
}
