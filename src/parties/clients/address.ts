import type { FaultCode } from '../words-fault.ts'

/** The addresses that a client registers. Pure. */

const loopbacks = ['localhost', '127.0.0.1', '[::1]']

export const isLoopback = (url: URL) => loopbacks.includes(url.hostname)

/**
 * Faults of any address: it has to be absolute and exact, without anything that breaks a comparison letter by letter.
 */
function malformedFault(text: string): FaultCode | undefined {
  if (text.includes('*')) return 'url-wildcard'
  if (
    /[^\x21-\x7e]/.test(text) ||
    text.includes('\\') ||
    text.length > 500 ||
    !/^https?:\/\//.test(text) ||
    !URL.canParse(text)
  )
    return 'url-malformed'
  if (text.includes('#')) return 'url-fragment'
  const { username, password } = new URL(text)
  return username || password ? 'url-user' : undefined
}

/**
 * Faults of an address to which a browser is sent. `http` only goes to the browser's own machine, and only if allowed.
 */
export function browserAddressFault(text: string, { loopback }: { readonly loopback: boolean }): FaultCode | undefined {
  const fault = malformedFault(text)
  if (fault) return fault
  const url = new URL(text)
  if (url.protocol === 'https:') return undefined
  if (!loopback) return 'url-not-https'
  return isLoopback(url) ? undefined : 'url-not-https-nor-loopback'
}

/** A name in the public DNS: no IP address, and nothing that leads into a private network. */
const isPublicName = (host: string) =>
  /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i.test(host) &&
  !/\.(?:localhost|local|internal|intranet|lan|home|corp|arpa|test|invalid)$/i.test(host)

/** Which addresses of its clients a house calls itself, for keys and logout notices. */
export type CalledAddresses = {
  /** A demonstration house, whose parties run on the same machine. */
  readonly demonstration: boolean
  /** `host` or `host:port`: the only ones of sandbox clients, which nobody approves. */
  readonly sandboxHosts: readonly string[]
}

/** Did the installation open the host of a sandbox client's address to calls of the house? */
export function isOpenToSandbox(url: URL, { demonstration, sandboxHosts }: CalledAddresses): boolean {
  return (demonstration && isLoopback(url)) || sandboxHosts.includes(url.host)
}

/**
 * Faults of an address that the server itself calls: keys and logout notices. An engineer must not make it call into
 * its own network, nor, by a sandbox client, wherever they like.
 */
export function calledAddressFault(
  text: string,
  { sandbox, ...called }: CalledAddresses & { readonly sandbox: boolean },
): FaultCode | undefined {
  const fault = malformedFault(text)
  if (fault) return fault
  const url = new URL(text)
  if (called.demonstration && isLoopback(url)) return undefined
  if (url.protocol !== 'https:') return 'url-not-https'
  if (!isPublicName(url.hostname)) return 'url-host-private'
  return sandbox && !isOpenToSandbox(url, called) ? 'url-host-not-open' : undefined
}
