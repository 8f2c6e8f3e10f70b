import assert from 'node:assert/strict'
import type { TestHouse } from './house.ts'
import { type Answer, answerOf, type Flight, flightsOf, madeUp, type Sent, send } from './relying-party.ts'

/** How a request is refused, and what is noted of it. */
export type Refused = {
  readonly status: number
  readonly error: string
  readonly check: string
  readonly endpoint: string
  readonly detail?: string
}

/** The recorder has one note of a refused request: which check, and nothing that somebody sent. */
export async function isNoted(
  house: TestHouse,
  response: Response,
  sent: readonly string[],
  expected: Partial<Flight>,
): Promise<void> {
  const failed = (await flightsOf(house, response)).filter(({ outcome }) => outcome === 'failed')
  assert.equal(failed.length, 1, JSON.stringify(failed))
  for (const [name, value] of Object.entries(expected))
    assert.equal(failed[0]?.[name as keyof Flight], value, JSON.stringify(failed[0]))
  for (const value of sent) assert.ok(!JSON.stringify(failed).includes(value), `the recorder keeps ${value}`)
}

export async function isAccepted(sent: Sent, status = 200): Promise<Answer> {
  const answer = await answerOf(await send(sent))
  assert.equal(answer.status, status, `the twin is refused: ${JSON.stringify(answer.body)}`)
  return answer
}

export async function isRefused(
  house: TestHouse,
  sent: Sent,
  clientId: string,
  { status, error, check, endpoint, detail }: Refused,
): Promise<Answer> {
  const answer = await answerOf(await send(sent))
  assert.equal(answer.body['error'], error, JSON.stringify(answer.body))
  assert.equal(answer.status, status, JSON.stringify(answer.body))
  await isNoted(house, answer.response, madeUp(sent, clientId), {
    check,
    error,
    endpoint,
    client_id: clientId,
    detail: detail ?? null,
  })
  return answer
}
