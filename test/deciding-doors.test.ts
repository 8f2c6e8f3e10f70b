import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Endpoint } from '../src/platform/endpoint.ts'

/** Which doors take the version that a page showed, and why each other door that changes something need not. */

const root = join(import.meta.dirname, '..')
const contracts = await Promise.all(
  globSync('src/**/contract*.ts', { cwd: root })
    .filter(file => !file.includes('.test.'))
    .map(file => import(join(root, file)) as Promise<Record<string, unknown>>),
)
const isDoor = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'right' in value
const doors = [...new Set(contracts.flatMap(contract => Object.values(contract).filter(isDoor)))].filter(
  ({ method, onlyReads }) => method !== 'GET' && !onlyReads,
)
const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`

/** What each deciding door compares: the last deed on a thing, the state of a line, or versions that are counted. */
const deciding: Readonly<Record<string, readonly string[]>> = {
  'the last deed on the row of a roll': [
    'PUT /rolls/:id/rows/:place/decision',
    'DELETE /rolls/:id/rows/:place/decision',
    'POST /rolls/:id/rows/:place/refer',
    'POST /rolls/:id/rows/:place/return',
  ],
  'the last deed on the correction': ['approve', 'attest', 'refuse', 'withdraw'].map(
    verb => `POST /register/corrections/:id/${verb}`,
  ),
  'the last deed on the collection': ['establish', 'mend', 'refuse'].map(
    verb => `POST /register/collections/:id/${verb}`,
  ),
  'the last deed on the follow-up': ['announced', 'papers', 'register-stands'].map(
    verb => `POST /follow-ups/:id/${verb}`,
  ),
  'outcome and instants of the line of a roster': [
    'POST /sessions/:id/roster/:personId/check-in',
    'POST /sessions/:id/roster/:personId/serve',
    'POST /sessions/:id/roster/absent',
    'DELETE /sessions/:id/roster/:personId/outcome',
  ],
  'the sum of the versions of the targets': ['POST /campaigns/:id/targets'],
  'the version of the definition': ['PUT /campaigns/:id'],
}

const anyOf = (methods: string, paths: readonly string[]) => new RegExp(`^${methods} /(${paths.join('|')})$`)

const creating = [
  '[\\w-]+',
  '[\\w-]+/[\\w-]+',
  '[\\w-]+/:\\w+/(?!end\\b)[\\w-]+s',
  '[\\w-]+/:id/(roster|order-file|hand-up)',
  'register/persons/:id/[\\w-]+',
  'rolls/:id/(import|reconcile|releases)',
  'inspection/patterns/:id/questions',
  'households/differences/follow-ups',
  'persons/:id/child-card',
  'sessions/:id/station-roster',
]
const steps =
  'accept approve assign acknowledge answer block cancel check close code contact count destroy drop end explanation ' +
  'extend give-back leave lost make mend notice open outcome paper password put-in receive refuse remove resume ' +
  'return retry revoke seal send settle sign submit suspend take take-out unblock undo withdraw withhold access'
const stepping = [`.*(:id|:clientId|:number|:person)(/(${steps.replaceAll(' ', '|')}))?`]
const ownThings =
  'breaches clients community-groups kits parties rolls sessions teams sites class-sheets house-lists own-visits ' +
  'campaigns directives universal-education cards counters class-links group-links class-message'

/** Why the others take none, by the first that fits: method and path as an expression. */
const reasons: readonly (readonly [why: string, doors: RegExp])[] = [
  ['signs somebody in or out, or is about their own session', /^\w+ \/(me|sign-in|officers\/:id\/sessions)\b/],
  [
    'only reads, and says that and why in a deed',
    /^POST \/(inspection\/(names|people|exports)|exchange\/look-ups|needs\/export-chosen)$/,
  ],
  ['asks each person once a week at most', /^POST \/needs\/reminders$/],
  ['adds people; who is there already is told so', /^POST \/sessions\/:id\/roster\/chosen$/],
  ['undoes what is still held, or says what came of it', /^POST \/decisions\/:id\/undo$/],
  ['goes back to a roll that is not in force, or is refused', /^POST \/rolls\/:id\/(confirm|restore)$/],
  ['is software of a party or a station, which has no page', /^\w+ \/(verifications|stations)\b/],
  [
    'says the version in its body',
    /^(PATCH \/sessions\/:id|POST \/sessions\/:id\/cancel|POST \/directives\/:id\/(acknowledge|answer))$/,
  ],
  [
    'a step from one state of a message',
    /^POST \/outreach\/messages\/:id\/(send-again|send-elsewhere|reached|opt-out)$/,
  ],
  [
    'prints once, or sets a budget whose former cap stays in its deed',
    /^POST \/outreach\/(budgets\/:kind\/:id|letters\/printed)$/,
  ],
  ['says the counts that are on the screen', /^POST \/sessions\/:id\/close$/],
  [
    'claims the next thing, which shows who has it',
    /^(POST \/review|POST \/rolls\/:id\/review|(PUT|DELETE) .*\/claim)$/,
  ],
  [
    'about an account or an application: a step from one state, and what decides is held for two minutes',
    /^POST \/(accounts|account-demands|applications|proposals|packets)\b/,
  ],
  [
    'calls, ends or sends on the one number that a desk has, one after the other at a counter',
    /^POST \/counters\/:id\/desks\/:desk\/(next|again|outcome|send-on)$/,
  ],
  ['takes the new hour before it gives back the one that is open', /^POST \/bookings\/:id\/move$/],
  ['makes a new draft of a plan, which stays as it is', /^POST \/plans\/:id\/replan$/],
  ['creates a new thing, which lands once under its key', anyOf('POST', creating)],
  ['a step from one state, which any other state refuses', anyOf('(POST|DELETE)', stepping)],
  [
    'a thing of one officer, or the last word counts and the former stays in the history',
    anyOf('(PUT|POST|DELETE)', [`(${ownThings.replaceAll(' ', '|')})\\b.*`]),
  ],
]

test('each door that changes something takes a version, or stands here with the reason why not', () => {
  const listed = Object.values(deciding).flat().toSorted()
  assert.deepEqual(
    doors
      .filter(({ decides }) => decides)
      .map(nameOf)
      .toSorted(),
    listed,
  )
  const unexplained = doors.filter(door => !door.decides && !reasons.some(([, fits]) => fits.test(nameOf(door))))
  assert.deepEqual(unexplained.map(nameOf), [])
  assert.ok(doors.every(({ decides, problems = [] }) => !decides || problems.includes('changed-meanwhile')))
})

test('the console sends what it showed with each decision', () => {
  const names = contracts.flatMap(contract =>
    Object.entries(contract).flatMap(([name, door]) => (isDoor(door) && door.decides ? [name] : [])),
  )
  const pages = globSync('web/console/**/*.{ts,tsx}', { cwd: root }).map(
    file => [file, readFileSync(join(root, file), 'utf8')] as const,
  )
  const using = pages.filter(([, text]) => names.some(name => new RegExp(`(useDo|call)\\(${name}\\b`).test(text)))
  assert.ok(using.length >= 6)
  const silent = using.filter(([, text]) => !/\bseen\b/.test(text)).map(([file]) => file)
  // Many lines at once have no one version: each line refuses by its outcome.
  assert.deepEqual(silent, ['web/console/sessions/close-dialog.tsx'])
})
