import type { FaultCode } from '../fault.ts'

/** Addresses that a client registers. Pure. */

const loopbacks = ['localhost', '127.0.0.1', '[::1]']

export const isLoopback = (url: URL) => loopbacks.includes(url.hostname)

/** What holds for every address: whole, exact, and nothing in it that a comparison letter by letter would trip over. */
function malformed(text: string): FaultCode | undefined {
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

/** Where a browser is sent. `http` goes to the browser's own machine alone, and only where that is allowed. */
export function browserAddressFault(text: string, { loopback }: { readonly loopback: boolean }): FaultCode | undefined {
  const fault = malformed(text)
  if (fault) return fault
  const url = new URL(text)
  if (url.protocol === 'https:') return undefined
  if (!loopback) return 'url-not-https'
  return isLoopback(url) ? undefined : 'url-not-https-nor-loopback'
}

/** A name that the public name service can know: no IP address, and nothing that leads into a private network. */
const isPublicName = (host: string) =>
  /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i.test(host) &&
  !/\.(?:localhost|local|internal|intranet|lan|home|corp|arpa|test|invalid)$/i.test(host)

/**
 * What the house itself calls: keys, and the news of a sign-out. Whoever registers by themselves must not have it call
 * into its own network. `loopback` is of a demonstration house, whose parties run beside it.
 */
export function calledAddressFault(text: string, { loopback }: { readonly loopback: boolean }): FaultCode | undefined {
  const fault = malformed(text)
  if (fault) return fault
  const url = new URL(text)
  if (loopback && isLoopback(url)) return undefined
  if (url.protocol !== 'https:') return 'url-not-https'
  return isPublicName(url.hostname) ? undefined : 'url-host-private'
}
