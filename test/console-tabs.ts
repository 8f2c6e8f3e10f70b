import { join } from 'node:path'
import { accountQueues } from '../src/accounts/contract.ts'
import { campaignList } from '../src/campaign/cohorts/contract.ts'
import { needFigures } from '../src/campaign/contract.ts'
import { stagesAndGroups } from '../src/cards/tracking/stage.ts'
import { showDaysAhead } from '../src/planning/contract.ts'
import { addDays, asDay } from '../src/platform/day.ts'
import type { Endpoint } from '../src/platform/endpoint.ts'
import { answersTogether } from '../src/platform/together/contract.ts'
import { figureFunnel, quickStatistics } from '../src/statistics/contract.ts'

/**
 * What the console asks behind each tab, as its pages do (`useAsk` of web/console/…): Hôm nay from the table of queues
 * itself, the others as written here. Read by the test that counts statements and by bench/pages.ts.
 */

export type TabRequest = { readonly method: 'GET' | 'POST'; readonly url: string; readonly body?: object }
export type TabName = 'shell' | 'today' | 'accounts' | 'review' | 'register' | 'cards' | 'campaigns'

/** Somebody who asks: what they may do, where, and how an answer is had. */
export type TabCaller = {
  readonly officerId: string
  readonly unitId: string
  readonly today: string
  readonly may: (right: string) => boolean
  readonly read: (request: TabRequest) => Promise<unknown>
}

type Campaign = { readonly id: string; readonly state: string; readonly metrics: readonly string[] }
type Queue = {
  readonly name: string
  readonly door: Endpoint
  readonly when: (asking: object) => boolean
  readonly asked: (asking: object) => object | undefined
}
const fromWeb = (path: string): Promise<unknown> => import(join(import.meta.dirname, '..', 'web', path))
const { allQueues } = (await fromWeb('console/today/queues/all-queues.ts')) as { readonly allQueues: readonly Queue[] }
const { addressOf } = (await fromWeb('parts/call.ts')) as {
  readonly addressOf: (door: Endpoint, asked: object) => string
}

const get = (path: string, query: Readonly<Record<string, string>> = {}): TabRequest => {
  const search = new URLSearchParams(query).toString()
  return { method: 'GET', url: `/api${path}${search && `?${search}`}` }
}
const post = (path: string, body: object): TabRequest => ({ method: 'POST', url: `/api${path}`, body })
const onlyIf = (may: boolean, requests: readonly TabRequest[]): readonly TabRequest[] => (may ? requests : [])

/** What every page asks: who is signed in, what may still be undone, what is new. */
const ofShell = (): TabRequest[] => [get('/me'), get('/decisions'), get('/me/notices')]

async function campaignsOf({ may, read }: TabCaller) {
  if (!may('campaign.figures')) return undefined
  const { campaigns, first } = (await read(get('/campaigns'))) as { campaigns: Campaign[]; first: string | null }
  return { campaigns, first: campaigns.find(({ id }) => id === first) }
}

async function ofToday(caller: TabCaller): Promise<TabRequest[]> {
  const { may, officerId, today } = caller
  const campaign = (await campaignsOf(caller))?.first
  const asking = { may, own: officerId, today, language: 'vi', say: (key: string) => key, campaign }
  const queues = allQueues
    .filter(({ when }) => when(asking))
    .flatMap(({ door, asked }): Question[] => {
      const request = asked(asking)
      return request ? [{ door, asked: request }] : []
    })
  const ofCampaign = campaign ? { params: { id: campaign.id }, query: {} } : undefined
  const figuresOf = { born: [2005, 2008], by: ['school', 'unit'] }
  const days = { from: today, to: addDays(asDay(today), 6) }
  // What is asked of a campaign is asked when the page knows which.
  const [later, first] = [
    queues.filter(({ asked }) => 'params' in asked),
    queues.filter(({ asked }) => !('params' in asked)),
  ]
  return [
    ...inOneRequestEach([
      ...(may('campaign.figures') ? [{ door: campaignList, asked: {} }] : []),
      ...(may('campaign.figures') ? [{ door: needFigures, asked: { query: figuresOf } }] : []),
      ...(may('planning.read') ? [{ door: showDaysAhead, asked: { query: days } }] : []),
      ...first,
    ]),
    ...inOneRequestEach([
      ...(ofCampaign ? [quickStatistics, figureFunnel].map(door => ({ door, asked: ofCampaign })) : []),
      ...later,
    ]),
  ]
}

type Question = { readonly door: Endpoint; readonly asked: object }

/** As a page asks in one turn (web/parts/call-together.ts): a door once for the same thing, a request for each kind. */
function inOneRequestEach(questions: readonly Question[]): TabRequest[] {
  const all = Map.groupBy(questions, ({ door }) => door.together)
  return [...all].flatMap(([kind, some]) => {
    const of = [...new Set(some.map(({ door, asked }) => addressOf(door, asked)))]
    const isAlone = kind === undefined || of.length === 1
    if (isAlone) return of.map((url): TabRequest => ({ method: 'GET', url }))
    return [{ method: 'GET', url: addressOf(answersTogether, { query: { of: of.map(one => one.slice(4)) } }) }]
  })
}

const ofAccounts = ({ may, unitId }: TabCaller): TabRequest[] => [
  ...accountQueues.map(queue => get('/accounts', { queue })),
  get('/accounts/counts'),
  ...onlyIf(may('units.read'), [get('/units', { below: unitId, level: 'commune' })]),
]

async function ofReview(caller: TabCaller): Promise<TabRequest[]> {
  const { may, read, unitId } = caller
  const { rolls } = (await read(get('/rolls'))) as { rolls: { id: string; state: string }[] }
  const roll = rolls[0]
  return [
    get('/rolls'),
    get(`/units/${unitId}/schools`),
    get('/follow-ups', { owner: 'ward', offset: '0', limit: '100' }),
    get('/follow-ups/counts'),
    ...onlyIf(may('rolls.review'), [
      get('/review/progress'),
      get('/review/deeds'),
      get('/review/referred', { which: 'to-me' }),
      get('/review/rows', { part: 'left', offset: '0' }),
      get('/review', { of: 'review' }),
    ]),
    ...(roll
      ? [
          get(`/rolls/${roll.id}`),
          get(`/rolls/${roll.id}/defects`),
          get(`/rolls/${roll.id}/rows`, { offset: '0', limit: '100' }),
          get(`/rolls/${roll.id}/review/progress`),
          get('/follow-ups/counts', { sourceId: roll.id }),
          get(`/rolls/${roll.id}/visit`),
        ]
      : []),
  ]
}

async function ofRegister({ may, read, unitId, today }: TabCaller): Promise<TabRequest[]> {
  const search = post('/register/search', { name: 'Nguyễn Thị Hương' })
  const { people } = (await read(search)) as { people: { id: string; number?: string }[] }
  const person = people.find(({ number }) => number)
  return [
    get('/units', { day: today, below: unitId }),
    ...onlyIf(may('register.propose'), [
      get('/register/corrections', { which: 'to-decide' }),
      get('/register/openings'),
      get('/register/merges'),
    ]),
    get('/register/collections'),
    ...onlyIf(may('protection.receive'), [get('/data-requests/counts')]),
    search,
    post('/register/search', { name: 'Nguyễn Thị Hương', born: '2005' }),
    ...(person
      ? [
          post('/register/look-up', { number: person.number }),
          get(`/register/persons/${person.id}`),
          get(`/register/persons/${person.id}/absences`),
          get(`/persons/${person.id}/needs`),
        ]
      : []),
  ]
}

const ofCards = ({ may }: TabCaller): TabRequest[] => [
  get('/cards/pipeline'),
  get('/units'),
  ...stagesAndGroups.map(stage => get('/cards', { stage, limit: '200' })),
  ...onlyIf(may('cards.produce'), [get('/card-batches', { which: 'waiting' })]),
  ...onlyIf(may('cards.ship'), [get('/card-boxes', { direction: 'out' })]),
]

async function ofCampaigns(caller: TabCaller): Promise<TabRequest[]> {
  const known = await campaignsOf(caller)
  const ofOne = ({ id }: Campaign) => [
    get(`/campaigns/${id}/quick`),
    get(`/campaigns/${id}/funnel`),
    get(`/campaigns/${id}/map`),
    get(`/campaigns/${id}/course`),
  ]
  return known
    ? [get('/campaigns'), get('/maps'), get('/last-safe-days'), ...known.campaigns.flatMap(ofOne)]
    : [get('/campaigns')]
}

/** Every tab and what its pages ask; a caller asks it as they may. */
export const tabs: Readonly<
  Record<TabName, (caller: TabCaller) => readonly TabRequest[] | Promise<readonly TabRequest[]>>
> = {
  shell: ofShell,
  today: ofToday,
  accounts: ofAccounts,
  review: ofReview,
  register: ofRegister,
  cards: ofCards,
  campaigns: ofCampaigns,
}
