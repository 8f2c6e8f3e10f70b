import type { FastifyInstance, FastifyReply } from 'fastify'
import {
  changeOnce,
  type IssuedLink,
  inLink,
  inVisit,
  issuedShapeOf,
  type LinkPages,
  type LinkVisit,
  linkRoutes,
} from '../../access-links/access-links.ts'
import { asDay } from '../../platform/day.ts'
import { rateLimitOf } from '../../platform/http/callers.ts'
import { formShape, refuseForeignForm } from '../../platform/http/csrf.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId } from '../../platform/ids.ts'
import type { OpenWork } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import { type VisitOutcome, visitOutcomes } from '../groups/group.ts'
import * as contract from './contract.ts'
import * as links from './group-links.ts'
import { doorPage, rowOf, type VisitFrame, visitsPage } from './page.ts'

export type GroupLinkHouse = { readonly openWork: OpenWork; readonly isDemonstration: () => boolean }

const frameFor = ({ request, path, form, keptDays, session }: LinkVisit, house: GroupLinkHouse): VisitFrame => ({
  ...staff.frameOf(request, house.isDemonstration()),
  here: path,
  ...{ path, form, keptDays, session },
})

const isOutcome = (text: string | undefined): text is VisitOutcome => visitOutcomes.some(one => one === text)

/** A door of the page: the id of its list and its place. */
function doorOf(row = ''): { listId: string; place: number } | undefined {
  const [, listId, place] = /^([\w-]{36})\.(\d{1,6})$/.exec(row) ?? []
  return listId && place ? { listId, place: Number(place) } : undefined
}

type VisitForm = {
  readonly form?: string
  readonly key?: string
  readonly row?: string
  readonly outcome?: string
  readonly note?: string
}

function change(
  house: GroupLinkHouse,
  visit: LinkVisit,
  door: `/${string}`,
  { key, row, outcome, note }: VisitForm,
): Promise<FastifyReply> {
  const at = doorOf(row)
  const mark = isOutcome(outcome) ? { outcome, note } : {}
  return changeOnce(house, visit, {
    door,
    parts: [key, row, outcome, note],
    verb: async work => {
      if (!at) return ''
      await links.markByLink(work, at, mark)
      return `?last=${row}#p-${row}`
    },
    refusedPage: async refused =>
      visitsPage(frameFor(visit, house), await inLink(house, visit, links.readVisitsByLink), { refused }),
  })
}

function ownRoutes(forms: FastifyInstance, house: GroupLinkHouse, pages: LinkPages): void {
  const config = { rateLimit: rateLimitOf('access-links') }
  forms.get<{ Params: { token: string; row: string } }>(
    '/group/:token/row/:row',
    { schema: { hide: true }, config },
    async (request, reply) =>
      inVisit(pages, request, reply, async visit => {
        const { lists } = await inLink(house, visit, links.readVisitsByLink)
        const found = lists
          .flatMap(list => list.doors.map(door => ({ list, door })))
          .find(({ list, door }) => rowOf(list, door) === request.params.row)
        if (!found) return reply.redirect(visit.path, 303)
        return staff.sendPage(reply, 200, doorPage(frameFor(visit, house), found.list, found.door))
      }),
  )
  for (const [door, fields] of [
    ['/group/:token/result', ['key', 'row', 'outcome', 'note']],
    ['/group/:token/undo', ['key', 'row']],
  ] as const)
    forms.post<{ Params: { token: string }; Body: VisitForm }>(
      door,
      { schema: { hide: true, body: formShape(400, ...fields) }, config },
      async (request, reply) => {
        refuseForeignForm(request, request.body?.form)
        return inVisit(pages, request, reply, visit => change(house, visit, door, request.body ?? {}))
      },
    )
}

/** A group’s visit lists behind a link, and the doors of the ward that issues it. */
export async function groupLinkRoutes(doors: Doors, house: GroupLinkHouse): Promise<void> {
  const issued = (link: IssuedLink, until: string) => issuedShapeOf(doors.origin, 'group', link, until)
  serve(doors, contract.groupLinks, (work, { params }) =>
    links.listGroupLinks(work, asId<'community-group'>(params.id)),
  )
  serve(doors, contract.issueGroupLink, async (work, { params, body: { holder, until } }) =>
    issued(
      await links.issueGroupLink(work, asId<'community-group'>(params.id), { holder, until: asDay(until) }),
      until,
    ),
  )
  serve(doors, contract.issueGroupLinks, async (work, { params, body: { holders, until } }) => {
    const made = await links.issueGroupLinks(work, asId<'community-group'>(params.id), { holders, until: asDay(until) })
    return { links: made.map(({ holder, ...link }) => ({ ...issued(link, until), holder })) }
  })
  serve(doors, contract.renewGroupLink, async (work, { params, body: { until } }) =>
    issued(await links.renewGroupLink(work, params.id, asDay(until)), until),
  )
  serve(doors, contract.newPinOfGroupLink, async (work, { params }) => ({
    pin: (await links.newPinOfGroupLink(work, params.id)).pin ?? '',
  }))
  serve(doors, contract.revokeGroupLink, async (work, { params }) => {
    await links.revokeGroupLink(work, params.id)
    return {}
  })
  const pages: LinkPages = {
    kind: 'group',
    openWork: house.openWork,
    framed: (request, { title, body, here }) =>
      staff.framedPage({ ...staff.frameOf(request, house.isDemonstration()), here }, title, body, {
        style: '/assets/link-pages.css',
      }),
    drawPage: async visit =>
      visitsPage(frameFor(visit, house), await inLink(house, visit, links.readVisitsByLink), {
        last: (visit.request.query as { last?: string }).last,
      }),
  }
  await linkRoutes(doors.app, pages, forms => ownRoutes(forms, house, pages))
}
