import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { freePort } from '../../relying-parties/exam-registration/a-site.fixture.ts'
import type { House } from '../../src/open-house.ts'
import { assertRegistered, type Issuer, runSite, student, TimedVisitor } from '../closing-minute.ts'
import type { ChaosHouse } from './house.ts'
import type { Writing } from './ledger.ts'
import { type Holder, PatientBrowser, rowsIn, signInHolders } from './parties.ts'

/** Pupils register for the exam at the site of another agency, and sign in to it by their accounts. */

export type ExamBeginning = { readonly port: number; readonly pupils: readonly Holder[] }

/** In which years a pupil of grade 12 may be born. */
const pupilsBorn = [2001, 2005] as const
/** Milliseconds between two pupils, between two kills of the site, and in which all sessions count as used. */
const [pauseBetween, killEvery, wakeEvery] = [9_000, 70_000, 300_000]

/** Tells the demonstration where the exam registration stands, and signs pupils in. */
export async function prepareExam(house: House, count: number): Promise<ExamBeginning> {
  const port = await freePort()
  await rowsIn(
    house,
    `update parties.version set settings = regexp_replace(settings::text, 'http://localhost:\\d+',
         'http://localhost:' || $1, 'g')::jsonb where client_id = 'exam-registration'`,
    [String(port)],
  )
  const pupils = await signInHolders(house, { count, born: pupilsBorn })
  assert.ok(pupils.length > 0, 'no pupil has an account of level 2')
  return { port, pupils }
}

/** Registers one pupil after another until it is over; meanwhile the site is killed as well. */
export async function registerForExam(
  { origin, database }: Pick<ChaosHouse, 'origin' | 'database'>,
  { port, pupils }: ExamBeginning,
  writing: Writing,
) {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-chaos-exam-'))
  const site = `http://localhost:${port}`
  const issuer: Issuer = {
    url: `${origin}/oidc`,
    clientId: 'exam-registration',
    async signIn(location, nth) {
      const browser = new PatientBrowser(origin, writing, pupils[nth - 1]?.sessionToken)
      const left = await browser.leave(location)
      // A sign-in that is over leads nowhere: the pupil goes back to the door of the site.
      if (!left) writing.ledger.refuse('exam', `a sign-in led nowhere`)
      return left?.href ?? site
    },
    close: async () => undefined,
  }
  const running = await runSite({ folder, port, issuer, begins: Date.parse('2023-05-10T08:00:00+07:00') })
  let isDone = false
  const killing = (async () => {
    for (let since = performance.now(); !isDone; await setTimeout(500))
      if (performance.now() - since > killEvery) {
        await running.kill()
        since = performance.now()
      }
  })()
  // Whoever comes in the second hour signed in before the first: a session that nobody uses would have ended.
  const waking = (async () => {
    for (let since = 0; !isDone; await setTimeout(500))
      if (performance.now() - since > wakeEvery)
        since = await database.execute([`update signin.session set seen_at = now() where ended_at is null`]).then(
          () => performance.now(),
          () => since,
        )
  })()
  try {
    let registered = 0
    for (const [at, { accountId }] of pupils.entries()) {
      if (writing.isOver()) break
      const { outcome } = await student(new TimedVisitor(site, []), at + 1, issuer)
      assert.equal(outcome, 'registered')
      registered += 1
      writing.ledger.entries.push({ kind: 'exam', id: accountId, value: outcome })
      await setTimeout(pauseBetween)
    }
    isDone = true
    await Promise.all([killing, waking])
    await running.stop()
    assertRegistered(folder, registered)
  } finally {
    isDone = true
    await Promise.allSettled([killing, waking])
    await running.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
