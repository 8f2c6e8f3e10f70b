import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Endpoint } from '../endpoint.ts'
import type { SealedColumn } from '../sealing/reseal.ts'
import { seal, unseal } from '../sealing/sealing.ts'
import type { Work } from '../work.ts'
import { answersKeptHours } from './law.ts'
import { requestProblem } from './problems.ts'

/**
 * A change that a browser sends again, because no answer came, lands once: the browser makes a key for it, which is
 * kept in the transaction of the change, and the answer is given again from there. As `Idempotency-Key` of
 * draft-ietf-httpapi-idempotency-key-header (checked on 2026-11-29); where the first is still under way, the second
 * waits for it at the database.
 */

const header = 'idempotency-key'
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What is over is dropped a few rows at a time by whoever writes the next one, of whomever it is. */
const droppedAtOnce = 20

export const sealedAnswers: readonly SealedColumn[] = [
  {
    table: 'platform.answered_request',
    column: 'answer',
    key: { key: 'uuid' },
    use: 'answer',
    place: row => `answer/${String(row['key'])}`,
  },
]

/** Keeps the key; false where a change under it has landed. */
async function insertKey({ tx, now, by }: Work, key: string, door: string): Promise<boolean> {
  const past = new Date(now.getTime() - answersKeptHours * 3_600_000)
  await sql`select platform.drop_answers(${past}::timestamptz, ${droppedAtOnce})`.execute(tx)
  const { rows } = await sql`
    insert into platform.answered_request (key, actor_id, door, at)
    values (${key}::uuid, ${by.id}, ${door}, ${now}::timestamptz) on conflict do nothing returning key`.execute(tx)
  return rows.length === 1
}

async function setAnswer({ tx }: Work, key: string, answer: Buffer): Promise<void> {
  await sql`update platform.answered_request set answer = ${answer} where key = ${key}::uuid`.execute(tx)
}

/** Another actor's are not seen. */
async function findAnswer({ tx }: Work, key: string, door: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{ answer: Buffer | null }>`
    select answer from platform.answered_request where key = ${key}::uuid and door = ${door}`.execute(tx)
  return rows[0]?.answer ?? undefined
}

type Change = {
  readonly door: Pick<Endpoint, 'method' | 'path'>
  readonly request: Pick<FastifyRequest, 'headers'>
  /** What was asked, with the ids of the address; beside the answer lies its hash, sealed with it. */
  readonly input: unknown
}

const inputHashOf = (input: unknown) => createHash('sha256').update(JSON.stringify(input)).digest('base64url')

/**
 * Runs a change once for each key of its request; without a key, always. Throws request-key-used where the key belongs
 * to another request, and request-key-malformed where it is none.
 */
export async function answerOnce<T>(
  work: Work,
  { door: { method, path }, request: { headers }, input }: Change,
  change: () => Promise<T>,
): Promise<T> {
  const key = headers[header]
  if (key === undefined || method === 'GET') return change()
  if (typeof key !== 'string' || !uuid.test(key)) throw requestProblem('request-key-malformed')
  const door = `${method} ${path}`
  const inputHash = inputHashOf(input)
  const place = `answer/${key}`
  if (!(await insertKey(work, key, door))) {
    const kept = await findAnswer(work, key, door)
    const first = kept && (JSON.parse(unseal('answer', place, kept)) as { inputHash: string; answer: T })
    if (first?.inputHash !== inputHash) throw requestProblem('request-key-used')
    return first.answer
  }
  const answer = await change()
  await setAnswer(work, key, seal('answer', place, JSON.stringify({ inputHash, answer: answer ?? {} })))
  return answer
}
