import type { FastifyInstance, FastifyReply } from 'fastify'
import {
  changeOnce,
  inLink,
  inVisit,
  type LinkPages,
  type LinkVisit,
  linkRoutes,
} from '../../access-links/access-links.ts'
import { asDay, parseDay } from '../../platform/day.ts'
import { rateLimitOf } from '../../platform/http/callers.ts'
import { formShape, refuseForeignForm } from '../../platform/http/csrf.ts'
import { isId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import { type PupilOutcome, type PupilResult, pupilOutcomes } from '../class.ts'
import { type LinkSheet, readLinkSheet, recordByLink, takeBackByLink } from './link-sheet.ts'
import { rowPage, type SheetFrame, sheetPage } from './page-sheet.ts'

export type ClassLinkHouse = Pick<LinkPages, 'openWork'> & { readonly isDemonstration: () => boolean }

type ResultForm = {
  readonly form?: string
  readonly key?: string
  readonly row?: string
  readonly outcome?: string
  readonly on?: string
  readonly note?: string
}

const frameFor = ({ request, path, form, keptDays }: LinkVisit, house: ClassLinkHouse): SheetFrame => ({
  ...staff.frameOf(request, house.isDemonstration()),
  // The other language leads to a page, not to the address of a change.
  here: path,
  ...{ path, form, keptDays },
})

const readSheet = (house: ClassLinkHouse, visit: LinkVisit): Promise<LinkSheet> =>
  inLink(house, visit, work => readLinkSheet(work, visit.session))

const isOutcome = (text: string | undefined): text is PupilOutcome => pupilOutcomes.some(one => one === text)

/** What the form says of a pupil; undefined where it is none of its buttons. */
function resultOf({ outcome, on, note }: ResultForm): PupilResult | undefined {
  if (!isOutcome(outcome)) return undefined
  const day = on ? parseDay(on) : undefined
  return {
    outcome,
    ...(outcome === 'will-come' && day && { willComeOn: asDay(day) }),
    ...(outcome === 'other' && note?.trim() && { note: note.trim() }),
  }
}

/** Does a change once, and leads back to the pupil; a refusal is said on the page itself. */
const change = (
  house: ClassLinkHouse,
  visit: LinkVisit,
  change: Pick<Parameters<typeof changeOnce>[2], 'door' | 'parts'> & {
    readonly verb: (work: Work) => Promise<string | undefined>
  },
): Promise<FastifyReply> =>
  changeOnce(house, visit, {
    ...change,
    verb: async work => {
      const row = await change.verb(work)
      return row ? `#p-${row}` : ''
    },
    refusedPage: async refused => sheetPage(frameFor(visit, house), await readSheet(house, visit), { refused }),
  })

function ownRoutes(forms: FastifyInstance, house: ClassLinkHouse, pages: LinkPages): void {
  const slow = { rateLimit: rateLimitOf('access-links') }
  forms.get<{ Params: { token: string; row: string } }>(
    '/class/:token/row/:row',
    { schema: { hide: true }, config: slow },
    async (request, reply) =>
      inVisit(pages, request, reply, async visit => {
        const sheet = await readSheet(house, visit)
        const row = sheet.groups.flatMap(({ rows }) => rows).find(one => one.row === request.params.row)
        if (!row) return reply.redirect(visit.path, 303)
        return staff.sendPage(reply, 200, rowPage(frameFor(visit, house), sheet, row))
      }),
  )
  forms.post<{ Params: { token: string }; Body: ResultForm }>(
    '/class/:token/result',
    {
      schema: { hide: true, body: formShape(400, 'key', 'row', 'outcome', 'on', 'note') },
      config: slow,
    },
    async (request, reply) => {
      const { form, key, row, outcome, on, note } = request.body ?? {}
      refuseForeignForm(request, form)
      return inVisit(pages, request, reply, visit =>
        change(house, visit, {
          door: '/class/:token/result',
          parts: [key, row, outcome, on, note],
          verb: async work => {
            const result = resultOf(request.body)
            if (row && isId(row) && result) await recordByLink(work, visit.session, row, result)
            return row && isId(row) ? row : undefined
          },
        }),
      )
    },
  )
  forms.post<{ Params: { token: string }; Body: { form?: string; key?: string } }>(
    '/class/:token/undo',
    { schema: { hide: true, body: formShape(100, 'key') }, config: slow },
    async (request, reply) => {
      const { form, key } = request.body ?? {}
      refuseForeignForm(request, form)
      return inVisit(pages, request, reply, visit =>
        change(house, visit, {
          door: '/class/:token/undo',
          parts: [key, 'undo'],
          verb: work => takeBackByLink(work, visit.session),
        }),
      )
    },
  )
}

/** The sheet of a class behind its link. */
export async function classLinkRoutes(app: FastifyInstance, house: ClassLinkHouse): Promise<void> {
  const pages: LinkPages = {
    kind: 'class',
    openWork: house.openWork,
    framed: (request, { title, body, here }) =>
      staff.framedPage({ ...staff.frameOf(request, house.isDemonstration()), here }, title, body, {
        style: '/assets/link-pages.css',
      }),
    drawPage: async visit => sheetPage(frameFor(visit, house), await readSheet(house, visit)),
  }
  await linkRoutes(app, pages, forms => ownRoutes(forms, house, pages))
}
