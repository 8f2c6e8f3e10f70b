import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Endpoint } from '../src/platform/endpoint.ts'
import { mayDo, roles } from '../src/staff/role.ts'
import { type Cast, openDemonstration } from './demonstration-house.ts'
import { listsWithoutQueue } from './lists-without-queue.ts'

/**
 * Hôm nay is honest: each list in which something waits is declared once in the console's table of queues, each figure
 * is as long as the list that it opens, and nothing is counted for whoever may not open it.
 */

type Campaign = { readonly id: string; readonly state: string }
/** What web/console/today/queues/queue.ts says of a queue; the console's types are of a program for browsers. */
type QueueAsking = {
  readonly say: (key: string) => string
  readonly language: 'vi'
  readonly may: (right: string) => boolean
  readonly own: string
  readonly today: string
  readonly campaign: Campaign | undefined
}
type QueueRow = {
  readonly key: string
  readonly count: number
  readonly isMore?: boolean
  readonly to: string
}
type WaitingQueue = {
  readonly name: string
  readonly lists: readonly string[]
  readonly when: (asking: QueueAsking) => boolean
  readonly door: Endpoint
  readonly asked: (asking: QueueAsking) => object | undefined
  readonly read: (answer: unknown, asking: QueueAsking) => readonly QueueRow[]
}
const fromWeb = (path: string): Promise<unknown> => import(join(import.meta.dirname, '..', 'web', path))
const { allQueues } = (await fromWeb('console/today/queues/all-queues.ts')) as {
  readonly allQueues: readonly WaitingQueue[]
}
const { addressOf } = (await fromWeb('parts/call.ts')) as {
  readonly addressOf: (door: Endpoint, asked: object) => string
}

const { cast, doors, house, inject } = await openDemonstration()
const oneOfEach = roles.map(role => cast.find(({ session }) => session.role === role) ?? assert.fail(role))

type Json = Readonly<Record<string, unknown>>
/** What a door answers; undefined where it refuses. */
async function answerOf(who: Cast, url: string): Promise<Json> {
  const { status, text } = await inject({ method: 'GET', url }, who)
  assert.equal(status, 200, `${who.login} ${url}: ${text.slice(0, 300)}`)
  return JSON.parse(text) as Json
}

async function askingOf(who: Cast): Promise<QueueAsking> {
  const may = (right: string) => who.session.role !== null && mayDo(who.session.role, right)
  const { campaigns } = may('campaign.figures')
    ? ((await answerOf(who, '/api/campaigns')) as { campaigns: Campaign[] })
    : { campaigns: [] as Campaign[] }
  return {
    say: key => key,
    language: 'vi',
    may,
    own: who.session.officerId,
    today: house.today(),
    campaign: campaigns.find(({ state }) => state === 'open'),
  }
}

async function askedRows(who: Cast, queue: WaitingQueue, asking: QueueAsking): Promise<readonly QueueRow[]> {
  const asked = queue.asked(asking)
  return asked ? queue.read(await answerOf(who, addressOf(queue.door, asked)), asking) : []
}

type Waiting = { readonly who: Cast; readonly queue: WaitingQueue; readonly rows: readonly QueueRow[] }

/** Hôm nay of one officer of each role, and of a second ward. */
async function everyonesToday(): Promise<Waiting[]> {
  const found: Waiting[] = []
  for (const who of [...oneOfEach, ...cast.filter(({ login }) => ['phuong2', 'sogiaoduc'].includes(login))]) {
    const asking = await askingOf(who)
    for (const queue of allQueues.filter(({ when }) => when(asking)))
      found.push({ who, queue, rows: await askedRows(who, queue, asking) })
  }
  return found
}
const everyone = await everyonesToday()

/** How many rows a list has, read to its end. */
async function lengthOf(who: Cast, path: string, rows: string, query: Json = {}): Promise<number> {
  let [count, after] = [0, '']
  for (;;) {
    const asked = new URLSearchParams({ ...(query as Record<string, string>), ...(after && { after }) })
    const page = await answerOf(who, `/api${path}?${asked}`)
    count += (page[rows] as unknown[]).length
    if (typeof page['next'] !== 'string') return count
    after = page['next']
  }
}

type Listed = (who: Cast, search: URLSearchParams, path: string) => Promise<number>
const given = (search: URLSearchParams, names: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(names).flatMap(([name, as]) => (search.has(name) ? [[as, search.get(name) ?? '']] : [])),
  )
const total =
  (path: string, names: Readonly<Record<string, string>>): Listed =>
  async (who, search) =>
    Number(
      (await answerOf(who, `/api${path}?${new URLSearchParams({ ...given(search, names), limit: '1' })}`))['total'],
    )

/** How the page behind an address counts what it lists. */
const lists: Readonly<Record<string, Listed>> = {
  '/dan-cu/dinh-chinh': who => lengthOf(who, '/register/corrections', 'corrections', { which: 'to-decide' }),
  '/dan-cu/dinh-chinh/:id': async () => 1,
  '/dan-cu/hop-nhat/:id': async () => 1,
  '/dan-cu/lap-so': who => lengthOf(who, '/register/collections', 'collections'),
  '/dan-cu/yeu-cau': who => lengthOf(who, '/data-requests', 'requests', { which: 'open' }),
  '/lich-luu-dong/lich-hen': async (who, search) => {
    const { booked } = await answerOf(who, `/api/counters/${search.get('noi')}/days/${house.today()}`)
    return (booked as { state: string }[]).filter(({ state }) => state === 'booked').length
  },
  '/thu-nhan': (who, search) => lengthOf(who, '/applications', 'applications', given(search, { hang: 'queue' })),
  '/thu-nhan/goi': who => lengthOf(who, '/packets/quarantined', 'packets'),
  '/thu-nhan/khoang-trong': async (who, search) => {
    const { gaps } = await answerOf(who, `/api/gaps?kind=${search.get('loai')}`)
    return (gaps as { overdue: boolean }[]).filter(({ overdue }) => overdue).length
  },
  '/tai-khoan': (who, search) => lengthOf(who, '/accounts', 'accounts', given(search, { hang: 'queue' })),
  '/the/danh-sach': (who, search) =>
    lengthOf(who, '/cards', 'rows', { ...given(search, { buoc: 'stage', qua: 'olderThanDays' }), limit: '500' }),
  '/the/dot': (who, search) => lengthOf(who, '/card-batches', 'rows', given(search, { loc: 'which' })),
  '/the/thung': (who, search) =>
    lengthOf(who, '/card-boxes', 'rows', given(search, { huong: 'direction', tt: 'state', loc: 'which' })),
  '/ra-soat/viec': (who, search) =>
    total('/follow-ups', { loai: 'kind', ai: 'owner' })(
      who,
      search.has('loai') ? search : new URLSearchParams([...search, ['loai', 'roll-defect']]),
      '',
    ),
  '/ra-soat/hang-cho': async (who, search) =>
    search.get('nhom') === 'to-me'
      ? lengthOf(who, '/review/referred', 'rows', { which: 'to-me' })
      : total('/review/rows', { nhom: 'part' })(who, search, ''),
  '/ra-soat/:id': async (who, search, path) => total(`/rolls/${path.split('/').at(-1)}/rows`, {})(who, search, path),
  '/pho-cap': (who, search) => total(`/universal-education/${search.get('ds')}`, { th: 'case' })(who, search, ''),
  '/kiem-toan': who => lengthOf(who, '/inspection/patterns', 'patterns', { state: 'open' }),
  '/hom-nay/cau-hoi': async who =>
    ((await answerOf(who, '/api/inspection/questions'))['questions'] as { answer?: unknown }[]).filter(
      ({ answer }) => !answer,
    ).length,
  '/chien-dich/nguoi': (who, search) =>
    total(`/campaigns/${search.get('cd')}/list`, { cs: 'metric', kieu: 'which' })(who, search, ''),
}
/** Pages that list more than what waits, and mark that themselves: what waits is read from the same door. */
const marked = ['/chien-dich/chi-dao', '/bao-cao', '/quan-tri/de-nghi', '/quan-tri/ben-lien-ket', '/trao-doi'].concat(
  '/quan-tri/vi-pham',
  '/dan-cu/hop-nhat',
)

const ofPage = (to: string) => {
  const { pathname, searchParams } = new URL(to, 'http://localhost')
  const path = pathname.replace(/^\/console/, '')
  return { path, shape: path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, ':id'), search: searchParams }
}

test('each figure of Hôm nay is as long as the list that it opens, for each role', async () => {
  const wrong: string[] = []
  const compared = new Set<string>()
  for (const { who, queue, rows } of everyone)
    for (const { key, to, count, isMore } of rows) {
      const { path, shape, search } = ofPage(to)
      if (marked.includes(shape)) continue
      const list = lists[shape]
      if (!list) {
        wrong.push(`${key} opens ${shape}: say here how that page counts what it lists`)
        continue
      }
      const found = await list(who, search, path)
      compared.add(queue.name)
      if (isMore ? found < count : found !== count) wrong.push(`${who.login} ${key}: ${count}, and ${found} in ${to}`)
    }
  assert.deepEqual(wrong, [])
  assert.ok(compared.size >= 6, `only these queues had something waiting: ${[...compared].join(', ')}`)
})

test('the card centre and education find their work on Hôm nay', () => {
  const idle = ['trungtamthe', 'giaoduc', 'sogiaoduc'].filter(
    login => !everyone.some(({ who, rows }) => who.login === login && rows.length > 0),
  )
  assert.deepEqual(idle, [])
})

test('each row of Hôm nay has a key of its own, and each queue a name of its own', () => {
  const names = allQueues.map(({ name }) => name)
  assert.deepEqual(names, [...new Set(names)])
  for (const who of new Set(everyone.map(one => one.who))) {
    const keys = everyone.filter(one => one.who === who).flatMap(({ rows }) => rows.map(({ key }) => key))
    assert.deepEqual(keys, [...new Set(keys)])
  }
})

test('each queue of Hôm nay is asked with the others, and what is asked so only reads and is sent as JSON', () => {
  const apart = allQueues.filter(({ door }) => !door.together).map(({ name }) => name)
  assert.deepEqual(apart, [])
  const wrong = [...doors.values()].filter(
    ({ together, method, reply, upload, rate, needsFreshFactor }) =>
      together && (method !== 'GET' || !reply || upload || rate || needsFreshFactor),
  )
  assert.deepEqual(
    wrong.map(({ path }) => path),
    [],
  )
})

/** The names under which lists are asked for one of their queues. */
const choosing = ['queue', 'which', 'state', 'stage', 'box', 'part', 'case', 'kind', 'list']
type Shape = { readonly properties?: Record<string, { enum?: string[]; anyOf?: { const?: string }[]; type?: string }> }
const shapeOf = (schema: unknown) => ((schema ?? {}) as Shape).properties ?? {}

/** Every list of officers, and each of its queues where it has some. */
function listsOf(door: Endpoint): string[] {
  const isList = Object.values(shapeOf(door.reply)).some(({ type }) => type === 'array')
  if (door.method !== 'GET' || /:(?!list\b)/.test(door.path) || !isList) return []
  const paths = door.path.includes(':list')
    ? (shapeOf(door.params)['list']?.enum ?? []).map(list => door.path.replace(':list', list))
    : [door.path]
  const choices = Object.entries(shapeOf(door.query)).flatMap(([name, { enum: values, anyOf }]) => {
    const all = values ?? anyOf?.flatMap(one => one.const ?? []) ?? []
    return choosing.includes(name) ? all.map(value => `?${name}=${value}`) : []
  })
  return paths.flatMap(path => (choices.length ? choices.map(choice => path + choice) : [path]))
}

test('each list with something waiting is declared as a queue, or it is said why nothing waits there', () => {
  const all = [...doors.values()].flatMap(listsOf)
  assert.ok(all.length > 150, `${all.length} lists`)
  const declared = new Set(allQueues.flatMap(queue => queue.lists))
  const excused = new Map(Object.entries(listsWithoutQueue).flatMap(([why, some]) => some.map(one => [one, why])))
  const pathOf = (list: string) => list.split('?')[0] ?? list
  const unknown = all.filter(list => !declared.has(list) && !excused.has(list) && !excused.has(pathOf(list)))
  assert.deepEqual(unknown, [], 'declare these in web/console/today/queues, or in test/lists-without-queue.ts')
  const known = new Set([...all, ...all.map(pathOf), ...[...doors.values()].map(({ path }) => path)])
  const gone = [...declared, ...excused.keys()].filter(list => !known.has(list) && !known.has(pathOf(list)))
  assert.deepEqual(gone, [], 'no such list any more')
  assert.deepEqual(
    [...declared].filter(list => excused.has(list)),
    [],
    'declared, and excused',
  )
})
