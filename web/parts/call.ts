import type { Endpoint, ReplyOf, SentInput } from '../../src/platform/endpoint.ts'

/**
 * What was asked of the house and refused, as `application/problem+json` says it (RFC 9457), or as far as it can be
 * told.
 */
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly title_vi: string
  readonly fix: string | undefined
  readonly fix_vi: string | undefined
  readonly request_id: string | undefined
  /** What the refusal carries beside: never personal data. */
  readonly facts: Readonly<Record<string, unknown>>

  constructor(status: number, body: Readonly<Record<string, unknown>>, requestId: string | null) {
    const { type, title, title_vi, fix, fix_vi, request_id, status: _status, ...facts } = body
    const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
    super(text(title) ?? `HTTP ${status}`)
    this.name = 'Refusal'
    this.status = status
    this.code = text(type)?.replace('/problems/', '') ?? 'fault'
    this.title = text(title) ?? 'Something failed here; it was noted'
    this.title_vi = text(title_vi) ?? 'Hệ thống gặp lỗi và đã ghi lại'
    this.fix = text(fix)
    this.fix_vi = text(fix_vi)
    this.request_id = text(request_id) ?? requestId ?? undefined
    this.facts = facts
  }
}

/** The house did not answer: no line, or it is being restarted. Nothing is known of what became of the request. */
export class NoAnswer extends Error {
  constructor(cause: unknown) {
    super('the house did not answer', { cause })
    this.name = 'NoAnswer'
  }
}

/** A file as it came: kept in memory, offered to be saved. */
export type Saved = { readonly name: string; readonly content: Blob }

type Given<E extends Endpoint> = SentInput<E>
type Needed<E extends Endpoint> = {
  readonly [Key in keyof Given<E> as undefined extends Given<E>[Key] ? never : Key]: Given<E>[Key]
}
/** What a door asks for: `params`, `query`, `body`, each only where the door declares it. */
export type Asked<E extends Endpoint> = Needed<E> & { readonly file?: File; readonly signal?: AbortSignal }
export type Answer<E extends Endpoint> = E['reply'] extends undefined ? Saved : ReplyOf<E>

type Loose = {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly file?: File
  readonly signal?: AbortSignal
}

/** The address of a door below /api, parameters written in. */
export function addressOf(door: Endpoint, { params = {}, query = {} }: Loose = {}): string {
  const path = door.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one))
  }
  return `/api${path}${search.size ? `?${search}` : ''}`
}

function bodyOf(door: Endpoint, { body, file }: Loose): { body?: BodyInit; headers?: Record<string, string> } {
  if (door.upload) {
    const form = new FormData()
    // The fields go before the file, so that they are known when the file has been kept.
    for (const [key, value] of Object.entries((body ?? {}) as Record<string, unknown>))
      if (value !== undefined) form.append(key, typeof value === 'string' ? value : JSON.stringify(value))
    if (file) form.append('file', file, file.name)
    return { body: form }
  }
  if (body === undefined) return {}
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

/** Where to go when the session has ended; comes back to the same place. */
export const signInAddress = () => `/sign-in?return=${encodeURIComponent(location.pathname + location.search)}`

const isJson = (response: Response) => /[/+]json\b/.test(response.headers.get('content-type') ?? '')

export async function refusalOf(response: Response): Promise<Refusal> {
  const body: unknown = isJson(response) ? await response.json().catch(() => ({})) : {}
  return new Refusal(
    response.status,
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {},
    response.headers.get('x-request-id'),
  )
}

const nameOf = (response: Response) => {
  const given = response.headers.get('content-disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(given)?.[1]
  return encoded ? decodeURIComponent(encoded) : (/filename="([^"]+)"/.exec(given)?.[1] ?? 'dinhdanh')
}

/** Asks the officer for their second factor; whether they gave it. */
export type FactorAsker = () => Promise<boolean>
let askForFactor: FactorAsker | undefined

/** From now on a request that needs a second factor again asks for it so, and is sent once more. */
export function setFactorAsker(asker: FactorAsker | undefined): void {
  askForFactor = asker
}

/**
 * Knocks at a door of the API and gives back what it answers: its reply, or the file it sends. Where it needs a second
 * factor again, that is asked for, and the same request is sent once more: nothing that was typed is lost.
 * Throws a Refusal, or NoAnswer. A page that only reads goes to sign-in when the session has ended; what somebody typed
 * is never lost so, since writing throws the refusal to the page.
 */
export async function call<E extends Endpoint>(door: E, asked: Asked<E>): Promise<Answer<E>> {
  try {
    return await send(door, asked)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'factor-needed' || !(await askForFactor?.())) throw error
    return send(door, asked)
  }
}

async function send<E extends Endpoint>(door: E, asked: Asked<E>): Promise<Answer<E>> {
  const loose: Loose = asked
  const response = await fetch(addressOf(door, loose), {
    method: door.method,
    credentials: 'same-origin',
    ...bodyOf(door, loose),
    ...(loose.signal && { signal: loose.signal }),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new NoAnswer(error)
  })
  if (!response.ok) {
    if (response.status === 401 && door.method === 'GET') location.assign(signInAddress())
    throw await refusalOf(response)
  }
  if (door.reply === undefined && door.method !== 'DELETE')
    return { name: nameOf(response), content: await response.blob() } satisfies Saved as Answer<E>
  return (response.status === 204 ? undefined : await response.json()) as Answer<E>
}

/** Offers a file to the person, as the browser saves files. */
export function save({ name, content }: Saved) {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
