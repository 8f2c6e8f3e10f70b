import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseNumber } from '../../names/numbers/numbers.ts'
import { dropToken, keepToken, tokenIn } from '../../platform/http/cookie-tokens.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { statusOf } from '../../platform/limits/limits.ts'
import { inConstantTime } from '../../platform/throttling/constant-time.ts'
import * as staff from '../../staff/staff.ts'
import { passkeyRegistrationOptions, registerPasskey } from '../factors/passkey.ts'
import { decodeSecret } from '../paper-secret.ts'
import * as activation from './activation.ts'
import { holderRefOf } from './attempt.ts'
import { beginBySlip } from './by-slip.ts'
import { confirmAsGuardian } from './guardian.ts'
import { type ProofKind, proofKinds, proveOwn, sendOwnCode } from './own-proof.ts'
import {
  activationDonePage,
  activationStartPage,
  activationStoppedPage,
  codePage,
  guardianPage,
  noMessagePage,
  passcodeKeptPage,
  passcodePage,
  recoveryCodesPage,
  slipPage,
} from './page-activation.ts'
import {
  type ActivationPageContext,
  attemptTokenIn,
  challengeIn,
  clearAttemptCookie,
  formReader,
  getRouteOptions,
  limitedRouteOptions,
  passkeyRouteOptions,
  postRouteOptions,
  setAttemptCookie,
  setChallengeCookie,
} from './page-context.ts'
import { ownProofPage } from './page-own-proof.ts'
import type { ActivationSheet } from './page-parts.ts'

const redirectTo = (reply: FastifyReply, path = '/activate') => reply.redirect(path, 303)

export const slowedText = ({ text: tell }: ActivationSheet, seconds: number) =>
  `${tell('slowed-before')} ${seconds} ${tell('slowed-after')}`

/** The page for the step of an attempt. */
function pageOfStep(
  sheet: ActivationSheet,
  { step, why, shown, purpose, way, needsGuardian, needsOwn, heldUntil }: activation.ActivationProgress,
): string {
  const isNew = purpose === 'activation'
  if (step === 'stopped') return activationStoppedPage(sheet, why ?? 'requested')
  if (step === 'done') return activationDonePage(sheet)
  if (step === 'code-sent' || step === 'began') return codePage(sheet, { maskedPhone: shown })
  if (step === 'code-right' && needsGuardian) return guardianPage(sheet)
  if (needsOwn) return ownProofPage(sheet, { bySlip: way === 'slip', withMessage: needsOwn === 'with-message' })
  if (step === 'code-right' || step === 'guardian-confirmed') return passcodePage(sheet, { isNew })
  return passcodeKeptPage(sheet, { isNew, heldUntil })
}

function startRoutes(app: FastifyInstance, { openWork, sheet, browser, refusedHere }: ActivationPageContext): void {
  app.get('/activate', getRouteOptions, async (request, reply) => {
    const refused = await refusedHere(request, reply)
    if (refused) return refused
    const token = attemptTokenIn(request)
    const where = token && (await activation.findProgress(openWork, token))
    return staff.sendPage(
      reply,
      200,
      where ? pageOfStep(sheet(request, reply), where) : activationStartPage(sheet(request, reply)),
    )
  })

  app.post('/activate', postRouteOptions('number', 'phone'), async (request, reply) => {
    const field = formReader(request)
    const refused = await refusedHere(request, reply)
    if (refused) return refused
    const page = sheet(request, reply)
    const [number, phoneEnd] = [field('number'), field('phone')]
    const again = (status: number, wrong: string) =>
      staff.sendPage(reply, status, activationStartPage(page, { wrong, number, phoneEnd }))
    if (parseNumber(number).kind !== 'number') return again(400, page.text('number-malformed'))
    if (!/^\d{3}$/.test(phoneEnd)) return again(400, page.text('phone-malformed'))
    const begun = await inConstantTime(() =>
      activation.beginActivation(openWork, { number, phoneEnd, browser: browser(request, reply) }),
    )
    if (begun.outcome === 'slowed')
      return again(statusOf('activations from one place'), slowedText(page, begun.seconds))
    setAttemptCookie(request, reply, begun.token)
    return redirectTo(reply)
  })

  app.post('/activate/leave', postRouteOptions(), async (request, reply) => {
    formReader(request)
    clearAttemptCookie(request, reply)
    return redirectTo(reply)
  })
}

function messageCodeRoutes(app: FastifyInstance, { openWork, sheet, browser }: ActivationPageContext): void {
  const waiting = async (
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    said: { wrong?: string; said?: string },
  ) => {
    const where = await activation.findProgress(openWork, attemptTokenIn(request) ?? '')
    return where?.step === 'code-sent'
      ? staff.sendPage(reply, status, codePage(sheet(request, reply), { maskedPhone: where.shown, ...said }))
      : redirectTo(reply)
  }

  app.post('/activate/code', postRouteOptions('code'), async (request, reply) => {
    const field = formReader(request)
    const { text: tell } = sheet(request, reply)
    const given = await inConstantTime(() =>
      activation.enterCode(openWork, attemptTokenIn(request) ?? '', field('code'), browser(request, reply)),
    )
    if (given.outcome === 'right') {
      setAttemptCookie(request, reply, given.token)
      return redirectTo(reply)
    }
    if (given.outcome === 'gone') return redirectTo(reply)
    return waiting(request, reply, 403, { wrong: tell(`code-${given.outcome}`) })
  })

  app.post('/activate/again', postRouteOptions(), async (request, reply) => {
    formReader(request)
    const { text: tell } = sheet(request, reply)
    const again = await inConstantTime(() =>
      activation.resendCode(openWork, attemptTokenIn(request) ?? '', browser(request, reply)),
    )
    if (!again) return redirectTo(reply)
    if (again.outcome === 'sent') return waiting(request, reply, 200, { said: tell('sent-again') })
    return waiting(request, reply, statusOf('messages to one'), {
      wrong: `${tell('again-before')} ${again.seconds} ${tell('slowed-after')}`,
    })
  })

  app.post('/activate/no-message', postRouteOptions(), async (request, reply) => {
    formReader(request)
    await inConstantTime(() => activation.noteMissingMessage(openWork, attemptTokenIn(request) ?? ''))
    return redirectTo(reply, '/activate/no-message')
  })
  app.get('/activate/no-message', getRouteOptions, async (request, reply) =>
    staff.sendPage(reply, 200, noMessagePage(sheet(request, reply))),
  )
}

const slipCookie = 'dinhdanh-slip'
const slipShape = /^[0-9A-Z]{16}(?:[0-9A-Z]{12})?$/
const slipIn = (request: FastifyRequest) => tokenIn(request, slipCookie, slipShape)

function slipRoutesOfActivation(
  app: FastifyInstance,
  { openWork, sheet, browser, refusedHere }: ActivationPageContext,
): void {
  // Slips that were printed before have it in the path. It leaves the address bar and the history at once; the
  // browser's cookie keeps it for the form.
  app.get<{ Params: { secret: string } }>('/activate/slip/:secret', limitedRouteOptions, async (request, reply) => {
    const secret = decodeSecret(request.params.secret)
    if (secret) keepToken(request, reply, slipCookie, secret, { seconds: 600 })
    return redirectTo(reply, '/activate/slip')
  })

  app.get('/activate/slip', getRouteOptions, async (request, reply) => {
    const refused = await refusedHere(request, reply)
    if (refused) return refused
    return staff.sendPage(reply, 200, slipPage(sheet(request, reply), { isRead: slipIn(request) !== undefined }))
  })

  app.post('/activate/slip', postRouteOptions('number', 'code', 'born'), async (request, reply) => {
    const field = formReader(request)
    const refused = await refusedHere(request, reply)
    if (refused) return refused
    const page = sheet(request, reply)
    const [number, code] = [field('number'), field('code')]
    const { address } = browser(request, reply)
    const secret = code || (slipIn(request) ?? '')
    const begun = await inConstantTime(() => beginBySlip(openWork, { secret, number, bornOn: field('born'), address }))
    if (begun.outcome === 'begun') {
      dropToken(request, reply, slipCookie)
      setAttemptCookie(request, reply, begun.token)
      return redirectTo(reply)
    }
    const isSlowed = begun.outcome === 'slowed'
    const wrong = isSlowed ? slowedText(page, begun.seconds) : page.text('slip-wrong')
    return staff.sendPage(
      reply,
      isSlowed ? statusOf('tries of slips') : 403,
      slipPage(page, { isRead: !code && slipIn(request) !== undefined, wrong, number, code }),
    )
  })
}

/** An account that was opened before: what its holder proves besides (own-proof.ts). */
function ownProofRoutes(app: FastifyInstance, { openWork, sheet, browser }: ActivationPageContext): void {
  const again = async (
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    said: { wrong?: string; notice?: string; kind?: ProofKind },
  ) => {
    const where = await activation.findProgress(openWork, attemptTokenIn(request) ?? '')
    if (!where?.needsOwn) return redirectTo(reply)
    const state = { bySlip: where.way === 'slip', withMessage: where.needsOwn === 'with-message', ...said }
    return staff.sendPage(reply, status, ownProofPage(sheet(request, reply), state))
  }

  app.post('/activate/own', postRouteOptions('kind', 'proof'), async (request, reply) => {
    const field = formReader(request)
    const page = sheet(request, reply)
    const kind = proofKinds.find(one => one === field('kind')) ?? 'passcode'
    const { device, address } = browser(request, reply)
    const given = { kind, proof: field('proof'), from: { device, address } }
    const proved = await inConstantTime(() => proveOwn(openWork, attemptTokenIn(request) ?? '', given))
    if (proved.outcome === 'slowed')
      return again(request, reply, statusOf('tries of a second factor'), {
        wrong: slowedText(page, proved.seconds),
        kind,
      })
    if (proved.outcome === 'wrong') return again(request, reply, 403, { wrong: page.text('own-proof-wrong'), kind })
    return redirectTo(reply)
  })

  app.post('/activate/own/message', postRouteOptions(), async (request, reply) => {
    formReader(request)
    const page = sheet(request, reply)
    const { address } = browser(request, reply)
    const sent = await inConstantTime(() => sendOwnCode(openWork, attemptTokenIn(request) ?? '', address))
    if (sent?.outcome === 'slowed')
      return again(request, reply, statusOf('messages to one'), {
        wrong: slowedText(page, sent.seconds),
        kind: 'message',
      })
    return again(request, reply, 200, { notice: page.text('own-proof-sent'), kind: 'message' })
  })
}

function passcodeRoutes(app: FastifyInstance, { openWork, sheet, browser }: ActivationPageContext): void {
  app.post('/activate/guardian', postRouteOptions('number', 'passcode'), async (request, reply) => {
    const field = formReader(request)
    const page = sheet(request, reply)
    const { device, address } = browser(request, reply)
    const given = { number: field('number'), passcode: field('passcode'), from: { device, address } }
    const confirmed = await inConstantTime(() => confirmAsGuardian(openWork, attemptTokenIn(request) ?? '', given))
    if (confirmed.outcome === 'confirmed' || confirmed.outcome === 'gone') return redirectTo(reply)
    const isSlowed = confirmed.outcome === 'slowed'
    const wrong = isSlowed ? slowedText(page, confirmed.seconds) : page.text('guardian-wrong')
    return staff.sendPage(
      reply,
      isSlowed ? statusOf('tries of a passcode') : 403,
      guardianPage(page, { wrong, number: given.number }),
    )
  })

  app.post('/activate/passcode', postRouteOptions('passcode', 'again'), async (request, reply) => {
    const field = formReader(request)
    const page = sheet(request, reply)
    const token = attemptTokenIn(request) ?? ''
    const where = await activation.findProgress(openWork, token)
    const refuse = (wrong: string) =>
      staff.sendPage(reply, 400, passcodePage(page, { wrong, isNew: where?.purpose !== 'passcode' }))
    if (field('passcode') !== field('again')) return where ? refuse(page.text('passcode-differs')) : redirectTo(reply)
    const kept = await activation.choosePasscode(openWork, token, {
      passcode: field('passcode'),
      browser: browser(request, reply),
    })
    return kept.outcome === 'refused' ? refuse(page.text(kept.why)) : redirectTo(reply)
  })

  app.post('/activate/codes', postRouteOptions(), async (request, reply) => {
    formReader(request)
    const codes = await activation.showRecoveryCodes(openWork, attemptTokenIn(request) ?? '')
    return codes ? staff.sendPage(reply, 200, recoveryCodesPage(sheet(request, reply), codes)) : redirectTo(reply)
  })

  app.post('/activate/done', postRouteOptions(), async (request, reply) => {
    formReader(request)
    if (!(await activation.finishActivation(openWork, attemptTokenIn(request) ?? ''))) return redirectTo(reply)
    clearAttemptCookie(request, reply)
    return redirectTo(reply, '/activate/done')
  })
  app.get('/activate/done', getRouteOptions, async (request, reply) =>
    staff.sendPage(reply, 200, activationDonePage(sheet(request, reply))),
  )
}

function passkeyRoutes(app: FastifyInstance, { openWork, rp }: ActivationPageContext): void {
  /** The account whose passcode was just chosen in this browser. */
  const kept = async (request: FastifyRequest) => {
    const where = await activation.findProgress(openWork, attemptTokenIn(request) ?? '')
    if (where?.step !== 'passcode-kept' && where?.step !== 'codes-shown') throw requestProblem('page-unknown')
    return holderRefOf(where)
  }
  app.post('/activate/passkey/options', postRouteOptions(), async (request, reply) => {
    formReader(request)
    const ref = await kept(request)
    const { options, challenge } = await openWork(activation.activationScope(ref.personId), work =>
      passkeyRegistrationOptions(work, ref, rp),
    )
    setChallengeCookie(request, reply, challenge)
    return reply.header('cache-control', 'no-store').send(options)
  })
  app.post<{ Body: { response?: unknown } }>('/activate/passkey', passkeyRouteOptions, async (request, reply) => {
    formReader(request)
    const name = (request.headers['user-agent'] ?? '').slice(0, 100)
    await registerPasskey(openWork, await kept(request), {
      response: request.body.response,
      challenge: challengeIn(request) ?? '',
      rp,
      name,
    })
    return reply.send({})
  })
}

/** The activation pages. Each form continues where the database says that its browser is. */
export function activationPageRoutes(app: FastifyInstance, context: ActivationPageContext): void {
  for (const part of [
    startRoutes,
    messageCodeRoutes,
    slipRoutesOfActivation,
    ownProofRoutes,
    passcodeRoutes,
    passkeyRoutes,
  ])
    part(app, context)
}
