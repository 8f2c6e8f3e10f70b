import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answered, openDemonstration } from './demonstration-house.ts'
import { pages, pagesOfInvented, requests, withoutPeople } from './door-requests.ts'
import { mustBeAsked, openPeopleFinder } from './people-in-answers.ts'

/**
 * Every door and page is asked, in a demonstration, by an officer who may, for something that is there. Whoever stands
 * in the answer must stand in the readings of that request, or a deed of it must be about them. The doors are those of
 * the contracts, so that a new one is tried the day it is written; one that cannot be asked fails.
 */

const { ask, cast, doors, inject, one, pagesServed, rowsOf } = await openDemonstration()

const { peopleIn } = await openPeopleFinder(rowsOf)

/** Who stands in an answer, and not in the readings of the request, nor in a deed that it did. */
async function untraced({ text, requestId }: Answered, isChange: boolean, since: Date): Promise<string[]> {
  const people = peopleIn(text)
  if (people.length === 0) return []
  const noted = new Set(
    (await rowsOf<{ id: string }>('select person_id as id from audit.access where request_id = $1', [requestId])).map(
      ({ id }) => id,
    ),
  )
  if (isChange)
    for (const { id } of await rowsOf<{ id: string }>('select person_id as id from audit.deed where at >= $1', [since]))
      noted.add(id)
  return people.filter(meant => !meant.some(({ id }) => noted.has(id))).map(([first]) => first?.name ?? '')
}

test('each door can be asked: by a line of test/door-requests.ts, or by its path alone', async () => {
  const asked = [...doors].filter(([name, door]) => mustBeAsked(name, door))
  const unknown = [...Object.keys(requests), ...Object.keys(withoutPeople)].filter(name => !doors.has(name))
  assert.deepEqual(unknown, [], 'lines about doors that are gone')
  assert.ok(asked.length > 100, String(asked.length))
})

test('whoever stands in the answer of a door stands in the readings of that request', async () => {
  const wrong: string[] = []
  let people = 0
  for (const [name, door] of doors) {
    if (!mustBeAsked(name, door)) continue
    const since = new Date()
    try {
      for (const answer of await ask(name)) {
        if (answer.status !== 200) {
          wrong.push(`${name} answered ${answer.status}: ${answer.text.slice(0, 200)}`)
          continue
        }
        people += peopleIn(answer.text).length
        const missing = await untraced(answer, door.method !== 'GET', since)
        if (missing.length > 0) wrong.push(`${name} shows ${missing.length} people without a trace`)
      }
    } catch (error) {
      wrong.push(`${name} could not be asked: ${error instanceof Error ? error.message : error}`)
    }
  }
  assert.deepEqual(wrong, [])
  assert.ok(people > 300, `only ${people} people were seen`)
})

test('no page of an officer shows anybody without a trace', async () => {
  const wrong: string[] = []
  const isPage = (path: string) =>
    !path.startsWith('/api/') && !/\/assets\/|\*$/.test(path) && !pagesOfInvented.includes(path)
  for (const path of [...pagesServed].filter(isPage).sort()) {
    if (path.includes(':') && !(path in pages)) {
      wrong.push(`test/door-requests.ts does not know the page ${path}`)
      continue
    }
    for (const officer of cast.filter(({ login }) => ['chihuy', 'huyen', 'quantri'].includes(login))) {
      const answer = await inject({ method: 'GET', url: (await pages[path]?.({ one })) ?? path }, officer)
      const missing = await untraced(answer, false, new Date())
      if (missing.length > 0) wrong.push(`${path} shows ${missing.length} people without a trace to ${officer.login}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('whoever stands in a list stands in the readings of each officer who opens it', async () => {
  const wrong: string[] = []
  const campaigns = await rowsOf<{ id: string }>('select id from campaign.campaign')
  const lists = [...doors.values()]
    .filter(({ method, path }) => method === 'GET' && !path.includes(':'))
    .map(({ path }) => `/api${path}`)
  const risks = campaigns.map(({ id }) => `/api/campaigns/${id}/risk/pupils?below=1`)
  let people = 0
  for (const officer of cast) {
    for (const url of [...lists, ...risks]) {
      const answer = await inject({ method: 'GET', url }, officer)
      if (answer.status !== 200) continue
      people += peopleIn(answer.text).length
      const missing = await untraced(answer, false, new Date())
      if (missing.length > 0) wrong.push(`${url} shows ${missing.length} people without a trace to ${officer.login}`)
    }
  }
  assert.deepEqual(wrong, [])
  assert.ok(people > 300, `only ${people} people were seen`)
})
