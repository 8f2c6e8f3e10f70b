import type { FastifyInstance } from 'fastify'
import { parseNumber } from '../../names/numbers/numbers.ts'
import { dropToken, keepToken, tokenIn } from '../../platform/http/cookie-tokens.ts'
import { statusOf } from '../../platform/limits/limits.ts'
import { inConstantTime } from '../../platform/throttling/constant-time.ts'
import * as staff from '../../staff/staff.ts'
import { slipStopPath } from '../factors/notify-change.ts'
import { type ActivationPageContext, formReader, getRouteOptions, postRouteOptions } from './page-context.ts'
import { slipStopCodePage, slipStopPage, slipStoppedPage } from './page-slip-stop.ts'
import { slowedText } from './routes-pages.ts'
import { beginSlipStop, stopSlipByCode } from './stop-slip.ts'

const stopCookie = 'dinhdanh-slip-stop'

/** Where a holder stops a slip without signing in. Also on an officer's browser: it shuts out, and lets nobody in. */
export function slipStopRoutes(app: FastifyInstance, { openWork, sheet, browser }: ActivationPageContext): void {
  app.get(slipStopPath, getRouteOptions, async (request, reply) =>
    staff.sendPage(reply, 200, slipStopPage(sheet(request, reply))),
  )

  app.post(slipStopPath, postRouteOptions('number', 'phone'), async (request, reply) => {
    const field = formReader(request)
    const page = sheet(request, reply)
    const [number, phoneEnd] = [field('number'), field('phone')]
    const again = (status: number, wrong: string) =>
      staff.sendPage(reply, status, slipStopPage(page, { wrong, number, phoneEnd }))
    if (parseNumber(number).kind !== 'number') return again(400, page.text('number-malformed'))
    if (!/^\d{3}$/.test(phoneEnd)) return again(400, page.text('phone-malformed'))
    const { address } = browser(request, reply)
    const begun = await inConstantTime(() => beginSlipStop(openWork, { number, phoneEnd, address }))
    if (begun.outcome === 'slowed') return again(statusOf('messages to one'), slowedText(page, begun.seconds))
    keepToken(request, reply, stopCookie, begun.token, { seconds: 3600 })
    return reply.redirect(`${slipStopPath}/code`, 303)
  })

  app.get(`${slipStopPath}/code`, getRouteOptions, async (request, reply) =>
    tokenIn(request, stopCookie)
      ? staff.sendPage(reply, 200, slipStopCodePage(sheet(request, reply)))
      : reply.redirect(slipStopPath, 303),
  )

  app.post(`${slipStopPath}/code`, postRouteOptions('code'), async (request, reply) => {
    const field = formReader(request)
    const page = sheet(request, reply)
    const { outcome } = await inConstantTime(() =>
      stopSlipByCode(openWork, tokenIn(request, stopCookie) ?? '', field('code')),
    )
    if (outcome === 'gone') return reply.redirect(slipStopPath, 303)
    if (outcome !== 'stopped')
      return staff.sendPage(reply, 403, slipStopCodePage(page, { wrong: page.text(`code-${outcome}`) }))
    dropToken(request, reply, stopCookie)
    return staff.sendPage(reply, 200, slipStoppedPage(page))
  })
}
