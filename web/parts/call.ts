import type { Endpoint, ReplyOf, SentInput } from '../../src/platform/endpoint.ts'
import { noteLanded, noteUnsent } from './unsent.ts'

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
export type Asked<E extends Endpoint> = Needed<E> & {
  readonly file?: File
  readonly signal?: AbortSignal
  /** The version of the thing that is decided on, as the page showed it (`decides` of the door). */
  readonly seen?: string | undefined
}
export type Answer<E extends Endpoint> = E['reply'] extends undefined ? Saved : ReplyOf<E>

type Loose = {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly file?: File
  readonly signal?: AbortSignal
  readonly seen?: string | undefined
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
export const signInAddress = (place = location.pathname + location.search) =>
  `/sign-in?return=${encodeURIComponent(place)}`

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
 * Why a request of the page is not done in the name that the browser now has: its session ended, or since the page was
 * opened another officer has signed in, or the same one has changed to another post, in another tab.
 */
export type SignInReason = 'session-ended' | 'another-officer' | 'another-post'
/** Has the officer come back over the page, for what they did or only read; whether they did. */
export type SignInAsker = (reason: SignInReason, todo: 'change' | 'reading') => Promise<boolean>
type OpenedPage = {
  readonly officerId: string
  readonly post: string | undefined
  readonly askForSignIn: SignInAsker
}
let openedPage: OpenedPage | undefined

/**
 * From now on each request says for which officer and post the page was opened, an ended session is signed in again
 * over the
 * page, and changes that get no answer are sent again.
 */
export function setOpenedPage(page: OpenedPage | undefined): void {
  openedPage = page
}

/** Says with a request for which officer and post the page was opened. */
export const officerHeaders = (): Readonly<Record<string, string>> => ({
  ...(openedPage && { 'dinhdanh-officer': openedPage.officerId }),
  ...(openedPage?.post && { 'dinhdanh-post': openedPage.post }),
})

const reasons: Readonly<Record<string, SignInReason>> = {
  'sign-in-needed': 'session-ended',
  'another-officer-here': 'another-officer',
  'another-post-here': 'another-post',
}
const reasonOf = ({ code }: Refusal): SignInReason | undefined => reasons[code]

/** Whether nothing was done, since the officer has put off signing in over the page. */
export const isPutOff = (error: unknown): boolean => error instanceof Refusal && reasonOf(error) !== undefined

/** A proxy answers so while the house is started again; the house itself, while it is too busy. Nothing was changed. */
const isPassing = (error: unknown) =>
  error instanceof NoAnswer ||
  (error instanceof Refusal && [502, 503, 504].includes(error.status) && ['fault', 'house-busy'].includes(error.code))

/** After how many milliseconds a change is sent again; a minute in all, then its officer presses again. */
const waits = [500, 1000, 2000, 3000, 4000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000]

/** Keys of changes of which nothing is known: the same change, pressed again, goes under the same key. */
const unanswered = new Map<string, string>()

/** `getRandomValues` is there without https too; `randomUUID` is not. */
function newKey(): string {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-')
}

/**
 * Sends a change until it is answered: under one key, so that it lands once (`src/platform/http/answered-once.ts`).
 * Throws NoAnswer after a minute.
 */
async function sendOnce<E extends Endpoint>(door: E, asked: Asked<E>): Promise<Answer<E>> {
  const loose: Loose = asked
  const change = `${door.method} ${addressOf(door, loose)} ${JSON.stringify(loose.body ?? null)}`
  const key = unanswered.get(change) ?? newKey()
  unanswered.set(change, key)
  const unsent = { note: undefined as ReturnType<typeof noteUnsent> | undefined }
  try {
    for (const wait of [...waits, undefined])
      try {
        const answer = await send(door, asked, key)
        unanswered.delete(change)
        return answer
      } catch (error) {
        if (!isPassing(error)) unanswered.delete(change)
        if (!isPassing(error) || wait === undefined) throw error
        unsent.note ??= noteUnsent()
        await new Promise(resolve => setTimeout(resolve, wait))
      }
    throw new Error('a change was neither sent nor given up')
  } finally {
    unsent.note?.over()
  }
}

const changes = (door: Endpoint) => door.method !== 'GET' && !door.onlyReads

const isSentAgain = (door: Endpoint) =>
  openedPage !== undefined && changes(door) && !door.upload && door.sentAgain !== 'by-hand'

/**
 * Knocks at a door of the API and gives back what it answers: its reply, or the file it sends. Where it needs a second
 * factor again, or the session has ended, that is asked for over the page, and the same request is sent once more:
 * nothing that was typed is lost. Throws a Refusal, or NoAnswer. Where nobody can be asked, a page that only reads goes
 * to sign-in.
 */
export const call = <E extends Endpoint>(door: E, asked: Asked<E>): Promise<Answer<E>> =>
  askedAgain(door, () => (isSentAgain(door) ? sendOnce(door, asked) : send(door, asked)))

/** The same of a request that is sent in another way (upload.ts). */
export async function askedAgain<T>(door: Endpoint, sendIt: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      const answer = await sendIt()
      if (changes(door)) noteLanded()
      return answer
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const reason = reasonOf(error)
      if (reason && openedPage) {
        if (!(await openedPage.askForSignIn(reason, changes(door) ? 'change' : 'reading'))) throw error
        continue
      }
      if (reason === 'session-ended' && door.method === 'GET') location.assign(signInAddress())
      if (error.code !== 'factor-needed' || !(await askForFactor?.())) throw error
    }
}

async function send<E extends Endpoint>(door: E, asked: Asked<E>, key?: string): Promise<Answer<E>> {
  const loose: Loose = asked
  const { body, headers } = bodyOf(door, loose)
  const response = await fetch(addressOf(door, loose), {
    method: door.method,
    credentials: 'same-origin',
    ...(body !== undefined && { body }),
    headers: {
      ...headers,
      ...(key && { 'idempotency-key': key }),
      ...(loose.seen !== undefined && { 'if-match': `"${loose.seen}"` }),
      ...officerHeaders(),
    },
    ...(loose.signal && { signal: loose.signal }),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new NoAnswer(error)
  })
  if (!response.ok) throw await refusalOf(response)
  if (door.reply === undefined && door.method !== 'DELETE')
    return { name: nameOf(response), content: await response.blob() } satisfies Saved as Answer<E>
  // What breaks off in the middle is no answer.
  return (
    response.status === 204
      ? undefined
      : await response.json().catch((error: unknown) => {
          throw new NoAnswer(error)
        })
  ) as Answer<E>
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
