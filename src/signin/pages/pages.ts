/**
 * Pages: sign-in and consent, step by step. Every page works without script.
 * Input: a browser at a relying party's interaction (interaction.ts), or at the person's own wish, and its forms.
 * Decided: what is still missing: identification, a second factor, a level, for whom they act, their consent.
 * Output: the next page, or the redirect to the party. Sessions and consents record the deeds.
 */

import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import * as accounts from '../../accounts/accounts.ts'
import * as parties from '../../parties/parties.ts'
import { deviceOf, formToken, refuseForeignForm } from '../../platform/http/csrf.ts'
import { asId, isId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { asSystem, type OpenWork } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { sendPage } from '../../staff/staff.ts'
import { openedBy, type Scope, valuesOf } from '../consents/claims.ts'
import * as consents from '../consents/consents.ts'
import { type Frame, frameOf } from '../page-frame.ts'
import { leftPage, onwardPage } from '../provider/pages.ts'
import { type ProviderDesk, pathOf, type Serving } from '../provider/provider-holder.ts'
import { type Session, strength, subjectOf } from '../session.ts'
import { childOf, childrenOf, type Standing } from '../sessions/account-status.ts'
import { dropToken, keepToken, tokenOf } from '../sessions/cookie.ts'
import * as pending from '../sessions/pending.ts'
import * as sessions from '../sessions/sessions.ts'
import * as steps from '../sessions/steps.ts'
import { atTheDoor } from '../sign-in-scope.ts'
import { consentPage, type Shown } from './consent.ts'
import * as interactions from './interaction.ts'
import { dayShown, shownValue, titleOf } from './shown-values.ts'
import { type Asker, childPage, levelPage, secondPage, signInPage, type WhyAnew } from './sign-in.ts'

export type SignInHouse = {
  readonly openWork: OpenWork
  readonly origin: string
  readonly desk: ProviderDesk
  readonly isDemonstration: () => boolean
}

export type Asked = FastifyRequest<{
  Params: { uid?: string }
  Querystring: { return?: string; child?: string; strength?: string }
}>
export const Form = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 8_000 }))
export type Posted = FastifyRequest<{
  Params: { uid?: string }
  Querystring: { return?: string }
  Body: Static<typeof Form> & { form: string }
}>

/** The context of a page: a relying party's interaction, or the person's own sign-in. */
type Here = {
  readonly request: Asked
  readonly reply: FastifyReply
  readonly serving: Serving
  readonly action: string
  readonly interaction?: interactions.Interaction | undefined
  readonly asker?: Asker | undefined
  readonly frame: Frame
  readonly form: string
  readonly from: steps.From
}

/** A path within this installation to continue at. */
const placeIn = (asked: string | undefined) =>
  asked && /^\/(?![/\\])[\x21-\x7e]*$/.test(asked) && !asked.includes('\\') && !asked.startsWith('/account/sign-in')
    ? asked
    : '/citizen/'

/**
 * Continues after a form, maybe at the relying party, by a page that redirects: browsers apply form-action (CSP Level
 * 3) to all redirects of a form, which may only lead to this installation.
 */
function leadOn({ reply, frame, interaction }: Here, next: string) {
  if (!interaction) return reply.redirect(next, 303)
  return sendPage(reply.header('refresh', `0;url=${next}`), 200, onwardPage(frame, next))
}

const inTwoLanguages = ({ partyName }: parties.Client, frame: Frame) => partyName[frame.language]

async function hereAt(house: SignInHouse, request: Asked, reply: FastifyReply): Promise<Here | undefined> {
  const serving = await house.desk.current()
  const device = deviceOf(request, reply)
  const interaction = request.params.uid
    ? await interactions.withProvider(house.openWork, request, () =>
        interactions.find(serving, house.openWork, request, reply),
      )
    : undefined
  if (request.params.uid && !interaction) return undefined
  const frame = frameOf(request, { demonstration: house.isDemonstration(), wanted: interaction?.params['ui_locales'] })
  const { strength } = request.query
  const own = new URLSearchParams({ return: placeIn(request.query.return), ...(strength === '2' && { strength }) })
  return {
    request,
    reply,
    serving,
    action: interaction ? pathOf(interaction.uid) : `/account/sign-in?${own}`,
    interaction,
    asker: interaction && {
      name: inTwoLanguages(interaction.client, frame),
      level: interaction.asksFor,
      sandbox: interaction.client.sandbox,
    },
    frame,
    form: formToken(device),
    from: { device, address: request.ip, browser: request.headers['user-agent'] ?? '', requestId: request.id },
  }
}

const isOver = (house: SignInHouse, request: Asked, reply: FastifyReply) =>
  sendPage(reply, 400, leftPage(frameOf(request, { demonstration: house.isDemonstration() }), request.id))

/** The part of a pushed login hint that fits the number field. */
const hinted = ({ interaction }: Here) => {
  const hint = interaction?.params['login_hint']
  return typeof hint === 'string' && /^\d{12}$/.test(hint) ? hint : undefined
}

type More = { readonly status?: number; readonly wrong?: string; readonly number?: string; readonly why?: WhyAnew }

function askSignIn(here: Here, { status = 200, wrong, number, why }: More = {}) {
  const { reply, frame, form, asker, action } = here
  return sendPage(reply, status, signInPage(frame, { form, asker, action, number: number ?? hinted(here), wrong, why }))
}

type AtSecond = {
  readonly status?: number
  readonly way?: steps.Way | undefined
  readonly wrong?: string
  readonly sent?: boolean
}

function askSecond(
  here: Here,
  holder: accounts.Holder,
  why: pending.Pending['why'],
  { status = 200, way, wrong, sent = false }: AtSecond = {},
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
      ways: steps.waysOf(holder),
      way,
      phone: holder.factors.phone,
      ...(wrong && { wrong }),
      sent,
    }),
  )
}

const slowed = ({ frame: { say } }: Here, seconds: number) =>
  `${say('slowed-before')} ${seconds} ${say('slowed-after')}`

/** Asks for the code of a second factor, and sends it if it is a message. */
async function askCode(
  { openWork }: SignInHouse,
  here: Here,
  holder: accounts.Holder,
  why: pending.Pending['why'],
  way: steps.Way | undefined,
) {
  if (way !== 'sms') return askSecond(here, holder, why, { way })
  const sent = await openWork({ ...asSystem('sign-in'), requestId: here.request.id }, work =>
    accounts.sendCode(work, holder, 'sign-in', { address: here.from.address }),
  )
  const { say } = here.frame
  if (sent.outcome === 'sent') return askSecond(here, holder, why, { way, sent: true })
  if (sent.outcome === 'slowed')
    return askSecond(here, holder, why, {
      status: 429,
      way,
      wrong: `${say('sms-wait-before')} ${sent.seconds} ${say('sms-wait-after')}`,
    })
  return askSecond(here, holder, why, { status: 409, wrong: say('no-phone') })
}

/** Continues with the signed-in person: to what the interaction still lacks, to the consent, or back to the party. */
async function goOn(house: SignInHouse, here: Here, session: Session, now: Standing): Promise<FastifyReply> {
  const { request, reply, serving, interaction, frame, form, action, asker } = here
  if (!interaction && request.query.strength === '2' && strength(session) < 2) return askStronger(house, here, session)
  if (!interaction) return reply.redirect(placeIn(request.query.return), 303)
  if (interaction.prompt === 'consent') return askConsent(house, here, session)
  const [open] = interactions.openChecks(interaction, session, now)
  if (open === 'another') return askAnother(house, here, session)
  if (open === 'again') return askSignIn(here, { why: 'again' })
  if (open === 'level' && asker) return sendPage(reply, 200, levelPage(frame, { form, asker, action }))
  if (open === 'strength') return askStronger(house, here, session)
  const next = await interactions.withProvider(house.openWork, request, () =>
    interactions.signedIn(serving, request, reply, interaction, session, now),
  )
  return request.method === 'POST' ? leadOn(here, next) : reply.redirect(next, 303)
}

/** The party requests another subject: the person themselves instead of a child, or another account. */
const askAnother = (house: SignInHouse, here: Here, session: Session) =>
  session.childId && here.interaction && interactions.isMeant(here.interaction, { ...session, childId: undefined })
    ? askChild(house, here, session)
    : askSignIn(here, { why: 'another' })

/** Asks for the factors that the session lacks; proved ones are not repeated. */
async function askStronger({ openWork }: SignInHouse, here: Here, session: Session) {
  const { request, reply } = here
  const subject = { personId: session.personId, accountId: session.accountId }
  const holder = await openWork({ ...asSystem('sign-in'), requestId: request.id }, work =>
    accounts.getHolder(work, subject),
  )
  if (!holder) return askSignIn(here, { why: 'again' })
  const token = await atTheDoor(openWork, request.id, work =>
    pending.keep(work, { subject, factors: [], why: 'strength', forChild: false }),
  )
  keepToken(request, reply, 'pending', token)
  return askSecond(here, holder, 'strength')
}

/** The digest of the present purposes of the request. */
function markOf(interaction: interactions.Interaction): string {
  const asked = interactions.scopesAsked(interaction)
  return consents.markOf(interaction.client.purposes.filter(({ scope }) => asked.some(one => one === scope)))
}

/** The consent is asked of the person of the provider's session, and of nobody else at this browser. */
async function askConsent({ openWork }: SignInHouse, here: Here, session: Session) {
  const { request, reply, frame, form, action, interaction } = here
  if (!interaction) throw new Error('a consent is to somebody')
  const { client } = interaction
  const asked = interactions.scopesAsked(interaction)
  const wanted = openedBy(asked)
  const { values, child } = await openWork({ ...asSystem('sign-in'), requestId: request.id }, async work => ({
    values: await valuesOf({ ...work, by: { kind: 'citizen', id: session.personId } }, subjectOf(session), wanted),
    child: session.childId ? (await register.getSummary(work, session.childId)).fullName : undefined,
  }))
  const shown = asked.map((scope): Shown => {
    const purpose = client.purposes.find(one => one.scope === scope)
    return {
      scope,
      what: titleOf(scope, frame.language),
      value: shownValue(scope, values, frame.language),
      why: purpose?.[frame.language] ?? '',
      optional: purpose?.optional ?? false,
    }
  })
  const until = dayShown(consents.consentEnds(new Date(interaction.since)).toISOString().slice(0, 10))
  return sendPage(
    reply,
    200,
    consentPage(frame, {
      form,
      action,
      party: inTwoLanguages(client, frame),
      shown,
      mark: markOf(interaction),
      until,
      child,
    }),
  )
}

async function askChild({ openWork }: SignInHouse, here: Here, session: Session) {
  const { request, reply, frame, form, asker, action } = here
  const { self, children } = await openWork({ ...asSystem('sign-in'), requestId: request.id }, async work => ({
    self: (await register.getSummary(work, session.personId)).fullName,
    children: await childrenOf(work, session.personId),
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

const isBusy = (error: unknown) => error instanceof Problem && error.code === 'sign-in-busy'

async function passcode(house: SignInHouse, here: Here, body: Record<string, string>, session: Session | undefined) {
  const { request, reply, frame, from, interaction, action } = here
  const number = (body['number'] ?? '').replace(/[\s.]/g, '')
  const forChild = body['for-child'] === 'yes'
  const entered = await steps
    .enter(house.openWork, { number, passcode: body['passcode'] ?? '' }, from, { interaction, forChild, session })
    .catch(error => (isBusy(error) ? ({ outcome: 'busy' } as const) : Promise.reject(error)))
  if (entered.outcome === 'busy') return askSignIn(here, { status: 503, number, wrong: frame.say('busy') })
  if (entered.outcome === 'slowed')
    return askSignIn(here, { status: 429, number, wrong: slowed(here, entered.seconds) })
  if (entered.outcome === 'second') {
    keepToken(request, reply, 'pending', entered.token)
    const [way] = steps.waysOf(entered.holder)
    return askCode(house, here, entered.holder, entered.why, way)
  }
  if (entered.outcome === 'signed-in') {
    keepToken(request, reply, 'session', entered.token)
    return leadOn(here, forChild ? withChild(action) : action)
  }
  await refused(house, here, entered.outcome === 'sandbox' ? 'sandbox-person' : 'sign-in-refused')
  return askSignIn(here, { status: 400, number, wrong: frame.say(whyNot[entered.outcome]) })
}

/** A passkey is possession and what unlocks it, so nothing more is asked. */
async function passkey(house: SignInHouse, here: Here, body: Record<string, string>, session: Session | undefined) {
  const { request, reply, frame, from, interaction, action } = here
  const answer = { response: body['passkey'] ?? '', challenge: body['challenge'] ?? '', rp: rpOf(house) }
  const entered = await steps.enterByPasskey(house.openWork, answer, from, { interaction, forChild: false, session })
  if (entered.outcome === 'signed-in') {
    keepToken(request, reply, 'session', entered.token)
    return leadOn(here, body['for-child'] === 'yes' ? withChild(action) : action)
  }
  await refused(house, here, entered.outcome === 'sandbox' ? 'sandbox-person' : 'sign-in-refused')
  const wrong =
    entered.outcome === 'wrong'
      ? 'wrong-passkey'
      : entered.outcome in whyNot
        ? whyNot[entered.outcome as keyof typeof whyNot]
        : 'wrong-passkey'
  return askSignIn(here, { status: 400, wrong: frame.say(wrong) })
}

export const rpOf = ({ origin }: SignInHouse): accounts.Rp => ({
  id: new URL(origin).hostname,
  origin,
  name: 'Định danh',
})

const whyNot = {
  wrong: 'wrong-sign-in',
  locked: 'locked',
  sandbox: 'sandbox',
  'not-activated': 'not-activated',
} as const

const withChild = (action: string) => `${action}${action.includes('?') ? '&' : '?'}child=yes`

/** A party's engineer sees that a sign-in was refused, and nothing about the person. */
async function refused(
  { openWork }: SignInHouse,
  { interaction, request }: Here,
  check: 'sandbox-person' | 'sign-in-refused',
) {
  if (!interaction) return
  await openWork({ ...asSystem('sign-in', 'none'), requestId: request.id }, work =>
    parties.noteFlight(work, {
      requestId: request.id,
      clientId: interaction.client.clientId,
      endpoint: 'sign-in',
      outcome: 'failed',
      check,
    }),
  )
}

async function code(house: SignInHouse, here: Here, body: Record<string, string>, session: Session | undefined) {
  const { request, reply, frame, from, action } = here
  const token = tokenOf(request, 'pending')
  const at = await steps.atSecond(house.openWork, token, request.id)
  if (!at || !token) return askSignIn(here)
  const way = (['sms', 'totp', 'recovery-code'] as const).find(one => one === body['way'])
  if (!way) return askSecond(here, at.holder, at.pending.why)
  if (body['step'] === 'way') return askCode(house, here, at.holder, at.pending.why, way)
  const typed = (body['code'] ?? '').replace(/\s/g, '')
  const since = here.interaction && interactions.countsSince(here.interaction)
  const confirmed = await steps.confirm(house.openWork, { token, way, code: typed, since }, from, session)
  if (confirmed.outcome === 'signed-in') {
    dropToken(request, reply, 'pending')
    keepToken(request, reply, 'session', confirmed.token)
    return leadOn(here, at.pending.forChild ? withChild(action) : action)
  }
  if (confirmed.outcome === 'gone') return askSignIn(here)
  await refused(house, here, 'sign-in-refused')
  const wrong =
    confirmed.outcome === 'over' ? 'code-over' : confirmed.outcome === 'slowed' ? 'slowed-some' : 'wrong-code'
  return askSecond(here, at.holder, at.pending.why, {
    status: confirmed.outcome === 'slowed' ? 429 : 400,
    way,
    wrong: frame.say(wrong),
  })
}

async function child({ openWork }: SignInHouse, here: Here, body: Record<string, string>, session: Session) {
  const { request, reply, action } = here
  const asked = body['child'] ?? ''
  const childId = isId(asked) ? asId<'person'>(asked) : null
  const may =
    !childId ||
    (await openWork({ ...asSystem('sign-in'), requestId: request.id }, work =>
      childOf(work, session.personId, childId),
    ))
  if (!may) return reply.redirect(withChild(action), 303)
  const turned = await atTheDoor(openWork, request.id, work => sessions.turnTo(work, session, childId))
  keepToken(request, reply, 'session', turned.token)
  return leadOn(here, action)
}

async function consent(house: SignInHouse, here: Here, body: Record<string, string>, session: Session) {
  const { request, reply, serving, interaction, action } = here
  // A consent is only given in the interaction that asked for it, which knows whose it is.
  if (interaction?.prompt !== 'consent') return reply.redirect(action, 303)
  // A new version of the client came into force while the person read.
  if (body['answer'] === 'yes' && body['shown'] !== markOf(interaction)) return askConsent(house, here, session)
  const asked = interactions.scopesAsked(interaction)
  const isOptional = (scope: Scope) => interaction.client.purposes.find(one => one.scope === scope)?.optional ?? false
  const granted = asked.filter(scope => !isOptional(scope) || body[`see-${scope}`] === 'yes')
  const next = await interactions.withProvider(house.openWork, request, () =>
    body['answer'] === 'yes'
      ? interactions.consented(serving, request, reply, interaction, {
          granted,
          refused: asked.filter(scope => !granted.includes(scope)),
        })
      : interactions.left(serving, request, reply, interaction),
  )
  return leadOn(here, next)
}

async function leave(house: SignInHouse, here: Here) {
  const { request, reply, serving, interaction } = here
  if (!interaction) return reply.redirect('/', 303)
  const next = await interactions.withProvider(house.openWork, request, () =>
    interactions.left(serving, request, reply, interaction),
  )
  return leadOn(here, next)
}

/**
 * The person of the interaction must be the one of this browser's session, or they would give another person's consent.
 */
const isOfSession = ({ interaction }: Here, session: Session) =>
  interaction?.prompt !== 'consent' || interaction.accountId === interactions.accountIdOf(session)

export async function show(house: SignInHouse, request: Asked, reply: FastifyReply) {
  const here = await hereAt(house, request, reply)
  if (!here) return isOver(house, request, reply)
  const who = await steps.whoIs(house.openWork, tokenOf(request, 'session'), request.id)
  if (!who || !isOfSession(here, who.session)) return askSignIn(here)
  if (request.query.child === 'yes') return askChild(house, here, who.session)
  return goOn(house, here, who.session, who.standing)
}

export async function take(house: SignInHouse, request: Posted, reply: FastifyReply) {
  refuseForeignForm(request, request.body.form)
  const here = await hereAt(house, request as Asked, reply)
  if (!here) return isOver(house, request as Asked, reply)
  const { body } = request
  const who = await steps.whoIs(house.openWork, tokenOf(request, 'session'), request.id)
  if (body['step'] === 'leave') return leave(house, here)
  if (body['step'] === 'passcode') return passcode(house, here, body, who?.session)
  if (body['step'] === 'passkey') return passkey(house, here, body, who?.session)
  if (body['step'] === 'code' || body['step'] === 'way') return code(house, here, body, who?.session)
  if (body['step'] === 'start') {
    dropToken(request, reply, 'pending')
    return askSignIn(here)
  }
  if (!who || !isOfSession(here, who.session)) return askSignIn(here)
  if (body['step'] === 'child') return child(house, here, body, who.session)
  if (body['step'] === 'consent') return consent(house, here, body, who.session)
  return goOn(house, here, who.session, who.standing)
}
