import { Value } from 'typebox/value'
import { mutated } from '../mutate.ts'
import { randomOf } from '../random.ts'
import { harvest } from './harvest.ts'
import type { ServedHouse } from './open-served.ts'
import { rawRequests, sendRaw } from './raw.ts'
import { type FuzzRequest, requestTo } from './request.ts'
import { type FuzzAnswer, patience, send } from './send.ts'
import type { Caller, FuzzedRoute, ServedToFuzz } from './served.ts'

/** A request that a door does not bear. */
export type DoorFinding = { readonly request?: FuzzRequest; readonly fault: string }

export type DoorRun = {
  readonly seed: number
  readonly until: number
  readonly most?: number
  /** Requests that were findings once. */
  readonly first?: readonly FuzzRequest[]
  readonly tell?: (line: string) => void
}

const atOnce = 8
/** Requests between two looks at memory and sessions. */
const between = 400

/** Why an answer is a finding; undefined where all is well. */
export function faultOfAnswer(
  route: FuzzedRoute | undefined,
  answer: FuzzAnswer,
  { problemCodes }: Pick<ServedToFuzz, 'problemCodes'>,
): string | undefined {
  const { status, type, body } = answer
  const isProblem = type.startsWith('application/problem+json')
  const told = isProblem ? (JSON.parse(body.toString('utf8')) as { type?: string; status?: number }) : undefined
  const code = told?.type?.replace('/problems/', '')
  if (status === 503 && code) return undefined
  if (status >= 500) return `answered ${status}`
  if (told && (!code || !problemCodes.includes(code))) return `refused with a code without a page: ${code}`
  if (told && told.status !== status) return `says ${told.status} and is ${status}`
  if (route?.right !== undefined && status >= 400 && !isProblem && !type.startsWith('text/html'))
    return `refused with ${status} and no problem, but ${type}`
  if (status === 200 && route?.reply && type.startsWith('application/json')) {
    const read: unknown = JSON.parse(body.toString('utf8'))
    if (!Value.Check(route.reply, read)) {
      const [first] = [...Value.Errors(route.reply, read)]
      return `answered what it does not declare: ${first?.instancePath} ${first?.message}`
    }
  }
  return undefined
}

/** A kept request with ids of this house in place of `:id`. */
const withIds = (request: FuzzRequest, { ids }: ServedToFuzz): FuzzRequest => ({
  ...request,
  path: request.path.replace(/:\w+/g, (all, at: number) => {
    const upTo = request.path.slice(0, at).replace(/^\/api/, '') + all
    return ids[upTo]?.[0] ?? '018f0000-0000-7000-8000-000000000000'
  }),
})

const kindOf = ({ method, route }: FuzzRequest, fault: string) => `${method} ${route} ${fault.replace(/\d{4,}/g, '#')}`

/** Asks every door in turn, by whoever, with what its shapes make, bent. */
export async function fuzzDoors(
  house: ServedHouse,
  { seed, until, most = Number.POSITIVE_INFINITY, first = [], tell = () => undefined }: DoorRun,
): Promise<{
  readonly requests: number
  readonly statuses: ReadonlyMap<number, number>
  readonly findings: DoorFinding[]
  readonly heap: number[]
}> {
  const { served } = house
  const doors = served.routes.filter(({ url }) => !url.endsWith('/assets/*'))
  const findings = new Map<string, DoorFinding>()
  const statuses = new Map<number, number>()
  const sent = new Map<string, FuzzRequest>()
  const heap: number[] = []
  let callers: readonly Caller[] = served.callers
  let requests = 0
  let missing = 0
  const isOver = () => performance.now() >= until || requests >= most || house.hasEnded()

  const add = (fault: string, request?: FuzzRequest) => {
    const kind = request ? kindOf(request, fault) : fault
    if (findings.has(kind)) return
    findings.set(kind, { fault, ...(request && { request }) })
    tell(`${fault}\n  ${request ? JSON.stringify(request).slice(0, 900) : ''}`)
  }

  /** What the house logged of a request that failed: the first line of its cause. */
  const loggedFault = (requestId = ''): string => {
    const line =
      requestId &&
      house
        .log()
        .split('\n')
        .find(one => one.includes(requestId) && one.includes('"fault"'))
    return line
      ? `: ${(JSON.parse(line) as { err?: { stack?: string } }).err?.stack?.split('\n').slice(0, 2).join(' ')}`
      : ''
  }

  async function ask(request: FuzzRequest): Promise<void> {
    requests += 1
    const name = `fuzz-${requests}`
    const address = `10.${(requests >> 16) & 255}.${(requests >> 8) & 255}.${requests & 255}`
    sent.set(name, request)
    if (sent.size > 5000) sent.delete(sent.keys().next().value ?? '')
    const begun = performance.now()
    const answer = await send(served.port, request, callers, { name, address })
    statuses.set(answer?.status ?? 0, (statuses.get(answer?.status ?? 0) ?? 0) + 1)
    if (answer?.status === 401 && request.caller !== 'nobody' && !request.headers['cookie']) missing += 1
    const route = doors.find(({ method, url }) => method === request.method && url === request.route)
    const fault = answer
      ? faultOfAnswer(route, answer, served)
      : performance.now() - begun > patience && 'was not answered at all'
    if (answer?.status === 200 && answer.type.startsWith('application/json'))
      harvest(served.ids, request.route, JSON.parse(answer.body.toString('utf8')), randomOf(requests))
    if (fault) add(`${fault}${loggedFault(answer?.requestId)}`, request)
  }

  /** Asks each request of a stretch again, alone: what is done once, such as loading a module, is not done again. */
  async function findHolder(names: readonly string[]): Promise<void> {
    for (const request of names.flatMap(name => sent.get(name) ?? []).slice(-40)) {
      let shortest = Number.POSITIVE_INFINITY
      // Three times: on a busy machine, the same work takes longer by chance.
      for (let turn = 0; turn < 3 && shortest > 0; turn += 1) {
        await ask(request)
        const { stretches } = await house.measure()
        shortest = Math.min(shortest, Math.max(0, ...stretches.map(({ milliseconds }) => milliseconds)))
      }
      if (shortest > 0) add(`the event loop was held`, request)
      if (shortest > 0) tell(`  for ${shortest} ms`)
    }
  }

  async function look(): Promise<void> {
    const { heapMegabytes, stretches, rejections } = await house.measure()
    heap.push(heapMegabytes)
    for (const { requests: during } of stretches) await findHolder(during)
    for (const rejection of rejections) add(`a rejection was handled by nobody: ${rejection.slice(0, 600)}`)
    if (missing > 20) {
      missing = 0
      callers = await house.signIn()
    }
  }

  for (const request of first) await ask(withIds(request, served))
  for (let round = 0; !isOver(); round += 1) {
    const random = randomOf(seed + round)
    const asked = Array.from({ length: between }, (_, turn) =>
      requestTo(doors[(round * between + turn) % doors.length] as FuzzedRoute, random, served, callers),
    )
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let next = asked.pop(); next && !isOver(); next = asked.pop()) await ask(next)
      }),
    )
    for (let more = 3; more > 0 && !isOver(); more -= 1) {
      const text = mutated(
        rawRequests.map(one => Buffer.from(one, 'latin1')),
        random,
      ).toString('latin1')
      const status = await sendRaw(served.port, random.once(2) ? random.pick(rawRequests) : text, random)
      if (status !== undefined && status >= 500 && status !== 503)
        add(`answered ${status} to ${JSON.stringify(text.slice(0, 300))}`)
    }
    if (!house.hasEnded()) await look()
  }
  if (house.hasEnded()) add(`the house ended: ${house.log().slice(-600)}`)
  return { requests, statuses, findings: [...findings.values()], heap }
}

/** Whether the heap grew from the second third of a run to the last by more than caches fill. */
export function isRising(heap: readonly number[]): boolean {
  const third = Math.floor(heap.length / 3)
  const median = (part: readonly number[]) => part.toSorted((a, b) => a - b)[Math.floor(part.length / 2)] ?? 0
  return third > 10 && median(heap.slice(-third)) > 1.15 * median(heap.slice(third, 2 * third))
}
