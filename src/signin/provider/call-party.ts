import { type LookupAddress, type LookupOptions, lookup as resolveByDns } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import { request as requestByHttp } from 'node:http'
import { request as requestByHttps } from 'node:https'
import { isIP } from 'node:net'
import { Readable } from 'node:stream'
import ipaddr from 'ipaddr.js'

/**
 * The calls that the house makes to parties: for their keys, and with its logout notices. An engineer chose the
 * address, so it must lead into no network that the engineer does not reach without us.
 */

const longestMilliseconds = 2_500
const withoutBody = new Set([101, 204, 205, 304])

/** Is it an address of the public Internet: not private, of this machine, of a link, reserved or embedding another? */
export const isPublicAddress = (address: string) =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'

type LookupCallback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void
type Resolve = (
  host: string,
  options: LookupOptions & { all: true },
  answer: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void

/** Resolves a name for a connection, and fails where any of its addresses is not public, before anything is sent. */
const lookupPublic =
  (resolveName: Resolve) =>
  (host: string, options: LookupOptions, answer: LookupCallback): void =>
    resolveName(host, { ...options, all: true }, (error, found) => {
      if (error) return answer(error, [])
      const [first] = found
      const inner = found.find(({ address }) => !isPublicAddress(address))
      if (inner || !first) return answer(new Error('the host of a party has an address that is not public'), [])
      if (options.all) answer(null, found)
      else answer(null, first.address, first.family)
    })

/** The machine itself, in letters that a registered address may have. */
const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/

/**
 * What oidc-provider fetches of a party, within 2.5 s. Rejects where the address is neither https at a public name
 * with public addresses alone, nor (`withLoopback`, in a demonstration) of this machine; and where it sends elsewhere.
 */
export const callParty =
  ({ withLoopback, resolveName = resolveByDns }: { withLoopback(): boolean; readonly resolveName?: Resolve }) =>
  async (address: string | URL, { method = 'GET', headers, body }: RequestInit): Promise<Response> => {
    const url = new URL(address)
    const isOwn = withLoopback() && loopback.test(url.hostname)
    if (!isOwn && url.protocol !== 'https:') throw new Error('parties are called by https alone')
    if (!isOwn && isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0)
      throw new Error('parties are called by a name, not by an IP address')
    const request = url.protocol === 'https:' ? requestByHttps : requestByHttp
    const came = await new Promise<IncomingMessage>((resolve, reject) => {
      request(url, {
        method,
        headers: Object.fromEntries(new Headers(headers)),
        signal: AbortSignal.timeout(longestMilliseconds),
        agent: false,
        ...(!isOwn && { lookup: lookupPublic(resolveName) as never }),
      })
        .on('response', resolve)
        .on('error', reject)
        .end(body === undefined || body === null ? undefined : String(body))
    })
    const status = came.statusCode ?? 0
    if (status >= 300 && status < 400) {
      came.destroy()
      throw new Error('the address of a party sends elsewhere')
    }
    const heads = Object.entries(came.headersDistinct).flatMap(([name, values]) =>
      (values ?? []).map((value): [string, string] => [name, value]),
    )
    if (!withoutBody.has(status))
      return new Response(Readable.toWeb(came) as ReadableStream, { status, headers: heads })
    came.resume()
    return new Response(null, { status, headers: heads })
  }
