import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../database.ts'
import type { Site } from '../pages/site.ts'
import { readCookie, setCookie } from '../pages/visit.ts'
import { hashOf, isSame, macOf, newSecret } from '../secret.ts'

const span = 15 * 60_000
const aYear = 365 * 24 * 3600

/**
 * Tries within a quarter of an hour, after which the next one waits: of a browser that signed in with this login
 * before; of one login from one network; of one login from everywhere, but for such browsers; of one network, behind
 * which a whole school may be. Whoever knows a login shuts nobody out who has signed in before, nor who is elsewhere.
 */
const bounds = { browser: 5, login: 5, strangers: 100, network: 40 } as const

export type From = {
  readonly login: string
  readonly address: string
  /** The browser's own name, where it signed in with this login before. */
  readonly browser?: string | undefined
}

/** Some proxies give the address of whom they forward with its port, which is another with each connection. */
const withoutPort = (address: string) =>
  /^\[([^\]]*)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address

/** The first four groups of an IPv6 address, whatever was left out between two colons; others without a port. */
export function networkOf(given: string): string {
  const address = withoutPort(given)
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? []
  const [first, last] = [head.split(':').filter(Boolean), (tail ?? '').split(':').filter(Boolean)]
  const left = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length)
  const groups = [...first, ...Array.from({ length: left }, () => '0'), ...last]
  return groups
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')
}

/** The cookie names no login: it is of its hash. */
const cookieOf = (login: string) => `known-${hashOf(login).slice(0, 12)}`
const proofOf = (site: Site, login: string, id: string) => macOf(site.formKey, 'known-browser', login, id)

/** Where a try comes from: the address, and the browser, if it holds what a sign-in with this login left there. */
export function fromOf(site: Site, request: FastifyRequest, login: string): From {
  const [id = '', proof = ''] = (readCookie(site, request, cookieOf(login)) ?? '').split('.')
  const isKnown = id !== '' && isSame(proof, proofOf(site, login, id))
  return { login, address: request.ip, ...(isKnown && { browser: id }) }
}

/** The browser is known from now on by who signed in there. */
export function rememberBrowser(site: Site, reply: FastifyReply, { login, browser }: From): void {
  const id = browser ?? newSecret()
  setCookie(site, reply, cookieOf(login), `${id}.${proofOf(site, login, id)}`, aYear)
}

const keys = ({ login, address, browser }: From): readonly (readonly [who: string, bound: number])[] =>
  browser
    ? [[`browser ${hashOf(browser)} ${login}`, bounds.browser]]
    : [
        [`login ${login} at ${networkOf(address)}`, bounds.login],
        [`login ${login}`, bounds.strangers],
        [`address ${networkOf(address)}`, bounds.network],
      ]

/** Seconds until the next try is looked at; 0 where it may be made now. */
function secondsToWait(db: Database, from: From, now: number): number {
  db.run('delete from wrong_try where at <= ?', now - span)
  const waits = keys(from).map(([who, bound]) => {
    const oldest = db.find<{ at: number }>(
      'select at from wrong_try where who = ? order by at desc limit 1 offset ?',
      who,
      bound - 1,
    )
    return oldest ? Math.ceil((oldest.at + span - now) / 1_000) : 0
  })
  return Math.max(...waits)
}

/**
 * Counts a try before its password is looked at, so that a hundred at once are a hundred. Gives the seconds to wait; 0
 * where it is looked at. One that comes too early is not counted.
 */
export const countTry = (db: Database, from: From, now: number): number =>
  db.together(() => {
    const seconds = secondsToWait(db, from, now)
    if (seconds === 0) for (const [who] of keys(from)) db.run('insert into wrong_try values (?, ?)', who, now)
    return seconds
  })

/** The password was right: what this place, or browser, tried with this login is forgotten, and its try was none. */
export const forgetTries = (db: Database, from: From): void =>
  db.together(() => {
    for (const [who, bound] of keys(from))
      if (bound === bounds.browser || bound === bounds.login) db.run('delete from wrong_try where who = ?', who)
      else
        db.run(
          'delete from wrong_try where rowid = (select rowid from wrong_try where who = ? order by at desc limit 1)',
          who,
        )
  })
