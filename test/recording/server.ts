import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { hide, steady, textOf, told } from './normal.ts'

/** A house that serves, and what it answers to people without a sign-in and to officers. */

export const root = new URL('../../', import.meta.url).pathname.replace(/\/$/, '')

const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

export type Served = { readonly origin: string; readonly said: () => string; stop(): Promise<number | null> }

/** Starts `dinhdanh start` and waits until it says how it is stopped. */
export async function startServer(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  routes: string,
): Promise<Served> {
  const port = await freePort()
  hide(`localhost:${port}`, 'localhost:<port>')
  hide(`localhost%3A${port}`, 'localhost%3A<port>')
  const child: ChildProcess = spawn(`${root}/bin/dinhdanh`, ['start', '--port', String(port), ...args], {
    env: { ...environment, RECORDED_ROUTES: routes, NODE_OPTIONS: `--import ${root}/test/recording/route-list.ts` },
  })
  const pieces: string[] = []
  const said = () => pieces.join('')
  const over = new Promise<number | null>(done => child.on('exit', done))
  await new Promise<void>((ready, fail) => {
    const take = (piece: Buffer) => {
      pieces.push(String(piece))
      if (said().includes('Ctrl-C')) ready()
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    child.on('exit', code => fail(new Error(`the house ended with ${code}: ${said()}`)))
  })
  return {
    origin: `http://localhost:${port}`,
    said,
    stop: () => {
      child.kill('SIGINT')
      return over
    },
  }
}

/** What is sent beside the answer and says something of the house: not when, not which request, not how long. */
const passedOver =
  /^(date|x-request-id|etag|last-modified|content-length|connection|keep-alive|x-ratelimit-.*|age|transfer-encoding)$/

/** Of pictures, fonts and other bytes only how many there are. */
async function bodyOf(bytes: Buffer, type: string): Promise<unknown> {
  if (/spreadsheetml/.test(type)) return (await textOf(bytes, '.xlsx')).split('\n')
  if (/pdf/.test(type)) return (await textOf(bytes, '.pdf')).split('\n')
  if (!/json|text|xml|svg|javascript/.test(type)) return `${bytes.length} bytes`
  return told(bytes.toString('utf8').replaceAll('><', '>\n<'))
}

const withoutValue = (cookie: string) =>
  cookie.replace(/=[^;]*/, '=<value>').replace(/Expires=[^;]*/i, 'Expires=<moment>')

let asking = 0
/** Each request comes from an address of its own, behind the trusted proxy, so that none is one too many. */
const elsewhere = () => `10.${(asking >> 16) & 255}.${(asking >> 8) & 255}.${asking++ & 255}`

/** A browser without script: keeps cookies, follows nothing. */
export class Visitor {
  readonly #cookies = new Map<string, string>()
  readonly #origin: string
  readonly #headers: Readonly<Record<string, string>>

  constructor(origin: string, headers: Readonly<Record<string, string>> = {}) {
    this.#origin = origin
    this.#headers = headers
  }

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(`${this.#origin}${path}`, {
      ...init,
      redirect: 'manual',
      headers: {
        ...this.#headers,
        'x-forwarded-for': elsewhere(),
        ...(cookie && { cookie }),
        ...(init.headers as Record<string, string>),
      },
    })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      this.#cookies.set(name, value)
    }
    return response
  }

  /** Status, headers and body as they are compared. */
  async see(path: string, init: RequestInit = {}, take?: (body: Buffer) => void): Promise<unknown> {
    const response = await this.ask(path, init)
    const headers = Object.fromEntries([...response.headers].filter(([name]) => !passedOver.test(name)))
    if (headers['set-cookie']) headers['set-cookie'] = response.headers.getSetCookie().map(withoutValue).join('\n')
    const bytes = Buffer.from(await response.arrayBuffer())
    take?.(bytes)
    const shown = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, steady(value)]))
    return { status: response.status, headers: shown, body: await bodyOf(bytes, headers['content-type'] ?? '') }
  }

  async signIn(login: string, password: string): Promise<boolean> {
    const page = await (await this.ask('/sign-in')).text()
    const form = /name="form" value="([^"]*)"/.exec(page)?.[1] ?? ''
    const send = (path: string, fields: Readonly<Record<string, string>>) =>
      this.ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ form, return: '/console/', ...fields }).toString(),
      })
    const answer = await send('/sign-in', { login, password })
    const next = answer.headers.get('location') ?? ''
    // Releases before had no second factor.
    const last = next.startsWith('/second-factor') ? await send('/demonstration/second-factor', {}) : answer
    return last.status === 303
  }
}

type Asked = { readonly enum?: readonly string[]; readonly minimum?: number }
type Asks = { readonly required?: readonly string[]; readonly properties?: Readonly<Record<string, Asked>> }
export type Route = { readonly method: string; readonly url: string; readonly right?: string; readonly query?: Asks }

export async function routesIn(file: string): Promise<Route[]> {
  const routes = JSON.parse(await readFile(file, 'utf8')) as Route[]
  return routes.sort((a, b) => (`${a.url} ${a.method}` < `${b.url} ${b.method}` ? -1 : 1))
}

const nobody = '00000000-0000-7000-8000-000000000000'
const filled = (url: string) => url.replace(/:\w+(\([^)]*\))?/g, nobody).replace('*', 'nothing')

/** Every page that anyone can open, in both languages. */
export async function openPages(origin: string, routes: readonly Route[]) {
  const pages: Record<string, unknown> = {}
  const shown = routes.filter(
    ({ method, url }) => method === 'GET' && !url.startsWith('/api/') && !/metrics|sw\.js|:code/.test(url),
  )
  for (const language of ['vi', 'en'])
    for (const { url } of shown) {
      const visitor = new Visitor(origin, { accept: 'text/html', 'accept-language': language })
      pages[`${filled(url)} ${language}`] = await visitor.see(filled(url))
    }
  return pages
}

/** Each refusal's page in both languages, found by the list of them. */
export async function problemPages(origin: string, former: readonly string[]) {
  const pages: Record<string, unknown> = {}
  const visitor = new Visitor(origin, { accept: 'text/html' })
  const list = await (await visitor.ask('/problems')).text()
  const listed = [...list.matchAll(/href="\/problems\/([^"]+)"/g)].map(([, code = '']) => code)
  const codes = [...new Set([...listed, ...former])].sort()
  for (const language of ['vi', 'en'])
    for (const code of codes) {
      const answer = await visitor.ask(`/problems/${code}`, { headers: { 'accept-language': language } })
      const main = /<main[\s\S]*<\/main>/.exec(await answer.text())?.[0] ?? ''
      pages[`${code} ${language}`] = [answer.status, ...steady(main).split('\n')]
    }
  return pages
}

/** What each door of the API answers to someone who is not signed in and sends nothing. */
export async function refusals(origin: string, routes: readonly Route[]) {
  const answers: Record<string, unknown> = {}
  const refusing = routes.filter(({ url }) => url.startsWith('/api/') && url !== '/api/openapi.json')
  for (const { method, url } of refusing.filter(one => one.method !== 'HEAD')) {
    const body =
      method === 'GET' || method === 'DELETE' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }
    answers[`${method} ${url}`] = await new Visitor(origin).see(filled(url), { method, ...body })
  }
  return answers
}

/** The first id in a list that the API answered with. */
function firstId(answer: unknown): string | undefined {
  const list = Array.isArray(answer) ? answer : Object.values(answer ?? {}).find(Array.isArray)
  const { id } = (list?.[0] ?? {}) as { id?: unknown }
  return typeof id === 'string' ? id : undefined
}

/** What a door asks for, each of its choices once; `given` answers what has no choice. */
function queriesOf({ query: { required = [], properties = {} } = {} }: Route, given: Readonly<Record<string, string>>) {
  const least = required.flatMap(name => {
    const { minimum } = properties[name] ?? {}
    return minimum === undefined ? [] : [[name, String(minimum)] as const]
  })
  const said = { ...given, ...Object.fromEntries(least) }
  const chosen = required.find(name => properties[name]?.enum)
  if (chosen === undefined) return [said]
  return (properties[chosen]?.enum ?? []).map(choice => ({ ...said, [chosen]: choice }))
}

/** Lists whose rows of one day stand in the order of ids that an import drew: no run has them in that of another. */
const inOrderOfIds = ['/api/accounts']

/** Such a list to its end, in the order of what its rows say; beside it how many rows each page had. */
async function wholeList(visitor: Visitor, url: string): Promise<unknown> {
  const pages: Record<string, unknown>[] = []
  // Each page is read once: whoever reads is noted, and people are told.
  for (let after = ''; pages.length < 40; ) {
    const answer = await visitor.ask(`${url}${after}`)
    if (!answer.ok) return visitor.see(url)
    const page = (await answer.json()) as Record<string, unknown>
    pages.push(page)
    if (typeof page['next'] !== 'string') break
    after = `&after=${encodeURIComponent(page['next'])}`
  }
  const lists = pages.map(page => Object.values(page).find(Array.isArray) ?? [])
  const rows = lists.flat().map(row => steady(JSON.stringify(row)))
  return { pages: lists.map(list => list.length), rows: rows.sort().map(told) }
}

/**
 * What an officer reads at every door that needs a sign-in alone, and of the first thing in each list at those that
 * need its id.
 */
export async function readings(visitor: Visitor, routes: readonly Route[], given: Readonly<Record<string, string>>) {
  const answers: Record<string, unknown> = {}
  const read = async (route: Route, url = route.url) => {
    const plain = (await visitor.see(url)) as { status: number }
    answers[route.url] = plain
    if (plain.status !== 400) return
    for (const query of queriesOf(route, given)) {
      const search = new URLSearchParams(query).toString()
      const isLoose = inOrderOfIds.includes(url)
      answers[`${route.url}?${search}`] = await (isLoose
        ? wholeList(visitor, `${url}?${search}`)
        : visitor.see(`${url}?${search}`))
    }
  }
  const readable = routes.filter(({ method, url, right }) => method === 'GET' && url.startsWith('/api/') && right)
  for (const route of readable.filter(({ url }) => !url.includes(':'))) await read(route)
  for (const route of readable.filter(({ url }) => /^[^:]*\/:\w+(\/[^:]*)?$/.test(url))) {
    const list = route.url.replace(/\/:.*/, '')
    if ((answers[list] as { status?: number } | undefined)?.status !== 200) continue
    const id = firstId(await (await visitor.ask(list)).json().catch(() => undefined))
    if (id) await read(route, route.url.replace(/:\w+/, id))
  }
  return answers
}

/** Waits until `count` says nothing is left; gives up after a while, since a recording must end. */
export async function quiet(count: () => Promise<number>): Promise<void> {
  for (let turn = 0; turn < 60 && (await count()) > 0; turn++) await setTimeout(500)
}
