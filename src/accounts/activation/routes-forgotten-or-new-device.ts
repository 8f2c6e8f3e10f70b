import type { FastifyInstance } from 'fastify'
import { statusOf } from '../../platform/limits/limits.ts'
import { inConstantTime } from '../../platform/throttling/constant-time.ts'
import * as staff from '../../staff/staff.ts'
import { signInScope } from '../factors/factors.ts'
import { passkeySignInOptions } from '../factors/passkey.ts'
import { type DeviceTakeOver, showDeviceCode, takeUpByPasskey, takeUpDevice } from './device-taken-up.ts'
import { beginPasscodeReset } from './forgotten-passcode.ts'
import { activationStoppedPage } from './page-activation.ts'
import {
  type ActivationPageContext,
  challengeIn,
  formReader,
  getRouteOptions,
  passkeyRouteOptions,
  postRouteOptions,
  setAttemptCookie,
  setChallengeCookie,
} from './page-context.ts'
import {
  deviceCodeFormPage,
  deviceCodePage,
  deviceDonePage,
  devicePage,
  forgottenPasscodePage,
} from './page-forgotten-or-new-device.ts'
import { slowedText } from './routes-pages.ts'

function forgottenPasscodeRoutes(
  app: FastifyInstance,
  { openWork, sheet, browser, refusedHere }: ActivationPageContext,
): void {
  app.get('/account/forgotten', getRouteOptions, async (request, reply) => {
    const refused = await refusedHere(request, reply)
    return refused ?? staff.sendPage(reply, 200, forgottenPasscodePage(sheet(request, reply)))
  })

  app.post('/account/forgotten', postRouteOptions('number', 'code'), async (request, reply) => {
    const field = formReader(request)
    const refused = await refusedHere(request, reply)
    if (refused) return refused
    const page = sheet(request, reply)
    const number = field('number')
    const { address } = browser(request, reply)
    const begun = await inConstantTime(() => beginPasscodeReset(openWork, { number, code: field('code'), address }))
    if (begun.outcome === 'begun') {
      setAttemptCookie(request, reply, begun.token)
      return reply.redirect('/activate', 303)
    }
    const isSlowed = begun.outcome === 'slowed'
    const wrong = isSlowed ? slowedText(page, begun.seconds) : page.text('forgotten-wrong')
    return staff.sendPage(
      reply,
      isSlowed ? statusOf('tries of a second factor') : 403,
      forgottenPasscodePage(page, { wrong, number }),
    )
  })
}

function newDeviceRoutes(
  app: FastifyInstance,
  { openWork, rp, sheet, browser, refusedHere }: ActivationPageContext,
): void {
  app.get('/account/device', getRouteOptions, async (request, reply) => {
    const refused = await refusedHere(request, reply)
    return refused ?? staff.sendPage(reply, 200, devicePage(sheet(request, reply)))
  })
  app.get('/account/device/done', getRouteOptions, async (request, reply) =>
    staff.sendPage(reply, 200, deviceDonePage(sheet(request, reply))),
  )

  app.post('/account/device', postRouteOptions('number', 'passcode', 'proof'), async (request, reply) => {
    const field = formReader(request)
    const page = sheet(request, reply)
    const number = field('number')
    const taken = await inConstantTime(() =>
      takeUpDevice(openWork, {
        number,
        passcode: field('passcode'),
        proof: field('proof'),
        browser: browser(request, reply),
      }),
    )
    const pages: Readonly<Record<Exclude<DeviceTakeOver['outcome'], 'taken-up' | 'slowed'>, () => string>> = {
      wrong: () => devicePage(page, { wrong: page.text('device-wrong'), number }),
      locked: () => activationStoppedPage(page, 'locked'),
      'officer-device': () => activationStoppedPage(page, 'officer-device'),
      'helper-device': () => activationStoppedPage(page, 'helper-device'),
    }
    if (taken.outcome === 'taken-up') return reply.redirect('/account/device/done', 303)
    if (taken.outcome === 'slowed')
      return staff.sendPage(
        reply,
        statusOf('tries of a passcode'),
        devicePage(page, { wrong: slowedText(page, taken.seconds), number }),
      )
    return staff.sendPage(reply, 403, pages[taken.outcome]())
  })

  app.post('/account/device/passkey/options', postRouteOptions(), async (request, reply) => {
    formReader(request)
    const { options, challenge } = await openWork(signInScope(), work => passkeySignInOptions(work, undefined, rp))
    setChallengeCookie(request, reply, challenge)
    return reply.header('cache-control', 'no-store').send(options)
  })
  app.post<{ Body: { response?: unknown } }>('/account/device/passkey', passkeyRouteOptions, async (request, reply) => {
    formReader(request)
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

function oldDeviceRoutes(app: FastifyInstance, { openWork, sheet, browser }: ActivationPageContext): void {
  app.get('/account/device/show', getRouteOptions, async (request, reply) =>
    staff.sendPage(reply, 200, deviceCodeFormPage(sheet(request, reply))),
  )

  app.post('/account/device/show', postRouteOptions('number', 'passcode'), async (request, reply) => {
    const field = formReader(request)
    const page = sheet(request, reply)
    const number = field('number')
    const shown = await inConstantTime(() =>
      showDeviceCode(openWork, { number, passcode: field('passcode'), browser: browser(request, reply) }),
    )
    if (shown.outcome === 'shown') return staff.sendPage(reply, 200, deviceCodePage(page, shown.code))
    const isSlowed = shown.outcome === 'slowed'
    const wrong = isSlowed ? slowedText(page, shown.seconds) : page.text('device-show-wrong')
    return staff.sendPage(
      reply,
      isSlowed ? statusOf('tries of a passcode') : 403,
      deviceCodeFormPage(page, { wrong, number }),
    )
  })
}

/** Routes for a forgotten passcode and for another device. */
export function accountPageRoutes(app: FastifyInstance, context: ActivationPageContext): void {
  for (const part of [forgottenPasscodeRoutes, newDeviceRoutes, oldDeviceRoutes]) part(app, context)
}
