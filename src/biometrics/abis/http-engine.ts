import { type AbisRequest, abisLimits, abisOperations, readAnswer } from './abis-messages.ts'
import type { AbisEngine } from './engine.ts'
import { type EngineAsking, type OutsideLine, outsideEngine, type Patience, unanswered } from './outside-engine.ts'
import type { References } from './references.ts'

/**
 * An engine of somebody else's over HTTP. MOSIP's contract is one of queues; what is done over HTTP is what
 * mosip-mock-services does, the only public one: a path an operation below the address, and the answer in the response,
 * with status 200, or 406 where it failed. It has no path for ping and count.
 */

const doors: Partial<Record<AbisRequest['id'], { readonly method: string; readonly path: string }>> = {
  [abisOperations.insert]: { method: 'POST', path: 'insertrequest' },
  [abisOperations.identify]: { method: 'POST', path: 'identifyrequest' },
  [abisOperations.delete]: { method: 'DELETE', path: 'deleterequest' },
}

export type HttpEngineSettings = {
  /** https, or http of this machine: `https://abis.example/abis`. */
  readonly address: string
  /** Sent as `authorization: Bearer`; empty where the engine wants none. */
  readonly token: string
  /** Milliseconds that one asking may take, the engine's fetching counted. */
  readonly answerMs?: number
  readonly patience?: Patience
}

/** Failures before a request was written: it certainly did not arrive. */
const neverArrived: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** Undefined where the answer is longer than any that is read. */
async function answerText(response: Response): Promise<string | undefined> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of response.body ?? []) {
    length += piece.length
    if (length > abisLimits.answerBytes) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What a failed fetch means; nothing of what was sent is in its code. */
function faultOf(error: unknown): EngineAsking {
  const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: unknown } }
  if (name === 'TimeoutError') return unanswered('timeout', true)
  const code = typeof cause?.code === 'string' ? cause.code : 'no-answer'
  return unanswered(code, !neverArrived.has(code))
}

export function openHttpEngine(
  { address, token, answerMs = 60_000, patience = { attempts: 3, pauseMs: 2000 } }: HttpEngineSettings,
  references: References,
): AbisEngine {
  const closing = new AbortController()
  const base = address.endsWith('/') ? address : `${address}/`
  const send = (path: string, method: string, body?: string) =>
    fetch(new URL(path, base), {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== '' && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body }),
      redirect: 'error',
      signal: AbortSignal.any([closing.signal, AbortSignal.timeout(answerMs)]),
    })

  const line: OutsideLine = {
    async ask(request) {
      const door = doors[request.id]
      if (!door) return unanswered('no-door', false)
      try {
        const response = await send(door.path, door.method, JSON.stringify(request))
        if (response.status !== 200 && response.status !== 406) {
          await response.body?.cancel()
          // Whoever did not let us in has done nothing.
          return unanswered(`status-${response.status}`, ![401, 403, 404, 429].includes(response.status))
        }
        const text = await answerText(response)
        if (text === undefined) return unanswered('answer-too-large', true)
        const answer = readAnswer(request, parsed(text))
        return answer.kind === 'wrong' ? unanswered(`answer ${answer.wrong}`, true) : answer
      } catch (error) {
        return faultOf(error)
      }
    },
    async check() {
      try {
        const response = await send('', 'GET')
        await response.body?.cancel()
        return [401, 403].includes(response.status) ? 'sign-in' : 'yes'
      } catch (error) {
        const fault = faultOf(error)
        return fault.kind === 'unanswered' ? fault.code : 'no-answer'
      }
    },
    close: async () => closing.abort(),
  }
  return outsideEngine(line, references, patience)
}
