import { SbiRefusal } from './sbi-refusal.ts'
import { bytesOf } from './signed.ts'

/**
 * How one speaks with a device service: HTTP on the machine itself, with methods of its own (Secure Biometric Interface
 * 0.9.5, "Windows/Linux").
 */

export type Method = 'MOSIPDISC' | 'MOSIPDINFO' | 'RCAPTURE' | 'STREAM'

const paths: Readonly<Record<Method, string>> = {
  MOSIPDISC: '/device',
  MOSIPDINFO: '/info',
  RCAPTURE: '/capture',
  STREAM: '/stream',
}

export const firstPort = 4501
export const lastPort = 4600

type Asking = {
  readonly port: number
  readonly method: Method
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
  /** In milliseconds, until the answer begins; none for a stream. */
  readonly timeout?: number
}

/**
 * The answer of a device service. `no-answer` where none comes; the caller's own wish to stop is thrown on as it is.
 */
export async function ask({ port, method, body, signal, timeout }: Asking): Promise<Response> {
  signal?.throwIfAborted()
  const stop = new AbortController()
  const onAbort = () => stop.abort(signal?.reason)
  signal?.addEventListener('abort', onAbort)
  const timer = timeout === undefined ? undefined : setTimeout(() => stop.abort(), timeout)
  try {
    return await fetch(`http://127.0.0.1:${port}${paths[method]}`, {
      method,
      signal: stop.signal,
      cache: 'no-store',
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  } catch {
    signal?.throwIfAborted()
    throw new SbiRefusal('no-answer')
  } finally {
    clearTimeout(timer)
    if (timeout !== undefined) signal?.removeEventListener('abort', onAbort)
  }
}

/** A page of the machine itself needs no leave to speak with it. */
const isOfThisMachine = () =>
  typeof location === 'undefined' || ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)

/**
 * Whether the browser lets this page speak with the machine itself. Chrome from 142 asks the person first (Local
 * Network Access), unless the operator has allowed it by policy; older ones know no such permission, and let it.
 */
async function permission(): Promise<PermissionState> {
  if (isOfThisMachine()) return 'granted'
  for (const name of ['loopback-network', 'local-network-access']) {
    const status = await navigator.permissions?.query({ name: name as PermissionName }).catch(() => undefined)
    if (status) return status.state
  }
  return 'granted'
}

/** In milliseconds: as long as a person may need to read what the browser asks. */
const answerTime = 120_000

/**
 * Asks for leave where it is needed, by a request that waits for the person's answer. Throws `not-allowed` where it is
 * refused or put off.
 */
export async function needPermission(port: number, signal?: AbortSignal): Promise<void> {
  if ((await permission()) === 'prompt')
    await ask({ port, method: 'MOSIPDINFO', signal, timeout: answerTime }).catch(() => signal?.throwIfAborted())
  if ((await permission()) !== 'granted') throw new SbiRefusal('not-allowed')
}

export async function askJson(asking: Asking & { readonly timeout: number }): Promise<unknown> {
  const answer = await ask(asking)
  try {
    return await answer.json()
  } catch {
    asking.signal?.throwIfAborted()
    throw new SbiRefusal('not-understood')
  }
}

export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

const hex = (bytes: ArrayBuffer) => [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, '0')).join('')
const fromHex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
const sha256 = (bytes: Uint8Array<ArrayBuffer>) => crypto.subtle.digest('SHA-256', bytes)

/** Where a chain begins: the hash of nothing. */
export const firstHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/**
 * Whether a block follows the one before it: sha256(previous hash + sha256(biometric data)). The specification speaks
 * of hashes "in hex"; its own reference device joins the bytes. Devices of both readings exist, and each binds the
 * block to the one before.
 */
export async function follows(hash: string, previous: string, bioValue: string): Promise<boolean> {
  const current = await sha256(bytesOf(bioValue))
  const joined = new Uint8Array([...fromHex(previous), ...new Uint8Array(current)])
  if (hex(await sha256(joined)) === hash.toLowerCase()) return true
  const spelled = (text: string) => new TextEncoder().encode(text)
  const inHex = [previous.toLowerCase() + hex(current), (previous + hex(current)).toUpperCase()]
  for (const text of inHex) if (hex(await sha256(spelled(text))) === hash.toLowerCase()) return true
  return false
}
