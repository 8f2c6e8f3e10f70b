import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { after, test } from 'node:test'
import type { InjectOptions } from 'fastify'
import * as accessLinks from '../src/access-links/access-links.ts'
import { groupLinkRoutes } from '../src/campaign/group-links/routes.ts'
import { classLinkRoutes } from '../src/classes/link-sheet/routes.ts'
import { routes as familyRoutes } from '../src/families/routes.ts'
import * as planning from '../src/planning/planning.ts'
import { pages as hallPages } from '../src/planning/routes.ts'
import { addDays } from '../src/platform/day.ts'
import { newToken } from '../src/platform/http/cookie-tokens.ts'
import { openRequests } from '../src/platform/http/serve-endpoint.ts'
import { makeServer } from '../src/platform/http/server.ts'
import { newId } from '../src/platform/ids.ts'
import { openLog } from '../src/platform/log.ts'
import { FormBrowser } from './form-browser.ts'
import { businessDay, openHouse } from './house.ts'
import { aWard, hour } from './planned-ward.ts'

/** Strangers, and programs that look at links before people do, at every address that has a secret in it. */
const house = await openHouse({ withUnits: true })
const { as, ward, schoolId } = await aWard(house)
const logged: string[] = []
const sink = new Writable({
  write(chunk, _encoding, done) {
    logged.push(String(chunk))
    done()
  },
})
const origin = 'http://localhost'
const app = await makeServer({ log: openLog('debug', sink), origin, trustProxy: false })
after(() => app.close())
const doors = { app, origin, openWork: openRequests(house.openWork, async () => undefined) }
const pagesOf = { openWork: house.openWork, isDemonstration: () => false, today: () => businessDay }
await classLinkRoutes(app, pagesOf)
await groupLinkRoutes(doors, pagesOf)
await familyRoutes(doors, pagesOf)
await hallPages(doors, pagesOf)
await app.ready()

const kinds = ['class', 'group', 'family'] as const
const until = addDays(businessDay, 30)
const secrets: string[] = []
async function issue(kind: accessLinks.LinkKind) {
  const order = { kind, subjectId: newId(), label: 'Mật 12A1', holder: 'Cô Mật', unitId: ward.unitId, schoolId, until }
  const pin = kind === 'family' ? { known: '07/03/2006' } : ({ generated: true } as const)
  const link = await as(work => accessLinks.issueLink(work, { ...order, pin }))
  secrets.push(link.token, ...(link.pin ? [link.pin] : []))
  return { pin: '07032006', ...link }
}
/** A link in force and three that are over, of each kind. */
async function linksOf(kind: accessLinks.LinkKind) {
  const [live, revoked, renewed, expired] = [await issue(kind), await issue(kind), await issue(kind), await issue(kind)]
  await as(work => accessLinks.revokeLink(work, revoked.id))
  const next = await as(work => accessLinks.renewLink(work, renewed.id, { until, pin: { generated: true } }))
  secrets.push(next.token)
  await house.owner(`update access_links.link set until = '2023-04-19', until_at = now() where id = $1`, [expired.id])
  return { live, over: [revoked, renewed, expired] }
}
const links = Object.fromEntries(await Promise.all(kinds.map(async kind => [kind, await linksOf(kind)] as const)))
const unknown = 'AAAAAAAAAAAAAAAAAAAAAA'
const [row, booking] = [newId(), newId()]
const behind: Readonly<Record<accessLinks.LinkKind, readonly string[]>> = {
  class: ['', '/state', `/row/${row}`, '?last=x'],
  group: ['', '/state', `/row/${row}.1`],
  family: ['', '?size=large', '/looked', '/hours/1', `/hours/1/${booking}`],
}
const changes: Readonly<Record<accessLinks.LinkKind, readonly string[]>> = {
  class: ['/result', '/undo'],
  group: ['/result', '/undo'],
  family: ['', '/hours/1'],
}

let strangers = 0
/** Each request comes from an address of its own. */
function ask(options: InjectOptions) {
  strangers += 1
  return app.inject({ remoteAddress: `10.3.${strangers >> 8}.${strangers & 255}`, ...options })
}

const changing = new Set(['date', 'x-request-id', 'content-length', 'set-cookie'])
/** An answer without what differs from one request to the next anyway. */
async function told(token: string, options: InjectOptions) {
  const { statusCode, headers, body } = await ask(options)
  const cut = (text: string) =>
    text
      .replaceAll(token, 'T')
      .replace(/name="form" value="[^"]*"/g, '')
      .replace(/[\da-f]{8}-[\da-f-]{27}/g, 'id')
  const kept = Object.entries(headers).filter(([name]) => !changing.has(name) && !name.startsWith('x-ratelimit'))
  return { statusCode, headers: kept.map(([name, value]) => [name, cut(String(value))]), body: cut(body) }
}

test('whatever a stranger asks at the address of a link is answered as where there is none', async () => {
  for (const kind of kinds) {
    const { live, over } = links[kind] ?? assert.fail(kind)
    const forged = { cookie: `dinhdanh-${kind}=${newToken()}` }
    const form = { 'content-type': 'application/x-www-form-urlencoded', origin }
    const requestsAt = (token: string): InjectOptions[] => [
      ...behind[kind].flatMap(part => {
        const url = `/${kind}/${token}${part}`
        const page = { accept: 'text/html' }
        return [
          { url, headers: page },
          { url, headers: { ...page, ...forged } },
          { url, method: 'HEAD' as const, headers: page },
          { url, method: 'OPTIONS' as const, headers: page },
          { url, method: 'DELETE' as const, headers: page },
        ]
      }),
      ...changes[kind].map(part => ({
        url: `/${kind}/${token}${part}`,
        method: 'POST' as const,
        headers: { ...form, ...forged },
        payload: 'form=x&row=1&outcome=moved',
      })),
    ]
    const expected = await Promise.all(requestsAt(unknown).map(one => told(unknown, one)))
    for (const { token } of [live, ...over])
      for (const [at, one] of requestsAt(token).entries())
        assert.deepEqual(await told(token, one), expected[at], `${one.method ?? 'GET'} ${one.url}`)
  }
})

const previews = ['Slackbot-LinkExpanding 1.0', 'facebookexternalhit/1.1', 'ZaloPC-Preview', 'Googlebot/2.1', 'curl/8']

test('a preview of a link names nothing, opens nothing, counts as no try, and is kept nowhere', async () => {
  const before = await house.owner('select 1 from access_links.slowdown')
  for (const kind of kinds)
    for (const part of behind[kind]) {
      const { token } = links[kind]?.live ?? assert.fail(kind)
      const url = `/${kind}/${token}${part}`
      for (const agent of previews) {
        const answer = await ask({
          url,
          headers: { 'user-agent': agent, accept: '*/*', referer: 'https://x.example/' },
        })
        assert.ok(!/Mật|12A1|Hà Khánh/.test(answer.body), url)
        const { headers } = answer
        assert.match(String(headers['x-robots-tag']), /noindex.*noarchive/, url)
        assert.equal(headers['cache-control'], 'no-store', url)
        assert.equal(headers['referrer-policy'], 'no-referrer', url)
        assert.equal(headers['access-control-allow-origin'], undefined, url)
      }
    }
  const opened = await house.owner('select 1 from access_links.link where last_opened_at is not null')
  const sessions = await house.owner('select 1 from access_links.session')
  const tries = await house.owner('select 1 from access_links.slowdown')
  assert.deepEqual([opened.length, sessions.length, tries.length], [0, 0, before.length])
})

test('a ticket screen that is closed is answered as one that never was, and is kept nowhere', async () => {
  const site = await as(work =>
    planning.createSite(work, {
      ...{ kind: 'counter', unitId: ward.unitId, name: 'Bộ phận Mật', opensAt: hour('07:00'), closesAt: hour('17:00') },
    }),
  )
  await as(work =>
    planning.setCounter(work, site.id, { desks: [{ number: 1, services: ['A'], isOpen: true }], minutes: { A: 9 } }),
  )
  const { token } = await as(work => planning.queue.openKiosk(work, site.id))
  secrets.push(token)
  const open = await ask({ url: `/kiosk/${token}`, headers: { 'user-agent': previews[0] } })
  assert.match(String(open.headers['x-robots-tag']), /noindex/)
  await as(work => planning.queue.closeKiosk(work, site.id))
  const requestsAt = (of: string): InjectOptions[] =>
    (['GET', 'HEAD', 'OPTIONS', 'PUT'] as const).map(method => ({
      method,
      url: `/kiosk/${of}`,
      headers: { accept: 'text/html' },
    }))
  for (const other of [unknown, 'no-such-screen', '%3Cscript%3E'])
    for (const [at, one] of requestsAt(other).entries()) {
      const closed = await told(token, requestsAt(token)[at] ?? assert.fail())
      const guessed = await told(other, one)
      assert.deepEqual([closed.statusCode, closed.headers], [guessed.statusCode, guessed.headers])
      if (!other.startsWith('%')) assert.equal(closed.body, guessed.body)
    }
})

test('neither the log nor the audit nor a table has a token or a PIN, after right ones and wrong ones', async () => {
  for (const kind of kinds) {
    const { live, over } = links[kind] ?? assert.fail(kind)
    const action = (token: string) => `/${kind}/${token}${kind === 'family' ? '' : '/pin'}`
    for (const { token, pin } of [live, ...over]) {
      strangers += 1
      const browser = new FormBrowser(() => app, `10.4.${strangers >> 8}.${strangers & 255}`)
      const page = await browser.get(`/${kind}/${token}`)
      await browser.send(action(token), page, { pin: '999999' })
      await browser.send(action(token), page, { pin })
      await browser.post(action(token), { form: 'stale', pin })
      await browser.get(`/${kind}/${token}/nowhere`)
      await browser.get(`/${kind}/${token}/state`, { accept: 'application/json' })
    }
  }
  const tables = await house.owner<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in (
      'access_links', 'audit', 'campaign', 'classes', 'families', 'planning', 'staff')`)
  const kept: string[] = []
  for (const { name } of tables)
    kept.push(...(await house.owner<{ line: string }>(`select t::text as line from ${name} t`)).map(({ line }) => line))
  assert.ok(logged.length > 20 && kept.length > 20, `${logged.length} lines, ${kept.length} rows`)
  const sixDigits = (secret: string) => new RegExp(`(?<![\\w.])${secret}(?![\\w.])`)
  for (const secret of secrets)
    for (const [where, lines] of Object.entries({ logged, kept })) {
      const found = lines.find(line => (secret.length === 6 ? sixDigits(secret).test(line) : line.includes(secret)))
      assert.equal(found, undefined, `${where}: ${secret}`)
    }
})
