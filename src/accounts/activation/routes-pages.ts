import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseNumber } from '../../names/numbers/numbers.ts'
import { dropToken, keepToken, tokenIn } from '../../platform/http/csrf.ts'
import { requestProblem } from '../../platform/http/serve.ts'
import { inEvenTime } from '../../platform/limits/constant-time.ts'
import * as staff from '../../staff/staff.ts'
import { addPasskey, passkeyRegistration } from '../factors/passkey.ts'
import { readSecret } from '../paper-secret.ts'
import * as activation from './activation.ts'
import { beginBySlip } from './by-slip.ts'
import { confirmAsGuardian } from './guardian.ts'
import {
  beginPage,
  codePage,
  codesPage,
  donePage,
  guardianPage,
  keptPage,
  noMessagePage,
  passcodePage,
  slipPage,
  stoppedPage,
} from './page-activation.ts'
import {
  attemptIn,
  challengeIn,
  type Desk,
  dropAttempt,
  keepAttempt,
  keepChallenge,
  seen,
  sent,
  sentBy,
} from './page-context.ts'
import type { Sheet } from './page-parts.ts'
import { refOf } from './step.ts'

const onward = (reply: FastifyReply, place = '/activate') => reply.redirect(place, 303)

export const slowedText = ({ tell }: Sheet, seconds: number) =>
  `${tell('slowed-before')} ${seconds} ${tell('slowed-after')}`

/** The page for the step of an attempt. */
function pageOf(sheet: Sheet, { step, why, shown, purpose, needsGuardian }: activation.Whereabouts): string {
  const isNew = purpose === 'activation'
  if (step === 'stopped') return stoppedPage(sheet, why ?? 'requested')
  if (step === 'done') return donePage(sheet)
  if (step === 'code-sent' || step === 'began') return codePage(sheet, { shown })
  if (step === 'code-right' && needsGuardian) return guardianPage(sheet)
  if (step === 'code-right' || step === 'guardian-confirmed') return passcodePage(sheet, { isNew })
  return keptPage(sheet, { isNew })
}

function beginning(app: FastifyInstance, { openWork, sheet, browser, refusedHere }: Desk): void {
  app.get('/activate', seen, async (request, reply) => {
    const refused = await refusedHere(request, reply)
    if (refused) return refused
    const token = attemptIn(request)
    const where = token && (await activation.whereIs(openWork, token))
    return staff.sendPage(reply, 200, where ? pageOf(sheet(request, reply), where) : beginPage(sheet(request, reply)))
  })

  app.post('/activate', sent, async (request, reply) => {
    const field = sentBy(request)
    const refused = await refusedHere(request, reply)
    if (refused) return refused
    const page = sheet(request, reply)
    const [number, phoneEnd] = [field('number'), field('phone')]
    const again = (status: number, wrong: string) =>
      staff.sendPage(reply, status, beginPage(page, { wrong, number, phoneEnd }))
    if (parseNumber(number).kind !== 'number') return again(400, page.tell('number-malformed'))
    if (!/^\d{3}$/.test(phoneEnd)) return again(400, page.tell('phone-malformed'))
    const begun = await inEvenTime(() =>
      activation.begin(openWork, { number, phoneEnd, browser: browser(request, reply) }),
    )
    if (begun.outcome === 'slowed') return again(429, slowedText(page, begun.seconds))
    keepAttempt(request, reply, begun.token)
    return onward(reply)
  })

  app.post('/activate/leave', sent, async (request, reply) => {
    sentBy(request)
    dropAttempt(request, reply)
    return onward(reply)
  })
}

function byMessage(app: FastifyInstance, { openWork, sheet, browser }: Desk): void {
  const waiting = async (
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    said: { wrong?: string; said?: string },
  ) => {
    const where = await activation.whereIs(openWork, attemptIn(request) ?? '')
    return where?.step === 'code-sent'
      ? staff.sendPage(reply, status, codePage(sheet(request, reply), { shown: where.shown, ...said }))
      : onward(reply)
  }

  app.post('/activate/code', sent, async (request, reply) => {
    const field = sentBy(request)
    const { tell } = sheet(request, reply)
    const given = await inEvenTime(() => activation.giveCode(openWork, attemptIn(request) ?? '', field('code')))
    if (given.outcome === 'right') {
      keepAttempt(request, reply, given.token)
      return onward(reply)
    }
    if (given.outcome === 'gone') return onward(reply)
    return waiting(request, reply, 403, { wrong: tell(`code-${given.outcome}`) })
  })

  app.post('/activate/again', sent, async (request, reply) => {
    sentBy(request)
    const { tell } = sheet(request, reply)
    const again = await inEvenTime(() =>
      activation.sendAgain(openWork, attemptIn(request) ?? '', browser(request, reply)),
    )
    if (!again) return onward(reply)
    if (again.outcome === 'sent') return waiting(request, reply, 200, { said: tell('sent-again') })
    return waiting(request, reply, 429, { wrong: `${tell('again-before')} ${again.seconds} ${tell('slowed-after')}` })
  })

  app.post('/activate/no-message', sent, async (request, reply) => {
    sentBy(request)
    await inEvenTime(() => activation.noteNoMessage(openWork, attemptIn(request) ?? ''))
    return onward(reply, '/activate/no-message')
  })
  app.get('/activate/no-message', seen, async (request, reply) =>
    staff.sendPage(reply, 200, noMessagePage(sheet(request, reply))),
  )
}

const slipCookie = 'dinhdanh-slip'
const slipShape = /^[0-9A-Z]{16}$/
const slipIn = (request: FastifyRequest) => tokenIn(request, slipCookie, slipShape)

function bySlip(app: FastifyInstance, { openWork, sheet, browser, refusedHere }: Desk): void {
  // The secret leaves the address bar and the history at once. The browser's cookie keeps it for the form.
  app.get<{ Params: { secret: string } }>('/activate/slip/:secret', sent, async (request, reply) => {
    const secret = readSecret(request.params.secret)
    if (secret) keepToken(request, reply, slipCookie, secret, { seconds: 600 })
    return onward(reply, '/activate/slip')
  })

  app.get('/activate/slip', seen, async (request, reply) => {
    const refused = await refusedHere(request, reply)
    if (refused) return refused
    return staff.sendPage(reply, 200, slipPage(sheet(request, reply), { isRead: slipIn(request) !== undefined }))
  })

  app.post('/activate/slip', sent, async (request, reply) => {
    const field = sentBy(request)
    const refused = await refusedHere(request, reply)
    if (refused) return refused
    const page = sheet(request, reply)
    const [number, code] = [field('number'), field('code')]
    const { address } = browser(request, reply)
    const secret = code || (slipIn(request) ?? '')
    const begun = await inEvenTime(() => beginBySlip(openWork, { secret, number, bornOn: field('born'), address }))
    if (begun.outcome === 'begun') {
      dropToken(request, reply, slipCookie)
      keepAttempt(request, reply, begun.token)
      return onward(reply)
    }
    const isSlowed = begun.outcome === 'slowed'
    const wrong = isSlowed ? slowedText(page, begun.seconds) : page.tell('slip-wrong')
    return staff.sendPage(
      reply,
      isSlowed ? 429 : 403,
      slipPage(page, { isRead: !code && slipIn(request) !== undefined, wrong, number, code }),
    )
  })
}

function choosing(app: FastifyInstance, { openWork, sheet, browser }: Desk): void {
  app.post('/activate/guardian', sent, async (request, reply) => {
    const field = sentBy(request)
    const page = sheet(request, reply)
    const { device, address } = browser(request, reply)
    const given = { number: field('number'), passcode: field('passcode'), from: { device, address } }
    const confirmed = await confirmAsGuardian(openWork, attemptIn(request) ?? '', given)
    if (confirmed.outcome === 'confirmed' || confirmed.outcome === 'gone') return onward(reply)
    const isSlowed = confirmed.outcome === 'slowed'
    const wrong = isSlowed ? slowedText(page, confirmed.seconds) : page.tell('guardian-wrong')
    return staff.sendPage(reply, isSlowed ? 429 : 403, guardianPage(page, { wrong, number: given.number }))
  })

  app.post('/activate/passcode', sent, async (request, reply) => {
    const field = sentBy(request)
    const page = sheet(request, reply)
    const token = attemptIn(request) ?? ''
    const where = await activation.whereIs(openWork, token)
    const refuse = (wrong: string) =>
      staff.sendPage(reply, 400, passcodePage(page, { wrong, isNew: where?.purpose !== 'passcode' }))
    if (field('passcode') !== field('again')) return where ? refuse(page.tell('passcode-differs')) : onward(reply)
    const kept = await activation.choosePasscode(openWork, token, {
      passcode: field('passcode'),
      browser: browser(request, reply),
    })
    return kept.outcome === 'refused' ? refuse(page.tell(kept.why)) : onward(reply)
  })

  app.post('/activate/codes', sent, async (request, reply) => {
    sentBy(request)
    const codes = await activation.showRecoveryCodes(openWork, attemptIn(request) ?? '')
    return codes ? staff.sendPage(reply, 200, codesPage(sheet(request, reply), codes)) : onward(reply)
  })

  app.post('/activate/done', sent, async (request, reply) => {
    sentBy(request)
    if (!(await activation.finish(openWork, attemptIn(request) ?? ''))) return onward(reply)
    dropAttempt(request, reply)
    return onward(reply, '/activate/done')
  })
  app.get('/activate/done', seen, async (request, reply) => staff.sendPage(reply, 200, donePage(sheet(request, reply))))
}

function passkeys(app: FastifyInstance, { openWork, rp }: Desk): void {
  /** The account whose passcode was just chosen in this browser. */
  const kept = async (request: FastifyRequest) => {
    const where = await activation.whereIs(openWork, attemptIn(request) ?? '')
    if (where?.step !== 'passcode-kept' && where?.step !== 'codes-shown') throw requestProblem('page-unknown')
    return refOf(where)
  }
  app.post('/activate/passkey/options', sent, async (request, reply) => {
    sentBy(request)
    const ref = await kept(request)
    const { options, challenge } = await openWork(activation.activating(ref.personId), work =>
      passkeyRegistration(work, ref, rp),
    )
    keepChallenge(request, reply, challenge)
    return reply.header('cache-control', 'no-store').send(options)
  })
  app.post<{ Body: { response?: unknown } }>('/activate/passkey', sent, async (request, reply) => {
    sentBy(request)
    const name = (request.headers['user-agent'] ?? '').slice(0, 100)
    await addPasskey(openWork, await kept(request), {
      response: request.body.response,
      challenge: challengeIn(request) ?? '',
      rp,
      name,
    })
    return reply.send({})
  })
}

/** The activation pages. Each form continues where the database says that its browser is. */
export function activationPages(app: FastifyInstance, desk: Desk): void {
  for (const part of [beginning, byMessage, bySlip, choosing, passkeys]) part(app, desk)
}
