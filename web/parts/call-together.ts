import type { Endpoint } from '../../src/platform/endpoint.ts'
import { answersTogether } from '../../src/platform/together/contract.ts'
import { together } from '../../src/platform/together/law.ts'
import { type Answer, type Asked, addressOf, call, Refusal } from './call.ts'

/**
 * Questions that a page asks at once go in one request, where their doors may be asked so; what is quick to count and
 * what takes long each in its own, so that nothing quick waits. Each question has its own answer, or its own error.
 */

type Waiting = {
  readonly of: string
  resolve(answer: unknown): void
  reject(error: unknown): void
  /** Asks the door by itself. */
  alone(): Promise<unknown>
}

const waiting = new Map<string, Waiting[]>()

/** Where a question failed among others, or what asks them all did not answer, its door is asked by itself. */
const askAlone = ({ alone, resolve, reject }: Waiting) => void alone().then(resolve, reject)

async function askAll(asked: readonly Waiting[]): Promise<void> {
  if (asked.length === 1) return asked.forEach(askAlone)
  try {
    const { answers } = await call(answersTogether, { query: { of: [...new Set(asked.map(({ of }) => of))] } })
    const found = new Map(answers.map(one => [one.of, one]))
    for (const one of asked) {
      const { outcome, body, problem } = found.get(one.of) ?? { outcome: 'alone' as const }
      if (outcome === 'answered') one.resolve(body)
      else if (outcome === 'alone') askAlone(one)
      else one.reject(refusalIn(problem))
    }
  } catch (error) {
    const isFault = error instanceof Refusal && error.status === 500
    for (const one of asked) isFault ? askAlone(one) : one.reject(error)
  }
}

function refusalIn(problem: unknown): Refusal {
  const body = (problem ?? {}) as Readonly<Record<string, unknown>>
  return new Refusal(Number(body['status'] ?? 500), body, null)
}

function sendWaiting(kind: string): void {
  const all = waiting.get(kind) ?? []
  waiting.delete(kind)
  for (let from = 0; from < all.length; from += together.most) void askAll(all.slice(from, from + together.most))
}

/** Asks a door together with the others that are asked in the same turn. */
export function callTogether<E extends Endpoint>(door: E, asked: Asked<E>): Promise<Answer<E>> {
  const kind = door.together
  if (!kind) return call(door, asked)
  return new Promise<unknown>((resolve, reject) => {
    const line = waiting.get(kind)
    const one: Waiting = {
      of: addressOf(door, asked).replace(/^\/api/, ''),
      resolve,
      reject,
      alone: () => call(door, asked),
    }
    if (line) return void line.push(one)
    waiting.set(kind, [one])
    setTimeout(() => sendWaiting(kind))
  }) as Promise<Answer<E>>
}
