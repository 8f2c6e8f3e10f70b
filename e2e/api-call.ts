import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { Endpoint, ReplyOf, SentInput } from '../src/platform/endpoint.ts'

/** Doors of the API, asked from within a page: with its session, its origin and its policy, as the console asks. */

type Given<E extends Endpoint> = SentInput<E>
type Asked<E extends Endpoint> = {
  readonly [Key in keyof Given<E> as undefined extends Given<E>[Key] ? never : Key]: Given<E>[Key]
}
type Loose = {
  readonly params?: Record<string, unknown>
  readonly query?: Record<string, unknown>
  readonly body?: unknown
}

function addressOf({ path }: Endpoint, { params = {}, query = {} }: Loose): string {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => [value].flat().map((one): [string, string] => [key, String(one)])),
  )
  return `/api${path.replace(/:(\w+)/g, (_, name: string) => String(params[name]))}${search.size ? `?${search}` : ''}`
}

async function answerOf(page: Page, door: Endpoint, asked: Loose): Promise<{ status: number; body: unknown }> {
  return page.evaluate(
    async ([address, method, body]) => {
      const response = await fetch(address, {
        method,
        ...(body && { body, headers: { 'content-type': 'application/json' } }),
      })
      return { status: response.status, body: (await response.json().catch(() => undefined)) as unknown }
    },
    [addressOf(door, asked), door.method, asked.body === undefined ? '' : JSON.stringify(asked.body)] as const,
  )
}

/** What the door answers; a refusal fails the test. */
export async function ask<E extends Endpoint>(page: Page, door: E, asked: Asked<E>): Promise<ReplyOf<E>> {
  const { status, body } = await answerOf(page, door, asked)
  assert.equal(status, 200, `${door.method} ${door.path}: ${JSON.stringify(body)}`)
  return body as ReplyOf<E>
}

/** The code that the door refuses with, and all that it says; an answer fails the test. */
export async function refusal<E extends Endpoint>(
  page: Page,
  door: E,
  asked: Asked<E>,
): Promise<{ code: string; text: string }> {
  const { status, body } = await answerOf(page, door, asked)
  assert.ok(status >= 400 && status < 500, `${door.method} ${door.path} answered ${status}`)
  return { code: String((body as { type?: string }).type).replace('/problems/', ''), text: JSON.stringify(body) }
}

/** What the door answers, or undefined where it refuses: for what may be kept from an officer either way. */
export async function askIfAllowed<E extends Endpoint>(
  page: Page,
  door: E,
  asked: Asked<E>,
): Promise<ReplyOf<E> | undefined> {
  const { status, body } = await answerOf(page, door, asked)
  assert.ok(status === 200 || (status >= 400 && status < 500), `${door.method} ${door.path} answered ${status}`)
  return status === 200 ? (body as ReplyOf<E>) : undefined
}
