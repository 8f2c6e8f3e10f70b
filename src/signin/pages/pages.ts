import { passkeySiteName } from '../../platform/second-factor/passkey.ts'
/**
 * Pages: sign-in and consent, step by step. Every page works without script.
 * Input: a browser at a relying party's interaction (interaction.ts), or at the person's own wish, and its forms.
 * Decided: what is still missing: identification, a second factor, a level, for whom they act, their consent.
 * Output: the next page, or the redirect to the party. Sessions and consents record the deeds.
 */

import type { FastifyReply, FastifyRequest } from 'fastify'
import * as accounts from '../../accounts/accounts.ts'
import * as parties from '../../parties/parties.ts'
import { deviceOf, hashToken } from '../../platform/http/cookie-tokens.ts'
import { formShape, formShapeBySteps, formToken, refuseForeignForm } from '../../platform/http/csrf.ts'
import { asId, isId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { statusOf } from '../../platform/limits/limits.ts'
import { Problem } from '../../platform/problem.ts'
import { asSystem, type OpenWork } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { sendPage } from '../../staff/staff.ts'
import { type ClaimScope, getClaimValues, openedBy, scopes } from '../consents/claim-values.ts'
import * as consents from '../consents/consents.ts'
import { consentYears } from '../law.ts'
import { type SignInFrame, signInFrameOf } from '../page-frame.ts'
import { abortedPage, continuePage } from '../provider/error-and-sign-out-pages.ts'
import { interactionPath, type ProviderHolder, type ProviderServer } from '../provider/provider-holder.ts'
import { type CitizenSession, freshStrength, sessionStrength, subjectOfSession } from '../session.ts'
import type { AccountStatus } from '../sessions/account-status.ts'
import { findChild, listChildren } from '../sessions/acting-for-child.ts'
import { clearTokenCookie, setTokenCookie, tokenOfRequest } from '../sessions/cookie.ts'
import * as pending from '../sessions/pending-sign-in.ts'
import * as secondFactors from '../sessions/second-factors.ts'
import * as sessions from '../sessions/sessions.ts'
import * as steps from '../sessions/sign-in-steps.ts'
import { inSignInScope } from '../sign-in-scope.ts'
import { type ConsentItem, consentPage } from './consent.ts'
import * as interactions from './interaction.ts'
import { dayText, scopeValueText, titleOf } from './scope-value-text.ts'
import {
  childPage,
  heldPage,
  levelPage,
  type RepeatReason,
  type RequestingParty,
  secondPage,
  signInPage,
} from './sign-in.ts'

export type SignInHouse = {
  readonly openWork: OpenWork
  readonly origin: string
  readonly desk: ProviderHolder
  readonly isDemonstration: () => boolean
}

export type SignInPageRequest = FastifyRequest<{
  Params: { uid?: string }
  Querystring: { return?: string; child?: string; strength?: string; fresh?: string }
}>
/** A browser's answer by a passkey is the longest of what these forms send. */
const longestField = 8_000
export const SignOutForm = formShape(longestField)
/** What each step of a sign-in sends. The script of passkeys sends the fields of the first page too, empty. */
export const SignInForm = formShapeBySteps(longestField, {
  passcode: ['number', 'passcode', 'for-child'],
  passkey: ['number', 'passcode', 'for-child', 'challenge', 'passkey'],
  way: ['way'],
  code: ['way', 'code'],
  start: [],
  leave: [],
  child: ['child'],
  consent: ['shown', 'answer', ...scopes.map(scope => `see-${scope}`)],
})
export type SignInFormRequest = FastifyRequest<{
  Params: { uid?: string }
  Querystring: { return?: string }
  Body: Readonly<Record<string, string>>
}>

/** The context of a page: a relying party's interaction, or the person's own sign-in. */
type PageContext = {
  readonly request: SignInPageRequest
  readonly reply: FastifyReply
  readonly serving: ProviderServer
  readonly action: string
  readonly interaction?: interactions.Interaction | undefined
  readonly asker?: RequestingParty | undefined
  readonly frame: SignInFrame
  readonly form: string
  readonly from: steps.SignInRequestOrigin
}

/** A path within this installation to continue at. */
const localPathIn = (asked: string | undefined) =>
  asked && /^\/(?![/\\])[\x21-\x7e]*$/.test(asked) && !asked.includes('\\') && !asked.startsWith('/account/sign-in')
    ? asked
    : '/citizen/'

/**
 * Continues after a form, maybe at the relying party, by a page that redirects: browsers apply form-action (CSP Level
 * 3) to all redirects of a form, which may only lead to this installation.
 */
function redirectOn({ reply, frame, interaction }: PageContext, next: string) {
  if (!interaction) return reply.redirect(next, 303)
  return sendPage(reply.header('refresh', `0;url=${next}`), 200, continuePage(frame, next))
}

const clientNameIn = ({ partyName }: parties.Client, frame: SignInFrame) => partyName[frame.language]

async function pageContextOf(
  house: SignInHouse,
  request: SignInPageRequest,
  reply: FastifyReply,
): Promise<PageContext | undefined> {
  const serving = await house.desk.current()
  const device = deviceOf(request, reply)
  const interaction = request.params.uid
    ? await interactions.inProviderExchange(house.openWork, request, () =>
        interactions.findInteraction(serving, house.openWork, request, reply),
      )
    : undefined
  if (request.params.uid && !interaction) return undefined
  const frame = signInFrameOf(request, {
    demonstration: house.isDemonstration(),
    wanted: interaction?.params['ui_locales'],
  })
  const { strength, fresh } = request.query
  const own = new URLSearchParams({
    return: localPathIn(request.query.return),
    ...(strength === '2' && { strength }),
    ...(fresh === 'yes' && { fresh }),
  })
  return {
    request,
    reply,
    serving,
    action: interaction ? interactionPath(interaction.uid) : `/account/sign-in?${own}`,
    interaction,
    asker: interaction && {
      name: clientNameIn(interaction.client, frame),
      level: interaction.asksFor,
      sandbox: interaction.client.sandbox,
    },
    frame,
    form: formToken(device),
    from: { device, address: request.ip, browser: request.headers['user-agent'] ?? '', requestId: request.id },
  }
}

const interactionGonePage = (house: SignInHouse, request: SignInPageRequest, reply: FastifyReply) =>
  sendPage(reply, 400, abortedPage(signInFrameOf(request, { demonstration: house.isDemonstration() }), request.id))

/** The part of a pushed login hint that fits the number field. */
const hintedNumber = ({ interaction }: PageContext) => {
  const hint = interaction?.params['login_hint']
  return typeof hint === 'string' && /^\d{12}$/.test(hint) ? hint : undefined
}

type SignInPageOptions = {
  readonly status?: number
  readonly wrong?: string
  readonly number?: string
  readonly why?: RepeatReason
}

function showSignInPage(here: PageContext, { status = 200, wrong, number, why }: SignInPageOptions = {}) {
  const { reply, frame, form, asker, action } = here
  return sendPage(
    reply,
    status,
    signInPage(frame, { form, asker, action, number: number ?? hintedNumber(here), wrong, why }),
  )
}

type SecondPageOptions = {
  readonly status?: number
  readonly way?: secondFactors.SecondFactor | undefined
  readonly wrong?: string
  readonly sent?: boolean
}

function showSecondPage(
  here: PageContext,
  holder: accounts.Holder,
  why: pending.PendingSignIn['why'],
  { status = 200, way, wrong, sent = false }: SecondPageOptions = {},
) {
  const { reply, frame, form, asker, action } = here
  return sendPage(
    reply,
    status,
    secondPage(frame, {
      form,
      asker,
      action,
      why,
      ways: secondFactors.secondFactorsOf(holder),
      way,
      phone: holder.factors.phone,
      ...(wrong && { wrong }),
      sent,
    }),
  )
}

const slowedText = ({ frame: { text: say } }: PageContext, seconds: number) =>
  `${say('slowed-before')} ${seconds} ${say('slowed-after')}`

/** Asks for the code of a second factor, and sends it if it is a message. */
async function sendCodeAndAsk(
  { openWork }: SignInHouse,
  here: PageContext,
  holder: accounts.Holder,
  why: pending.PendingSignIn['why'],
  way: secondFactors.SecondFactor | undefined,
) {
  if (way !== 'sms') return showSecondPage(here, holder, why, { way })
  const sent = await openWork({ ...asSystem('sign-in'), requestId: here.request.id }, work =>
    accounts.sendOneTimeCode(work, holder, 'sign-in', {
      address: here.from.address,
      asker: hashToken(here.from.device),
    }),
  )
  const { text: say } = here.frame
  if (sent.outcome === 'sent') return showSecondPage(here, holder, why, { way, sent: true })
  if (sent.outcome === 'slowed')
    return showSecondPage(here, holder, why, {
      status: statusOf('messages to one'),
      way,
      wrong: `${say('sms-wait-before')} ${sent.seconds} ${say('sms-wait-after')}`,
    })
  return showSecondPage(here, holder, why, { status: 409, wrong: say('no-phone') })
}

/** Continues with the signed-in person: to what the interaction still lacks, to the consent, or back to the party. */
async function continueInteraction(
  house: SignInHouse,
  here: PageContext,
  session: CitizenSession,
  now: AccountStatus,
): Promise<FastifyReply> {
  const { request, reply, serving, interaction, frame, form, action, asker } = here
  const wantsStrength = !interaction && request.query.strength === '2'
  if (now.heldUntil && wantsStrength) return sendPage(reply, 200, heldPage(frame, { heldUntil: now.heldUntil }))
  const wantsFresh = !interaction && request.query.fresh === 'yes'
  const proved = wantsFresh ? await freshStrengthOf(house, here, session) : sessionStrength(session)
  if (proved === 0) return showSignInPage(here, { why: 'fresh' })
  if (wantsStrength && proved < 2) return askSecondFactor(house, here, session)
  if (!interaction) return reply.redirect(localPathIn(request.query.return), 303)
  if (interaction.prompt === 'consent') return showConsentPage(house, here, session)
  const [open] = interactions.unmetChecks(interaction, session, now)
  if (open === 'another') return showOtherPersonPage(house, here, session)
  if (open === 'again') return showSignInPage(here, { why: 'again' })
  if ((open === 'level' || open === 'strength') && now.heldUntil && asker)
    return sendPage(reply, 200, heldPage(frame, { heldUntil: now.heldUntil, leave: { form, asker, action } }))
  if (open === 'level' && asker) return sendPage(reply, 200, levelPage(frame, { form, asker, action }))
  if (open === 'strength') return askSecondFactor(house, here, session)
  const next = await interactions.inProviderExchange(house.openWork, request, () =>
    interactions.finishSignIn(serving, request, reply, interaction, session, now),
  )
  return request.method === 'POST' ? redirectOn(here, next) : reply.redirect(next, 303)
}

const freshStrengthOf = ({ openWork }: SignInHouse, { request }: PageContext, session: CitizenSession) =>
  openWork({ ...asSystem('sign-in'), requestId: request.id }, async work => freshStrength(session, work))

/** The party requests another subject: the person themselves instead of a child, or another account. */
const showOtherPersonPage = (house: SignInHouse, here: PageContext, session: CitizenSession) =>
  session.childId &&
  here.interaction &&
  interactions.isRequestedSubject(here.interaction, { ...session, childId: undefined })
    ? showChildPage(house, here, session)
    : showSignInPage(here, { why: 'another' })

/** Asks for the factors that the session lacks; proved ones are not repeated. */
async function askSecondFactor({ openWork }: SignInHouse, here: PageContext, session: CitizenSession) {
  const { request, reply } = here
  const subject = { personId: session.personId, accountId: session.accountId }
  const holder = await openWork({ ...asSystem('sign-in'), requestId: request.id }, work =>
    accounts.getHolder(work, subject),
  )
  if (!holder) return showSignInPage(here, { why: 'again' })
  const token = await inSignInScope(openWork, request.id, work =>
    pending.keepPending(work, { subject, factors: [], why: 'strength', forChild: false }),
  )
  setTokenCookie(request, reply, 'pending', token)
  return showSecondPage(here, holder, 'strength')
}

/** The digest of the present purposes of the request. */
function consentDigest(interaction: interactions.Interaction): string {
  const asked = interactions.requestedScopes(interaction)
  return consents.purposesDigest(interaction.client.purposes.filter(({ scope }) => asked.some(one => one === scope)))
}

/** The consent is asked of the person of the provider's session, and of nobody else at this browser. */
async function showConsentPage({ openWork }: SignInHouse, here: PageContext, session: CitizenSession) {
  const { request, reply, frame, form, action, interaction } = here
  if (!interaction) throw new Error('a consent is to somebody')
  const { client } = interaction
  const asked = interactions.requestedScopes(interaction)
  const wanted = openedBy(asked)
  const { values, child, years } = await openWork({ ...asSystem('sign-in'), requestId: request.id }, async work => ({
    values: await getClaimValues(
      { ...work, by: { kind: 'citizen', id: session.personId } },
      subjectOfSession(session),
      wanted,
    ),
    child: session.childId ? (await register.getSummary(work, session.childId)).fullName : undefined,
    years: ruleOn(consentYears, work.today, work),
  }))
  const shown = asked.map((scope): ConsentItem => {
    const purpose = client.purposes.find(one => one.scope === scope)
    return {
      scope,
      what: titleOf(scope, frame.language),
      value: scopeValueText(scope, values, frame.language),
      why: purpose?.[frame.language] ?? '',
      optional: purpose?.optional ?? false,
    }
  })
  const until = dayText(
    consents.consentEnds(new Date(interaction.since), years).toISOString().slice(0, 10),
    frame.language,
  )
  return sendPage(
    reply,
    200,
    consentPage(frame, {
      form,
      action,
      party: clientNameIn(client, frame),
      items: shown,
      mark: consentDigest(interaction),
      until,
      child,
    }),
  )
}

async function showChildPage({ openWork }: SignInHouse, here: PageContext, session: CitizenSession) {
  const { request, reply, frame, form, asker, action } = here
  const { self, children } = await openWork({ ...asSystem('sign-in'), requestId: request.id }, async work => ({
    self: (await register.getSummary(work, session.personId)).fullName,
    children: await listChildren(work, session.personId),
  }))
  const choices = children.map(({ id, fullName, birthDate: { y, m, d } }) => ({
    id,
    name: fullName,
    born: [d, m, y]
      .filter(Boolean)
      .map(part => String(part).padStart(2, '0'))
      .join('/'),
  }))
  return sendPage(reply, 200, childPage(frame, { form, asker, action, self, children: choices }))
}

const isBusyError = (error: unknown) => error instanceof Problem && error.code === 'sign-in-busy'

async function submitPasscode(
  house: SignInHouse,
  here: PageContext,
  body: Record<string, string>,
  session: CitizenSession | undefined,
) {
  const { request, reply, frame, from, interaction, action } = here
  const number = (body['number'] ?? '').replace(/[\s.]/g, '')
  const forChild = body['for-child'] === 'yes'
  const entered = await steps
    .signInByPasscode(house.openWork, { number, passcode: body['passcode'] ?? '' }, from, {
      interaction,
      forChild,
      session,
    })
    .catch(error => (isBusyError(error) ? ({ outcome: 'busy' } as const) : Promise.reject(error)))
  if (entered.outcome === 'busy')
    return showSignInPage(here, { status: statusOf('passcodes of citizens'), number, wrong: frame.text('busy') })
  if (entered.outcome === 'slowed')
    return showSignInPage(here, {
      status: statusOf('tries of a passcode'),
      number,
      wrong: slowedText(here, entered.seconds),
    })
  if (entered.outcome === 'second') {
    setTokenCookie(request, reply, 'pending', entered.token)
    const [way] = secondFactors.secondFactorsOf(entered.holder)
    return sendCodeAndAsk(house, here, entered.holder, entered.why, way)
  }
  if (entered.outcome === 'signed-in') {
    setTokenCookie(request, reply, 'session', entered.token)
    return redirectOn(here, forChild ? withChild(action) : action)
  }
  await recordRefusal(house, here, entered.outcome === 'sandbox' ? 'sandbox-person' : 'sign-in-refused')
  return showSignInPage(here, { status: 400, number, wrong: frame.text(refusalTextKey[entered.outcome]) })
}

/** A passkey is possession and what unlocks it, so nothing more is asked. */
async function submitPasskey(
  house: SignInHouse,
  here: PageContext,
  body: Record<string, string>,
  session: CitizenSession | undefined,
) {
  const { request, reply, frame, from, interaction, action } = here
  const answer = { response: body['passkey'] ?? '', challenge: body['challenge'] ?? '', rp: relyingPartyOf(house) }
  const entered = await steps.signInByPasskey(house.openWork, answer, from, { interaction, forChild: false, session })
  if (entered.outcome === 'signed-in') {
    setTokenCookie(request, reply, 'session', entered.token)
    return redirectOn(here, body['for-child'] === 'yes' ? withChild(action) : action)
  }
  await recordRefusal(house, here, entered.outcome === 'sandbox' ? 'sandbox-person' : 'sign-in-refused')
  const wrong =
    entered.outcome === 'wrong'
      ? 'wrong-passkey'
      : entered.outcome in refusalTextKey
        ? refusalTextKey[entered.outcome as keyof typeof refusalTextKey]
        : 'wrong-passkey'
  return showSignInPage(here, { status: 400, wrong: frame.text(wrong) })
}

export const relyingPartyOf = ({ origin }: SignInHouse): accounts.RelyingParty => ({
  id: new URL(origin).hostname,
  origin,
  name: passkeySiteName,
})

const refusalTextKey = {
  wrong: 'wrong-sign-in',
  locked: 'locked',
  sandbox: 'sandbox',
  'not-activated': 'not-activated',
} as const

const withChild = (action: string) => `${action}${action.includes('?') ? '&' : '?'}child=yes`

/** A party's engineer sees that a sign-in was refused, and nothing about the person. */
async function recordRefusal(
  { openWork }: SignInHouse,
  { interaction, request }: PageContext,
  check: 'sandbox-person' | 'sign-in-refused',
) {
  if (!interaction) return
  await openWork({ ...asSystem('sign-in', 'none'), requestId: request.id }, work =>
    parties.recordFlight(work, {
      requestId: request.id,
      clientId: interaction.client.clientId,
      endpoint: 'sign-in',
      outcome: 'failed',
      check,
    }),
  )
}

async function submitCode(
  house: SignInHouse,
  here: PageContext,
  body: Record<string, string>,
  session: CitizenSession | undefined,
) {
  const { request, reply, frame, from, action } = here
  const token = tokenOfRequest(request, 'pending')
  const at = await steps.findSecondStep(house.openWork, token, request.id)
  if (!at || !token) return showSignInPage(here)
  const way = (['sms', 'totp', 'recovery-code'] as const).find(one => one === body['way'])
  if (!way) return showSecondPage(here, at.holder, at.pending.why)
  if (body['step'] === 'way') return sendCodeAndAsk(house, here, at.holder, at.pending.why, way)
  const typed = (body['code'] ?? '').replace(/\s/g, '')
  const since = here.interaction && interactions.factorsCountSince(here.interaction)
  const confirmed = await steps.confirmSecondFactor(house.openWork, { token, way, code: typed, since }, from, session)
  if (confirmed.outcome === 'signed-in') {
    clearTokenCookie(request, reply, 'pending')
    setTokenCookie(request, reply, 'session', confirmed.token)
    return redirectOn(here, at.pending.forChild ? withChild(action) : action)
  }
  if (confirmed.outcome === 'gone') return showSignInPage(here)
  await recordRefusal(house, here, 'sign-in-refused')
  const wrong =
    confirmed.outcome === 'over' ? 'code-over' : confirmed.outcome === 'slowed' ? 'slowed-some' : 'wrong-code'
  return showSecondPage(here, at.holder, at.pending.why, {
    status: confirmed.outcome === 'slowed' ? statusOf('tries of a second factor') : 400,
    way,
    wrong: frame.text(wrong),
  })
}

async function submitChild(
  { openWork }: SignInHouse,
  here: PageContext,
  body: Record<string, string>,
  session: CitizenSession,
) {
  const { request, reply, action } = here
  const asked = body['child'] ?? ''
  const childId = isId(asked) ? asId<'person'>(asked) : null
  const may =
    !childId ||
    (await openWork({ ...asSystem('sign-in'), requestId: request.id }, work =>
      findChild(work, session.personId, childId),
    ))
  if (!may) return reply.redirect(withChild(action), 303)
  const turned = await inSignInScope(openWork, request.id, work => sessions.switchSubject(work, session, childId))
  setTokenCookie(request, reply, 'session', turned.token)
  return redirectOn(here, action)
}

async function submitConsent(
  house: SignInHouse,
  here: PageContext,
  body: Record<string, string>,
  session: CitizenSession,
) {
  const { request, reply, serving, interaction, action } = here
  // A consent is only given in the interaction that asked for it, which knows whose it is.
  if (interaction?.prompt !== 'consent') return reply.redirect(action, 303)
  // A new version of the client came into force while the person read.
  if (body['answer'] === 'yes' && body['shown'] !== consentDigest(interaction))
    return showConsentPage(house, here, session)
  const asked = interactions.requestedScopes(interaction)
  const isOptional = (scope: ClaimScope) =>
    interaction.client.purposes.find(one => one.scope === scope)?.optional ?? false
  const granted = asked.filter(scope => !isOptional(scope) || body[`see-${scope}`] === 'yes')
  const next = await interactions.inProviderExchange(house.openWork, request, () =>
    body['answer'] === 'yes'
      ? interactions.finishConsent(serving, request, reply, interaction, {
          granted,
          refused: asked.filter(scope => !granted.includes(scope)),
        })
      : interactions.abortInteraction(serving, request, reply, interaction),
  )
  return redirectOn(here, next)
}

async function leaveSignIn(house: SignInHouse, here: PageContext) {
  const { request, reply, serving, interaction } = here
  if (!interaction) return reply.redirect('/', 303)
  const next = await interactions.inProviderExchange(house.openWork, request, () =>
    interactions.abortInteraction(serving, request, reply, interaction),
  )
  return redirectOn(here, next)
}

/**
 * The person of the interaction must be the one of this browser's session, or they would give another person's consent.
 */
const isOfSession = ({ interaction }: PageContext, session: CitizenSession) =>
  interaction?.prompt !== 'consent' || interaction.accountId === interactions.providerAccountId(session)

export async function showInteraction(house: SignInHouse, request: SignInPageRequest, reply: FastifyReply) {
  const here = await pageContextOf(house, request, reply)
  if (!here) return interactionGonePage(house, request, reply)
  const who = await steps.findSignedInCaller(house.openWork, request)
  if (!who || !isOfSession(here, who.session)) return showSignInPage(here)
  if (request.query.child === 'yes') return showChildPage(house, here, who.session)
  return continueInteraction(house, here, who.session, who.standing)
}

export async function submitInteraction(house: SignInHouse, request: SignInFormRequest, reply: FastifyReply) {
  refuseForeignForm(request, request.body['form'])
  const here = await pageContextOf(house, request as SignInPageRequest, reply)
  if (!here) return interactionGonePage(house, request as SignInPageRequest, reply)
  const { body } = request
  const who = await steps.findSignedInCaller(house.openWork, request)
  if (body['step'] === 'leave') return leaveSignIn(house, here)
  if (body['step'] === 'passcode') return submitPasscode(house, here, body, who?.session)
  if (body['step'] === 'passkey') return submitPasskey(house, here, body, who?.session)
  if (body['step'] === 'code' || body['step'] === 'way') return submitCode(house, here, body, who?.session)
  if (body['step'] === 'start') {
    clearTokenCookie(request, reply, 'pending')
    return showSignInPage(here)
  }
  if (!who || !isOfSession(here, who.session)) return showSignInPage(here)
  if (body['step'] === 'child') return submitChild(house, here, body, who.session)
  if (body['step'] === 'consent') return submitConsent(house, here, body, who.session)
  return continueInteraction(house, here, who.session, who.standing)
}
