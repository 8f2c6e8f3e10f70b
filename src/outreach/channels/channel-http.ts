import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import {
  type Channel,
  type ChannelMessage,
  type DeliveryReply,
  type GatewayReceipt,
  isGatewayId,
  type ReceiptRequest,
} from './channel.ts'
import { fillJson, fillMarks, type HttpForm, type Marks, parsedAnswer, says, valueAt } from './http-form.ts'
import { askGateway, type HttpAnswer, type HttpRequest } from './http-post.ts'
import { partsOf } from './text-parts.ts'

/** A gateway over HTTP, as an operator describes it (http-form.ts). Codes that the form does not name are unknown. */

export type HttpSecrets = Readonly<Record<string, string>>

const secretMarks = (secrets: HttpSecrets): Marks =>
  Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`secret.${name}`, value]))

type Signature = NonNullable<HttpForm['send']['signature']>

function signatureOf({ over, key, algorithm, encoding }: Signature, marks: Marks): string {
  const signed = fillMarks(over, marks)
  return key === undefined
    ? createHash(algorithm).update(signed).digest(encoding)
    : createHmac(algorithm, fillMarks(key, marks)).update(signed).digest(encoding)
}

function requestOf({ send }: HttpForm, letter: ChannelMessage, secrets: HttpSecrets): HttpRequest {
  const plain = letter.to.replace(/^\+/, '')
  const marks: Marks = {
    ...secretMarks(secrets),
    to: letter.to,
    'to.plain': plain,
    'to.national': plain.replace(/^84/, '0'),
    text: letter.text,
    id: letter.id,
  }
  const body =
    send.json !== undefined
      ? JSON.stringify(fillJson(send.json, marks))
      : send.form &&
        new URLSearchParams(
          Object.entries(send.form).map(([name, value]): [string, string] => [name, fillMarks(value, marks)]),
        ).toString()
  const withBody = { ...marks, body: body ?? '' }
  const type = send.json !== undefined ? 'application/json' : 'application/x-www-form-urlencoded'
  return {
    method: send.method,
    url: fillMarks(send.url, marks, encodeURIComponent),
    headers: {
      ...(body !== undefined && { 'content-type': type }),
      ...Object.fromEntries(Object.entries(send.headers).map(([name, value]) => [name, fillMarks(value, withBody)])),
      ...(send.signature && { [send.signature.header]: signatureOf(send.signature, withBody) }),
    },
    body,
  }
}

const shortCode = (text: string | undefined) => (text ?? '').replace(/[^\w.-]/g, '').slice(0, 30)

/**
 * What an answer means, by the form. One that says nothing of what the form knows is unknown: it may have been taken.
 */
export function replyOf({ answer }: HttpForm, met: HttpAnswer): DeliveryReply {
  if (met.kind === 'unsent') return { outcome: 'deferred', code: met.code }
  if (met.kind === 'busy') return { outcome: 'deferred', code: 'throttled', pauseSeconds: 30 }
  if (met.kind === 'no-answer') return { outcome: 'unknown', code: 'no-answer' }
  const value = parsedAnswer(met.text)
  const code = shortCode(valueAt(value, answer.taken.at)) || `http ${met.status}`
  if (says(value, answer.taken)) {
    const id = answer.messageId && valueAt(value, answer.messageId)
    return { outcome: 'accepted', ...(isGatewayId(id) && { gatewayIds: [id] }) }
  }
  const codeOf = (said: { readonly at: string } | undefined) => shortCode(said && valueAt(value, said.at)) || code
  if (says(value, answer.refused)) return { outcome: 'refused', code: codeOf(answer.refused) }
  if (says(value, answer.busy)) return { outcome: 'deferred', code: 'throttled', pauseSeconds: 30 }
  if (says(value, answer.later)) return { outcome: 'deferred', code: codeOf(answer.later) }
  // Whoever did not let us in has taken nothing.
  if ([401, 403].includes(met.status)) return { outcome: 'deferred', code: 'sign-in' }
  return { outcome: 'unknown', code }
}

const isSame = (given: unknown, right: string) => {
  const [one, other] = [String(given ?? ''), right].map(text => createHash('sha256').update(text).digest())
  return right !== '' && timingSafeEqual(one as Buffer, other as Buffer)
}

/** The receipts of a request that is signed as the form says; undefined of any other. */
export function httpReceipts(
  form: HttpForm,
  secrets: HttpSecrets,
  request: ReceiptRequest,
): GatewayReceipt[] | undefined {
  const { receipt } = form
  if (!receipt || request.method !== (receipt.method ?? 'POST')) return undefined
  const { signature, secret } = receipt
  const marks = { ...secretMarks(secrets), body: request.body }
  if (signature && !isSame(request.headers[signature.header.toLowerCase()], signatureOf(signature, marks)))
    return undefined
  if (secret) {
    const given = secret.in === 'query' ? request.query[secret.name] : request.headers[secret.name.toLowerCase()]
    if (!isSame(given, fillMarks(secret.is, marks))) return undefined
  }
  // A signature is of the body alone.
  const value = request.body === '' && !signature ? request.query : parsedAnswer(request.body)
  const all: unknown[] = Array.isArray(value) ? value : [value]
  return all.slice(0, 1000).flatMap((one): GatewayReceipt[] => {
    const gatewayId = valueAt(one, receipt.messageId)
    if (!isGatewayId(gatewayId)) return []
    if (says(one, receipt.delivered)) return [{ gatewayId, receipt: 'delivered' }]
    if (!says(one, receipt.failed)) return []
    return [{ gatewayId, receipt: 'failed', code: shortCode(valueAt(one, receipt.failed.at)) || 'failed' }]
  })
}

/** What a gateway says of a text when it is asked; undefined where it has no final word, or says nothing. */
async function statusOf(
  { status }: HttpForm,
  secrets: HttpSecrets,
  gatewayId: string,
  waits: { readonly answerMilliseconds?: number },
): Promise<GatewayReceipt | undefined> {
  if (!status) return undefined
  const marks = { ...secretMarks(secrets), messageId: gatewayId }
  const met = await askGateway(
    {
      method: status.method,
      url: fillMarks(status.url, marks, encodeURIComponent),
      headers: {
        ...(status.json !== undefined && { 'content-type': 'application/json' }),
        ...Object.fromEntries(Object.entries(status.headers).map(([name, value]) => [name, fillMarks(value, marks)])),
      },
      ...(status.json !== undefined && { body: JSON.stringify(fillJson(status.json, marks)) }),
    },
    waits,
  )
  if (met.kind !== 'answered') return undefined
  const value = parsedAnswer(met.text)
  if (says(value, status.delivered)) return { gatewayId, receipt: 'delivered' }
  if (!says(value, status.failed)) return undefined
  return { gatewayId, receipt: 'failed', code: shortCode(valueAt(value, status.failed.at)) || 'failed' }
}

export type HttpOptions = {
  readonly price: number
  /** How long an answer is waited for; afterwards nobody knows. */
  readonly answerMilliseconds?: number
}

export function httpChannel(form: HttpForm, secrets: HttpSecrets, { price, ...waits }: HttpOptions): Channel {
  return {
    name: form.name,
    rings: true,
    window: form.window,
    fareOf: ({ text }) => {
      const { parts } = partsOf(text)
      return { parts: parts.length, price: parts.length * price }
    },
    send: async letter => {
      const reply = replyOf(form, await askGateway(requestOf(form, letter, secrets), waits))
      // A gateway whose receipts nobody described is believed at its word.
      if (form.receipt || form.status || reply.gatewayIds === undefined) return reply
      const { gatewayIds: _ids, ...rest } = reply
      return rest
    },
    ...(form.status && { askReceipt: gatewayId => statusOf(form, secrets, gatewayId, waits) }),
    readReceipts: request => httpReceipts(form, secrets, request),
    check: async () => {
      const url = form.balance?.url ?? new URL(form.send.url).origin
      const marks = secretMarks(secrets)
      const headers = Object.entries(form.balance?.headers ?? {}).map(([name, value]) => [
        name,
        fillMarks(value, marks),
      ])
      const met = await askGateway({
        method: form.balance?.method ?? 'GET',
        url: fillMarks(url, marks, encodeURIComponent),
        headers: Object.fromEntries(headers) as Record<string, string>,
      })
      if (met.kind !== 'answered') return met.kind === 'unsent' ? met.code : met.kind
      const left = form.balance && valueAt(parsedAnswer(met.text), form.balance.at)
      return form.balance && left === undefined ? `http ${met.status}` : 'yes'
    },
  }
}
