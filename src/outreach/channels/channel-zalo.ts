import { createHash, timingSafeEqual } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { now } from '../../platform/clock.ts'
import {
  type Channel,
  type DeliveryReply,
  type FollowChange,
  type GatewayReceipt,
  isGatewayId,
  type ReceiptRequest,
} from './channel.ts'
import { fillMarks, parsedAnswer, valueAt } from './http-form.ts'
import { askGateway } from './http-post.ts'

/**
 * Zalo's notification service (ZNS) by an official account: templates that Zalo approved, filled with facts, to a
 * phone, whether or not its owner follows the account. By its published interface as programs of others use it (POST
 * business.openapi.zalo.me/message/template, POST oauth.zaloapp.com/v4/oa/access_token; looked up 2026-11-30), not
 * tried against the real one: medium confidence.
 */

const Text = Type.String({ minLength: 1, maxLength: 500 })
export const ZaloForm = Type.Object(
  {
    appId: Text,
    window: Type.Integer({ minimum: 1, maximum: 100 }),
    /** What a message costs, in đồng. */
    price: Type.Integer({ minimum: 0, maximum: 100_000 }),
    sendUrl: Type.Optional(Type.String({ pattern: '^https?://' })),
    tokenUrl: Type.Optional(Type.String({ pattern: '^https?://' })),
    /** Which of Zalo's templates says what one of ours does, and its parameters: text with marks `{{fact}}`. */
    templates: Type.Record(
      Type.String(),
      Type.Object({ id: Text, data: Type.Record(Type.String(), Text) }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
)
export type ZaloForm = Static<typeof ZaloForm>
/** `refreshToken` is the first one, from Zalo's own page; later ones are kept sealed. */
export type ZaloSecrets = { readonly appSecret: string; readonly oaSecret: string; readonly refreshToken: string }

export type ZaloToken = { readonly access: string; readonly refresh: string; readonly until: string }
/** Where the token is kept: `renew` runs for one process at a time, and what it gives is kept before it is used. */
export type ZaloTokens = {
  readonly current: (
    renew: (held: ZaloToken | undefined) => Promise<ZaloToken | undefined>,
  ) => Promise<string | undefined>
}

export function zaloFormOf(text: string): ZaloForm | { readonly wrong: string } {
  try {
    const value: unknown = JSON.parse(text)
    if (Value.Check(ZaloForm, value)) return value
    return { wrong: `be right at ${Value.Errors(ZaloForm, value)[0]?.instancePath || 'its beginning'}` }
  } catch {
    return { wrong: 'be JSON' }
  }
}

const urls = {
  send: 'https://business.openapi.zalo.me/message/template',
  token: 'https://oauth.zaloapp.com/v4/oa/access_token',
} as const

/**
 * Errors of a send. Refused for good of this phone: it has no Zalo, or its owner refuses. The token is renewed; quotas
 * and money come back. Whatever is not named here is unknown.
 */
const refusals = new Set(['-108', '-114', '-118', '-119', '-139', '-140', '-141'])
const later: Readonly<Record<string, string>> = {
  '-115': 'no-money',
  '-126': 'no-money',
  '-144': 'quota',
  '-147': 'quota',
  '-131': 'template',
  '-132': 'template',
  '-137': 'no-money',
}
const staleToken = new Set(['-124', '-216'])

/** A token is renewed so long before its end. */
const aheadMilliseconds = 5 * 60_000

export function zaloChannel(form: ZaloForm, secrets: ZaloSecrets, tokens: ZaloTokens): Channel {
  /** Asks for a new pair; the refresh token that was given is worth nothing afterwards. */
  async function renewed(held: ZaloToken | undefined): Promise<ZaloToken | undefined> {
    const refresh = held?.refresh ?? secrets.refreshToken
    const met = await askGateway({
      method: 'POST',
      url: form.tokenUrl ?? urls.token,
      headers: { 'content-type': 'application/x-www-form-urlencoded', secret_key: secrets.appSecret },
      body: new URLSearchParams({ refresh_token: refresh, app_id: form.appId, grant_type: 'refresh_token' }).toString(),
    })
    if (met.kind !== 'answered') return undefined
    const value = parsedAnswer(met.text)
    const [access, next, seconds] = ['access_token', 'refresh_token', 'expires_in'].map(name => valueAt(value, name))
    if (!access || !next) return undefined
    const lives = Number(seconds)
    const until = new Date(now().getTime() + (lives > 0 ? lives : 3600) * 1000)
    return { access, refresh: next, until: until.toISOString() }
  }

  /** The access token; `stale` is one that Zalo no longer takes. */
  const accessToken = (stale?: string) =>
    tokens.current(async held =>
      held && held.access !== stale && Date.parse(held.until) - aheadMilliseconds > now().getTime()
        ? held
        : renewed(held),
    )

  async function post(letter: Parameters<Channel['send']>[0], token: string) {
    const template = form.templates[letter.template]
    if (!template) return undefined
    const data = Object.fromEntries(
      Object.entries(template.data).map(([name, text]) => [
        name,
        fillMarks(text, { ...letter.facts, text: letter.text }),
      ]),
    )
    return askGateway({
      method: 'POST',
      url: form.sendUrl ?? urls.send,
      headers: { 'content-type': 'application/json', access_token: token },
      body: JSON.stringify({
        phone: letter.to.replace(/^\+/, ''),
        template_id: template.id,
        template_data: data,
        tracking_id: letter.id,
      }),
    })
  }

  async function send(letter: Parameters<Channel['send']>[0], stale?: string): Promise<DeliveryReply> {
    if (!form.templates[letter.template]) return { outcome: 'refused', code: 'no-template' }
    const token = await accessToken(stale)
    if (!token) return { outcome: 'deferred', code: 'sign-in' }
    const met = await post(letter, token)
    if (!met || met.kind === 'no-answer') return { outcome: 'unknown', code: 'no-answer' }
    if (met.kind === 'unsent') return { outcome: 'deferred', code: met.code }
    if (met.kind === 'busy') return { outcome: 'deferred', code: 'throttled', pauseSeconds: 30 }
    const value = parsedAnswer(met.text)
    const error = valueAt(value, 'error') ?? ''
    if (error === '0') {
      const id = valueAt(value, 'data.msg_id') ?? valueAt(value, 'data.message_id')
      return { outcome: 'accepted', ...(isGatewayId(id) && { gatewayIds: [id] }) }
    }
    if (staleToken.has(error))
      return stale === undefined ? send(letter, token) : { outcome: 'deferred', code: 'sign-in' }
    if (refusals.has(error)) return { outcome: 'refused', code: error }
    return error in later
      ? { outcome: 'deferred', code: later[error] ?? error }
      : { outcome: 'unknown', code: error.slice(0, 20) || `http ${met.status}` }
  }

  return {
    name: 'zalo',
    rings: true,
    window: form.window,
    fareOf: () => ({ parts: 1, price: form.price }),
    send: letter => send(letter),
    readReceipts: request => zaloReceipts(form, secrets, request),
    readFollows: request => zaloFollows(form, secrets, request),
    check: async () => ((await accessToken()) ? 'yes' : 'sign-in'),
  }
}

/**
 * An event of Zalo's webhook, believed where X-ZEvent-Signature is the hash of application, body, timestamp and the
 * secret of the account.
 */
function eventOf({ appId }: ZaloForm, { oaSecret }: ZaloSecrets, { headers, body }: ReceiptRequest): unknown {
  const value = parsedAnswer(body)
  const right = createHash('sha256')
    .update(`${appId}${body}${valueAt(value, 'timestamp') ?? ''}${oaSecret}`)
    .digest()
  const given = Buffer.from(String(headers['x-zevent-signature'] ?? '').replace(/^mac=/, ''), 'hex')
  return oaSecret !== '' && given.length === right.length && timingSafeEqual(given, right) ? value : undefined
}

/** Receipts by webhook. That a message was received is all that is told. */
export function zaloReceipts(
  form: ZaloForm,
  secrets: ZaloSecrets,
  request: ReceiptRequest,
): GatewayReceipt[] | undefined {
  const event = eventOf(form, secrets, request)
  if (event === undefined) return undefined
  if (valueAt(event, 'event_name') !== 'user_received_message') return []
  const gatewayId = valueAt(event, 'message.msg_id')
  return isGatewayId(gatewayId) ? [{ gatewayId, receipt: 'delivered' }] : []
}

/**
 * Who follows the account: the events follow and unfollow name a follower, and user_submit_info the phone that a
 * follower gave to the account on its own form. Nothing else ties a follower to a phone.
 */
export function zaloFollows(form: ZaloForm, secrets: ZaloSecrets, request: ReceiptRequest): FollowChange[] {
  const event = eventOf(form, secrets, request)
  const name = valueAt(event, 'event_name')
  const at = new Date(Number(valueAt(event, 'timestamp')))
  const id = valueAt(event, 'follower.id') ?? valueAt(event, 'sender.id')
  if (!id || Number.isNaN(at.getTime())) return []
  const follower = createHash('sha256').update(id).digest()
  if (name === 'follow' || name === 'unfollow') return [{ follower, follows: name === 'follow', at }]
  const givenPhone = name === 'user_submit_info' ? valueAt(event, 'info.phone') : undefined
  return givenPhone ? [{ follower, givenPhone, at }] : []
}
