import type { FastifyInstance } from 'fastify'
import { inEvenTime } from '../../platform/limits/constant-time.ts'
import * as staff from '../../staff/staff.ts'
import { signingIn } from '../factors/factors.ts'
import { passkeyOptions } from '../factors/passkey.ts'
import { showDeviceCode, type TakenUp, takeUpByPasskey, takeUpDevice } from './device-taken-up.ts'
import { beginForgotten } from './forgotten.ts'
import { deviceDonePage, devicePage, forgottenPage, shownPage, showPage } from './page-account.ts'
import { stoppedPage } from './page-activation.ts'
import { challengeIn, type Desk, keepAttempt, keepChallenge, seen, sent, sentBy } from './page-context.ts'
import { slowedText } from './routes-pages.ts'

function forgotten(app: FastifyInstance, { openWork, sheet, browser, refusedHere }: Desk): void {
  app.get('/account/forgotten', seen, async (request, reply) => {
    const refused = await refusedHere(request, reply)
    return refused ?? staff.sendPage(reply, 200, forgottenPage(sheet(request, reply)))
  })

  app.post('/account/forgotten', sent, async (request, reply) => {
    const field = sentBy(request)
    const refused = await refusedHere(request, reply)
    if (refused) return refused
    const page = sheet(request, reply)
    const number = field('number')
    const { address } = browser(request, reply)
    const begun = await inEvenTime(() => beginForgotten(openWork, { number, code: field('code'), address }))
    if (begun.outcome === 'begun') {
      keepAttempt(request, reply, begun.token)
      return reply.redirect('/activate', 303)
    }
    const isSlowed = begun.outcome === 'slowed'
    const wrong = isSlowed ? slowedText(page, begun.seconds) : page.tell('forgotten-wrong')
    return staff.sendPage(reply, isSlowed ? 429 : 403, forgottenPage(page, { wrong, number }))
  })
}

function device(app: FastifyInstance, { openWork, rp, sheet, browser, refusedHere }: Desk): void {
  app.get('/account/device', seen, async (request, reply) => {
    const refused = await refusedHere(request, reply)
    return refused ?? staff.sendPage(reply, 200, devicePage(sheet(request, reply)))
  })
  app.get('/account/device/done', seen, async (request, reply) =>
    staff.sendPage(reply, 200, deviceDonePage(sheet(request, reply))),
  )

  app.post('/account/device', sent, async (request, reply) => {
    const field = sentBy(request)
    const page = sheet(request, reply)
    const number = field('number')
    const taken = await inEvenTime(() =>
      takeUpDevice(openWork, {
        number,
        passcode: field('passcode'),
        proof: field('proof'),
        browser: browser(request, reply),
      }),
    )
    const pages: Readonly<Record<Exclude<TakenUp['outcome'], 'taken-up' | 'slowed'>, () => string>> = {
      wrong: () => devicePage(page, { wrong: page.tell('device-wrong'), number }),
      locked: () => stoppedPage(page, 'locked'),
      'officer-device': () => stoppedPage(page, 'officer-device'),
    }
    if (taken.outcome === 'taken-up') return reply.redirect('/account/device/done', 303)
    if (taken.outcome === 'slowed')
      return staff.sendPage(reply, 429, devicePage(page, { wrong: slowedText(page, taken.seconds), number }))
    return staff.sendPage(reply, 403, pages[taken.outcome]())
  })

  app.post('/account/device/passkey/options', sent, async (request, reply) => {
    sentBy(request)
    const { options, challenge } = await openWork(signingIn(), work => passkeyOptions(work, undefined, rp))
    keepChallenge(request, reply, challenge)
    return reply.header('cache-control', 'no-store').send(options)
  })
  app.post<{ Body: { response?: unknown } }>('/account/device/passkey', sent, async (request, reply) => {
    sentBy(request)
    const answer = {
      response: request.body.response,
      challenge: challengeIn(request) ?? '',
      rp,
      browser: browser(request, reply),
    }
    const { outcome } = await takeUpByPasskey(openWork, answer)
    return reply.code(outcome === 'taken-up' ? 200 : 403).send({ outcome })
  })
}

function oldDevice(app: FastifyInstance, { openWork, sheet, browser }: Desk): void {
  app.get('/account/device/show', seen, async (request, reply) =>
    staff.sendPage(reply, 200, showPage(sheet(request, reply))),
  )

  app.post('/account/device/show', sent, async (request, reply) => {
    const field = sentBy(request)
    const page = sheet(request, reply)
    const number = field('number')
    const shown = await inEvenTime(() =>
      showDeviceCode(openWork, { number, passcode: field('passcode'), browser: browser(request, reply) }),
    )
    if (shown.outcome === 'shown') return staff.sendPage(reply, 200, shownPage(page, shown.code))
    const isSlowed = shown.outcome === 'slowed'
    const wrong = isSlowed ? slowedText(page, shown.seconds) : page.tell('device-show-wrong')
    return staff.sendPage(reply, isSlowed ? 429 : 403, showPage(page, { wrong, number }))
  })
}

/** Routes for a forgotten passcode and for another device. */
export function accountPages(app: FastifyInstance, desk: Desk): void {
  for (const part of [forgotten, device, oldDevice]) part(app, desk)
}
