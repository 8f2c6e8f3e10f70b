import { parse } from 'node:querystring'
import type { FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import type { Endpoint } from '../endpoint.ts'
import { writeIdsAsStored } from '../http/input-ids.ts'
import { refuseNul } from '../http/nul-characters.ts'
import { requestProblem } from '../http/problems.ts'
import { type AskedTogether, type Doors, type RequestContext, routeOptions } from '../http/serve-endpoint.ts'
import { wrongFields } from '../http/wrong-fields.ts'
import { Problem, problemBody } from '../problem.ts'
import { findOutage } from '../problems-database.ts'
import type { Authority, Work } from '../work.ts'
import { answersTogether } from './contract.ts'
import { together } from './law.ts'

/**
 * In: addresses of doors that may be asked with others (`together` of an endpoint), as one page asks them all. Decided:
 * each by its own door: right, scope, purpose, shapes, and the trace of what is read. Out: the answers, from as few
 * transactions as there are scopes among them. One that fails takes no other with it: the work is begun again without
 * it, and its page asks it by itself. No deeds of its own.
 */

/** What a handler is given of its request, and the way in which its input and its answer are checked. */
type Asking = Required<Pick<RequestContext, 'request' | 'reply' | 'who'>>

type Outcome =
  | { readonly outcome: 'answered'; readonly body: string }
  | { readonly outcome: 'refused'; readonly problem: Problem }
  | { readonly outcome: 'alone' }

type Question = {
  readonly of: string
  readonly door: Endpoint
  readonly authority: Authority
  /** The answer as it is sent: with the members that the door declares, and no others. */
  answer(work: Work): Promise<string>
}

/** The values of the parameters, where an address is one of a door's path. */
function paramsIn(doorPath: string, path: string): Record<string, string> | undefined {
  const [pattern, parts] = [doorPath.split('/'), path.split('/')]
  if (pattern.length !== parts.length) return undefined
  const params: Record<string, string> = {}
  for (const [at, segment] of pattern.entries()) {
    const part = parts[at] ?? ''
    if (segment.startsWith(':') && part) params[segment.slice(1)] = part
    else if (segment !== part) return undefined
  }
  return params
}

function segmentText(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw requestProblem('address-unreadable')
  }
}

/** As Fastify checks an input: what is text is read as what the shape says. Throws input-invalid. */
function assertShape(request: FastifyRequest, shape: TSchema | undefined, value: Record<string, unknown>): void {
  if (!shape) return
  const check = request.getValidationFunction(shape) ?? request.compileValidationSchema(shape)
  if (!check(value)) throw requestProblem('input-invalid', { wrong: wrongFields(check.errors ?? []) })
}

/** The door of an address, by whom it may be asked, and how. Throws what the door itself would. */
function readQuestion(doors: readonly AskedTogether[], of: string, { request, reply, who }: Asking): Question {
  const [path = '', search = ''] = of.split(/\?(.*)/s)
  const found = doors.flatMap(one => {
    const params = paramsIn(one.door.path, path)
    return params ? [{ ...one, params }] : []
  })[0]
  if (!found) throw requestProblem('page-unknown')
  const { door, handler } = found
  const authority = who?.authority(door.right, door.purpose)
  if (!authority) throw requestProblem('right-missing', { right: door.right })
  if (who?.needsFactor?.(door)) throw requestProblem('factor-needed')

  const params = Object.fromEntries(Object.entries(found.params).map(([name, value]) => [name, segmentText(value)]))
  const query: Record<string, unknown> = { ...parse(search) }
  refuseNul(params, query)
  assertShape(request, door.params, params)
  assertShape(request, door.query, query)
  const input = writeIdsAsStored(door, { params, query, body: undefined })
  return {
    ...{ of, door, authority: { ...authority, requestId: request.id, seconds: together.seconds } },
    async answer(work) {
      const answer = await handler({ ...work, purpose: door.purpose }, input, { request, reply, who })
      return String(
        reply.serializeInput(answer as Record<string, unknown>, door.reply as unknown as Record<string, unknown>),
      )
    },
  }
}

/** Those who see the same rows share a work. */
const scopeOf = ({ authority: { purpose: _purpose, ...same } }: Question): string => JSON.stringify(same)

/**
 * Answers questions in one work. Where one fails, or a statement of it takes too long, the work is begun again without
 * it; after some of that nobody is asked any more.
 */
async function answerAll(
  { openWork }: Pick<Doors, 'openWork'>,
  questions: readonly [Question, ...Question[]],
  request: FastifyRequest,
): Promise<Map<string, Outcome>> {
  const failed = new Map<string, Outcome>()
  for (let again = 0; again <= together.beginsAgain; again += 1) {
    const left = questions.filter(({ of }) => !failed.has(of))
    let asking: Question | undefined
    try {
      return await openWork.as(questions[0].authority, async work => {
        const outcomes = new Map<string, Outcome>(failed)
        for (const question of left) {
          asking = question
          outcomes.set(question.of, { outcome: 'answered', body: await question.answer(work) })
        }
        asking = undefined
        return outcomes
      })
    } catch (error) {
      // What fails without a question is the work itself: nobody is answered.
      if (!asking) throw error
      if (!(error instanceof Problem) && !findOutage(error))
        request.log.error({ err: error, door: asking.door.path }, 'fault')
      failed.set(asking.of, error instanceof Problem ? { outcome: 'refused', problem: error } : { outcome: 'alone' })
    }
  }
  return failed
}

/** Each once, in the order in which they were asked. */
async function answersOf(doors: Doors, asked: readonly string[], asking: Asking): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>()
  const questions = [...new Set(asked)].flatMap(of => {
    try {
      return [readQuestion(doors.together ?? [], of, asking)]
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      outcomes.set(of, { outcome: 'refused', problem: error })
      return []
    }
  })
  for (const [first, ...others] of Map.groupBy(questions, scopeOf).values())
    if (first)
      for (const [of, outcome] of await answerAll(doors, [first, ...others], asking.request)) outcomes.set(of, outcome)
  return outcomes
}

function answerText(of: string, outcome: Outcome, requestId: string): string {
  const head = `{"of":${JSON.stringify(of)},"outcome":"${outcome.outcome}"`
  if (outcome.outcome === 'answered') return `${head},"body":${outcome.body}}`
  if (outcome.outcome === 'refused')
    return `${head},"problem":${JSON.stringify(problemBody(outcome.problem, requestId))}}`
  return `${head}}`
}

/** The door that asks others; bound after them. Its answer is put together from theirs, each written by its shape. */
export function routes(doors: Doors): void {
  doors.app.get<{ Querystring: { of: string[] } }>(
    `/api${answersTogether.path}`,
    routeOptions(doors, answersTogether),
    async (request, reply) => {
      const outcomes = await doors.openWork.asCallerIsNow(request, async () => {
        const { who } = await doors.openWork.authority(request, answersTogether)
        return answersOf(doors, request.query.of, { request, reply, who })
      })
      const answers = [...new Set(request.query.of)].map(of =>
        answerText(of, outcomes.get(of) ?? { outcome: 'alone' }, request.id),
      )
      return reply
        .header('cache-control', 'no-store')
        .type('application/json; charset=utf-8')
        .send(`{"answers":[${answers.join(',')}]}`)
    },
  )
}
