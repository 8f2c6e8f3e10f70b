import { rateLimitOf } from '../../platform/http/callers.ts'
import { deviceOf } from '../../platform/http/cookie-tokens.ts'
import { formShape, formToken, readForms, refuseForeignForm } from '../../platform/http/csrf.ts'
import { hideSecretAddresses } from '../../platform/http/security-headers.ts'
import type { Doors } from '../../platform/http/serve-endpoint.ts'
import { languageOf } from '../../platform/pages/html.ts'
import { serveAssets } from '../../platform/pages/page-assets.ts'
import { Problem } from '../../platform/problem.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import { frameOf, sendPage } from '../../staff/staff.ts'
import { type Counter, findCounterByKiosk } from '../appointments/counters.ts'
import { isService } from '../appointments/slot.ts'
import { type Board, readBoard, readBoardOf } from './board.ts'
import { boardPage } from './board-page.ts'
import { hallNotice, kioskPage, kioskTicketPage } from './kiosk-page.ts'
import { giveTicket, hashOfKiosk } from './queue.ts'

/**
 * The screens of a hall. The calling screen is anybody's: numbers and desks. The ticket screen is whoever's has its
 * address, which an officer opened for the day; it gives numbers and asks for nothing.
 */

type HallHouse = { readonly openWork: OpenWork; readonly isDemonstration: () => boolean }

const publicId = /^[a-z0-9]{8}$/
const kioskToken = /^[\w-]{22}$/

const boardOf = async ({ openWork }: HallHouse, id: string): Promise<Board | undefined> => {
  if (!publicId.test(id)) return undefined
  try {
    return await openWork(asSystem('none', 'none'), work => readBoard(work, id))
  } catch (error) {
    if (error instanceof Problem && error.code === 'counter-unknown') return undefined
    throw error
  }
}

function screenRoutes({ app }: Doors, house: HallHouse): void {
  app.get<{ Params: { id: string } }>('/queue/:id', { schema: { hide: true } }, async (request, reply) => {
    const board = await boardOf(house, request.params.id)
    if (!board) return sendPage(reply, 404, hallNotice(frameOf(request, house.isDemonstration()), 'screen-unknown'))
    const mark = house.isDemonstration() ? 'demonstration' : undefined
    return sendPage(reply, 200, boardPage(board, languageOf(request.headers), mark))
  })
}

/** Runs a verb for the counter whose ticket screen has this address; undefined where none has, or no more. */
const atKiosk = <T>(house: HallHouse, token: string, verb: (work: Work, counter: Counter) => Promise<T>) =>
  house.openWork(asSystem('appointment'), async work => {
    const counter = kioskToken.test(token) ? await findCounterByKiosk(work, hashOfKiosk(token)) : undefined
    return counter && verb(work, counter)
  })

async function kioskRoutes({ app }: Doors, house: HallHouse): Promise<void> {
  const slow = { rateLimit: rateLimitOf('receipts') }
  await app.register(async forms => {
    readForms(forms, 2000)
    hideSecretAddresses(forms)
    forms.get<{ Params: { token: string } }>(
      '/kiosk/:token',
      { schema: { hide: true }, config: slow },
      async (request, reply) => {
        const frame = frameOf(request, house.isDemonstration())
        const board = await atKiosk(house, request.params.token, readBoardOf)
        if (!board) return sendPage(reply, 404, hallNotice(frame, 'kiosk-closed'))
        const form = formToken(deviceOf(request, reply))
        return sendPage(reply, 200, kioskPage(frame, board, { action: `/kiosk/${request.params.token}`, form }))
      },
    )
    forms.post<{ Params: { token: string }; Body: { form?: string; service?: string } }>(
      '/kiosk/:token',
      { schema: { hide: true, body: formShape(10, 'service') }, config: slow },
      async (request, reply) => {
        refuseForeignForm(request, request.body.form)
        const frame = frameOf(request, house.isDemonstration())
        const { token } = request.params
        const { service = '' } = request.body
        const page = await atKiosk(house, token, async (work, counter) => {
          if (!isService(service) || counter.minutes[service] === undefined) return undefined
          const ticket = await giveTicket(work, counter.siteId, service)
          return kioskTicketPage(frame, await readBoardOf(work, counter), ticket, `/kiosk/${token}`)
        })
        return page ? sendPage(reply, 200, page) : sendPage(reply, 404, hallNotice(frame, 'kiosk-closed'))
      },
    )
  })
}

export async function hallRoutes(doors: Doors, house: HallHouse): Promise<void> {
  serveAssets(doors.app, import.meta.url, ['hall.css', 'board.js', 'kiosk.js'])
  screenRoutes(doors, house)
  await kioskRoutes(doors, house)
}
