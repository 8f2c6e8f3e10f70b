import type { FastifyReply } from 'fastify'
import * as accounts from '../accounts/accounts.ts'
import { deviceOf } from '../platform/http/cookie-tokens.ts'
import { formShape, formShapeBySteps } from '../platform/http/csrf.ts'
import { statusOf } from '../platform/limits/limits.ts'
import { browserText } from '../platform/pages/browser-text.ts'
import * as signin from '../signin/signin.ts'
import { sendPage } from '../staff/staff.ts'
import { instantText } from './formats.ts'
import * as change from './own-deeds.ts'
import { accountPage, codesPage, totpPage } from './page-account.ts'
import { doneTextOf, longestField, type PageContext, type PageRoutes, redirectFromChild } from './page-context.ts'
import { stepUpFor } from './page-download.ts'
import { citizenProblem } from './problems.ts'
import { accountRefOf, asHolder } from './self.ts'

const place = '/citizen/account'

const relyingPartyOf = ({ house: { origin } }: PageContext): accounts.RelyingParty => ({
  id: new URL(origin).hostname,
  origin,
  name: 'Định danh',
})

async function showAccountPage(
  here: PageContext,
  { status = 200, done, wrong }: { status?: number; done?: string | undefined; wrong?: string } = {},
) {
  const { house, self, frame, reply } = here
  const shown = await house.openWork(asHolder(self), async work => {
    const holder = await accounts.getHolder(work, accountRefOf(self))
    if (!holder) throw citizenProblem('own-thing-unknown')
    const theirs = (await accounts.accountsOf(work, [self.personId])).get(self.personId)
    return {
      holder,
      activatedAt: theirs?.find(({ id }) => id === self.accountId)?.activatedAt,
      devices: await accounts.listDevices(work, accountRefOf(self)),
      sessions: await signin.sessionsOfPerson(work, self.personId),
      passkeys: await accounts.listPasskeys(work, accountRefOf(self)),
      slips: await accounts.findStoppable(work, accountRefOf(self)),
    }
  })
  return sendPage(
    reply,
    status,
    accountPage(frame, {
      ...shown,
      here: self.session.id,
      isStrong: self.strength >= 2,
      heldUntil: self.heldUntil,
      done,
      wrong,
    }),
  )
}

type Body = Readonly<Record<string, string>>
type AccountAction = {
  readonly strength: 1 | 2
  /** The fields that its form has. */
  readonly fields?: readonly string[]
  do(here: PageContext, body: Body): Promise<FastifyReply>
}

const redirectDone = ({ reply }: PageContext, done = 'sent') => reply.redirect(`${place}?done=${done}`, 303)

async function takeTotpCode(here: PageContext, { code = '' }: Body) {
  const { house, self, frame, reply } = here
  const outcome = await change.confirmOwnTotp(house.openWork, self, code)
  if (outcome === 'right') return redirectDone(here)
  const [status, wrong] =
    outcome === 'slowed'
      ? ([statusOf('tries of a second factor'), 'slowed-some'] as const)
      : ([400, 'totp-wrong'] as const)
  return sendPage(reply, status, totpPage(frame, { wrong: frame.tell(wrong) }))
}

async function takePasskey(here: PageContext, { made = '', challenge = '', name = '' }: Body) {
  const { house, self, request } = here
  let response: unknown
  try {
    response = JSON.parse(made)
  } catch {
    // Whatever was malformed came from the browser; it is refused as a passkey that is none.
  }
  const called = name.trim() || browserText(request.headers['user-agent'] ?? '')
  await change.addOwnPasskey(house.openWork, self, { response, challenge, rp: relyingPartyOf(here), name: called })
  return redirectDone(here)
}

async function takePasscodeForm(here: PageContext, { current = '', code = '', next = '', again = '' }: Body) {
  const { house, self, frame, request, reply } = here
  const from = { device: deviceOf(request, reply), address: request.ip }
  const outcome = await change.changeOwnPasscode(house.openWork, self, { current, code, next, again }, from)
  if (outcome === 'changed') return redirectDone(here, 'passcode-changed')
  if (typeof outcome === 'object') {
    const wrong = outcome.slowed ? frame.tell('slowed', { seconds: outcome.slowed }) : frame.tell('slowed-some')
    return showAccountPage(here, { status: statusOf('tries of a passcode'), wrong })
  }
  const key = outcome === 'current-wrong' || outcome === 'differs' ? (`passcode-${outcome}` as const) : outcome
  return showAccountPage(here, { status: 400, wrong: frame.tell(key) })
}

/**
 * What each form of the page does, and how strongly one must have signed in for it: what shuts others out needs less
 * than what lets in.
 */
const steps: Readonly<Record<string, AccountAction>> = {
  'device-end': {
    strength: 1,
    async do(here) {
      await change.endDevice(here.house.openWork, here.self)
      return redirectDone(here)
    },
  },
  'session-end': {
    strength: 1,
    fields: ['session'],
    async do(here, body) {
      await change.endSession(here.house.openWork, here.self, body['session'])
      return redirectDone(here)
    },
  },
  'sessions-end': {
    strength: 1,
    async do(here) {
      await change.endOtherSessions(here.house.openWork, here.self)
      return redirectDone(here)
    },
  },
  'slip-stop': {
    strength: 1,
    async do(here) {
      await change.stopSlip(here.house.openWork, here.self)
      return redirectDone(here, 'slip-stopped')
    },
  },
  'passkey-add': { strength: 2, fields: ['made', 'challenge', 'name'], do: takePasskey },
  'passkey-remove': {
    strength: 2,
    fields: ['passkey'],
    async do(here, body) {
      await change.forgetPasskey(here.house.openWork, here.self, body['passkey'])
      return redirectDone(here)
    },
  },
  'totp-offer': {
    strength: 2,
    async do({ house, self, frame, reply }) {
      return sendPage(reply, 200, totpPage(frame, { offered: await change.offerTotp(house.openWork, self) }))
    },
  },
  'totp-confirm': { strength: 2, fields: ['code'], do: takeTotpCode },
  'totp-remove': {
    strength: 2,
    async do(here) {
      await change.forgetTotp(here.house.openWork, here.self)
      return redirectDone(here)
    },
  },
  codes: {
    strength: 2,
    async do({ house, self, frame, reply }) {
      return sendPage(reply, 200, codesPage(frame, await change.makeRecoveryCodes(house.openWork, self)))
    },
  },
  passcode: { strength: 2, fields: ['current', 'code', 'next', 'again'], do: takePasscodeForm },
}

const accountForm = formShapeBySteps(
  longestField,
  Object.fromEntries(Object.entries(steps).map(([step, { fields = [] }]) => [step, fields])),
)

export function accountRoutes(desk: PageRoutes): void {
  desk.show(
    place,
    async (here, asked) => redirectFromChild(here, place) ?? showAccountPage(here, { done: doneTextOf(here, asked) }),
  )
  desk.take(place, accountForm, async (here, body) => {
    const elsewhere = redirectFromChild(here, place)
    if (elsewhere) return elsewhere
    const name = body['step'] ?? ''
    const step = Object.hasOwn(steps, name) ? steps[name] : undefined
    if (!step) return showAccountPage(here, { status: 400 })
    const { heldUntil } = here.self
    if (heldUntil && step.strength > 1)
      return showAccountPage(here, {
        status: 409,
        wrong: here.frame.tell('held-wrong', { until: instantText(heldUntil) }),
      })
    if (here.self.strength < step.strength) return here.reply.redirect(stepUpFor(place), 303)
    return step.do(here, body)
  })
  desk.take('/citizen/passkey-options', formShape(longestField), async here => {
    if (here.self.child || here.self.strength < 2) throw citizenProblem('own-page-stronger')
    return here.reply
      .header('cache-control', 'no-store')
      .send(await change.passkeyRegistration(here.house.openWork, here.self, relyingPartyOf(here)))
  })
}
