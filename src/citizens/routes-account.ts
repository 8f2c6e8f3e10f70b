import type { FastifyReply } from 'fastify'
import * as accounts from '../accounts/accounts.ts'
import { deviceOf } from '../platform/http/cookie-tokens.ts'
import { formShape, formShapeBySteps } from '../platform/http/csrf.ts'
import { statusOf } from '../platform/limits/limits.ts'
import { browserText } from '../platform/pages/browser-text.ts'
import { passkeySiteName } from '../platform/second-factor/passkey.ts'
import * as signin from '../signin/signin.ts'
import { sendPage } from '../staff/staff.ts'
import { instantText } from './formats.ts'
import * as change from './own-deeds.ts'
import { accountPage, codesPage, goOnPage, totpPage } from './page-account.ts'
import {
  doneTextOf,
  type FormBody,
  forgetKeptForm,
  keptFormIn,
  longestField,
  type PageContext,
  type PageRoutes,
  proveFirst,
  redirectFromChild,
} from './page-context.ts'
import { citizenProblem } from './problems.ts'
import { accountRefOf, asHolder } from './self.ts'
import type { CitizenTextKey } from './words.ts'

const place = '/citizen/account'
const goOnPlace = `${place}/go-on`

const relyingPartyOf = ({ house: { origin } }: PageContext): accounts.RelyingParty => ({
  id: new URL(origin).hostname,
  origin,
  name: passkeySiteName,
})

async function showAccountPage(
  here: PageContext,
  {
    status = 200,
    ...said
  }: { status?: number; done?: string | undefined; wrong?: string; passkeyName?: string | undefined } = {},
) {
  const { house, self, frame, reply } = here
  const reminders = await change.remindersOf(house.openWork, self)
  const mailbox = await change.mailboxOf(house.openWork, self)
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
      reminders,
      mailbox,
      here: self.session.id,
      isStrong: self.freshStrength >= 2,
      heldUntil: self.heldUntil,
      ...said,
    }),
  )
}

type AccountAction = {
  readonly strength: 1 | 2
  /** What restores the holder's own way in asks for nothing to be proved again. */
  readonly isUrgent?: true
  /** What it is called on the page that goes on with it. */
  readonly label: CitizenTextKey
  /** The fields that its form has. */
  readonly fields?: readonly string[]
  do(here: PageContext, body: FormBody): Promise<FastifyReply>
}

const redirectDone = ({ reply }: PageContext, done = 'sent') => reply.redirect(`${place}?done=${done}`, 303)

async function takeTotpCode(here: PageContext, { code = '' }: FormBody) {
  const { house, self, frame, reply } = here
  const outcome = await change.confirmOwnTotp(house.openWork, self, code)
  if (outcome === 'right') return redirectDone(here)
  const [status, wrong] =
    outcome === 'slowed'
      ? ([statusOf('tries of a second factor'), 'slowed-some'] as const)
      : ([400, 'totp-wrong'] as const)
  return sendPage(reply, status, totpPage(frame, { wrong: frame.tell(wrong) }))
}

async function takeMailbox(here: PageContext, { mailbox = '' }: FormBody) {
  const { house, self, frame } = here
  const outcome = await change.askForMailbox(house.openWork, self, mailbox.trim().slice(0, 320))
  if (outcome === 'sent') return redirectDone(here, 'mailbox-sent')
  if (outcome === 'malformed') return showAccountPage(here, { status: 400, wrong: frame.tell('mailbox-malformed') })
  const wrong = frame.tell('slowed', { seconds: outcome.slowed })
  return showAccountPage(here, { status: statusOf('messages to one'), wrong })
}

async function takeMailboxCode(here: PageContext, { code = '' }: FormBody) {
  const { house, self, frame } = here
  const outcome = await change.confirmMailbox(house.openWork, self, code)
  if (outcome === 'right') return redirectDone(here, 'mailbox-confirmed')
  return showAccountPage(here, { status: 400, wrong: frame.tell(`mailbox-code-${outcome}`) })
}

async function takePasskey(here: PageContext, { made = '', challenge = '', name = '' }: FormBody) {
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

async function takePasscodeForm(here: PageContext, { current = '', next = '', again = '' }: FormBody) {
  const { house, self, frame, request, reply } = here
  const from = { device: deviceOf(request, reply), address: request.ip }
  const outcome = await change.changeOwnPasscode(house.openWork, self, { current, next, again }, from)
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
    label: 'device-end',
    async do(here) {
      await change.endDevice(here.house.openWork, here.self)
      return redirectDone(here)
    },
  },
  'session-end': {
    strength: 1,
    label: 'session-end-one',
    fields: ['session'],
    async do(here, body) {
      await change.endSession(here.house.openWork, here.self, body['session'])
      return redirectDone(here)
    },
  },
  'sessions-end': {
    strength: 1,
    label: 'sessions-end',
    async do(here) {
      await change.endOtherSessions(here.house.openWork, here.self)
      return redirectDone(here)
    },
  },
  'slip-stop': {
    strength: 1,
    isUrgent: true,
    label: 'slip-stop',
    async do(here) {
      await change.stopSlip(here.house.openWork, here.self)
      return redirectDone(here, 'slip-stopped')
    },
  },
  'reminders-refuse': {
    strength: 1,
    label: 'reminders-refuse',
    async do(here) {
      await change.decideOnReminders(here.house.openWork, here.self, 'refused')
      return redirectDone(here)
    },
  },
  'reminders-want': {
    strength: 1,
    label: 'reminders-want',
    async do(here) {
      await change.decideOnReminders(here.house.openWork, here.self, 'wanted')
      return redirectDone(here)
    },
  },
  'mailbox-ask': { strength: 2, label: 'mailbox-ask', fields: ['mailbox'], do: takeMailbox },
  'mailbox-confirm': { strength: 2, label: 'mailbox-confirm', fields: ['code'], do: takeMailboxCode },
  'mailbox-remove': {
    strength: 1,
    label: 'mailbox-remove',
    async do(here) {
      await change.removeMailbox(here.house.openWork, here.self)
      return redirectDone(here)
    },
  },
  'passkey-add': { strength: 2, label: 'passkey-add', fields: ['made', 'challenge', 'name'], do: takePasskey },
  'passkey-remove': {
    strength: 2,
    label: 'passkey-remove',
    fields: ['passkey'],
    async do(here, body) {
      await change.forgetPasskey(here.house.openWork, here.self, body['passkey'])
      return redirectDone(here)
    },
  },
  'totp-offer': {
    strength: 2,
    label: 'totp-offer',
    async do({ house, self, frame, reply }) {
      return sendPage(reply, 200, totpPage(frame, { offered: await change.offerTotp(house.openWork, self) }))
    },
  },
  'totp-confirm': { strength: 2, label: 'totp-confirm', fields: ['code'], do: takeTotpCode },
  'totp-remove': {
    strength: 2,
    label: 'totp-remove',
    async do(here) {
      await change.forgetTotp(here.house.openWork, here.self)
      return redirectDone(here)
    },
  },
  codes: {
    strength: 2,
    label: 'codes-make',
    async do({ house, self, frame, reply }) {
      return sendPage(reply, 200, codesPage(frame, await change.makeRecoveryCodes(house.openWork, self)))
    },
  },
  passcode: { strength: 2, label: 'passcode-change', fields: ['current', 'next', 'again'], do: takePasscodeForm },
}

/** The step by which the page goes on with the form that waited. */
const goOnStep = 'go-on'
const accountForm = formShapeBySteps(longestField, {
  ...Object.fromEntries(Object.entries(steps).map(([step, { fields = [] }]) => [step, fields])),
  [goOnStep]: [],
})

const findStep = ({ step = '' }: FormBody) => (Object.hasOwn(steps, step) ? steps[step] : undefined)

/** Does what a form asks for, once its person has proved of late what it needs. */
async function takeAction(here: PageContext, body: FormBody): Promise<FastifyReply> {
  const step = findStep(body)
  if (!step) return showAccountPage(here, { status: 400 })
  const { self, frame } = here
  if (self.heldUntil && step.strength > 1)
    return showAccountPage(here, {
      status: 409,
      wrong: frame.tell('held-wrong', { until: instantText(self.heldUntil, frame.language) }),
    })
  const { strength } = step
  if (!step.isUrgent && self.freshStrength < strength)
    return proveFirst(here, body, { strength, goOn: goOnPlace, otherwise: place })
  return step.do(here, body)
}

/** What waited while its person proved who they are: it is done by a button, not by an address that is opened. */
async function showGoOn(here: PageContext): Promise<FastifyReply> {
  const kept = keptFormIn(here)
  const step = kept && findStep(kept)
  if (!kept || !step) return here.reply.redirect(place, 303)
  // The device makes a passkey on the page itself, at a button of it.
  if (kept['step'] === 'passkey-add' && !kept['made']) {
    forgetKeptForm(here)
    return showAccountPage(here, { passkeyName: kept['name'] })
  }
  return sendPage(here.reply, 200, goOnPage(here.frame, { step: goOnStep, label: step.label }))
}

export function accountRoutes(desk: PageRoutes): void {
  desk.show(
    place,
    async (here, asked) => redirectFromChild(here, place) ?? showAccountPage(here, { done: doneTextOf(here, asked) }),
  )
  desk.show(goOnPlace, async here => redirectFromChild(here, place) ?? showGoOn(here))
  desk.take(place, accountForm, async (here, body) => {
    const elsewhere = redirectFromChild(here, place)
    if (elsewhere) return elsewhere
    if (body['step'] !== goOnStep) return takeAction(here, body)
    const kept = keptFormIn(here)
    forgetKeptForm(here)
    return kept ? takeAction(here, kept) : here.reply.redirect(place, 303)
  })
  desk.take('/citizen/passkey-options', formShape(longestField), async here => {
    if (here.self.child || here.self.freshStrength < 2) throw citizenProblem('own-page-stronger')
    return here.reply
      .header('cache-control', 'no-store')
      .send(await change.passkeyRegistration(here.house.openWork, here.self, relyingPartyOf(here)))
  })
}
