import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import * as accounts from '../../src/accounts/accounts.ts'
import type { House } from '../../src/open-house.ts'
import type { Id } from '../../src/platform/ids.ts'
import { asSystem } from '../../src/platform/work.ts'
import { codeInOutbox } from '../../test/an-account.ts'
import type { Ledger, Writing } from './ledger.ts'
import { PatientBrowser, rowsIn } from './parties.ts'

/** Citizens activate their accounts by the number that a message brings them, one after another. */

export type Waiting = { readonly accountId: string; readonly number: string; readonly phone: string }

/** An account a citizen activates; milliseconds between two, and in which their message is looked for. */
const [pauseBetween, lookFor] = [8_000, 45_000]
const passcode = '730164'

/** Approves accounts of people who have none, each with a phone of its own. */
export async function prepareActivations(house: House, count: number): Promise<Waiting[]> {
  const people = await rowsIn<{ personId: Id<'person'>; number: string }>(
    house,
    `select p.person_id as "personId", n.number from register.person p join register.number n using (person_id)
       where n.state = 'in-force' and p.life_status = 'alive' and p.birth_y < 1990
         and not exists (select from accounts.account a where a.person_id = p.person_id)
       order by p.person_id limit $1`,
    [count],
  )
  const waiting: Waiting[] = []
  for (const [at, { personId, number }] of people.entries()) {
    const phone = `09${String(31_000_000 + at * 137).padStart(8, '0')}`
    const accountId = await house.openWork(asSystem('chaos'), async work => {
      const { id } = await accounts.request(work, personId, { level: 1, phone })
      await accounts.approve(work, id)
      return id
    })
    waiting.push({ accountId, number, phone })
  }
  return waiting
}

/** The number of the latest message, once it is another than the one before. */
async function codeSent(folder: string, phone: string, before: string | undefined): Promise<string | undefined> {
  for (const ends = performance.now() + lookFor; performance.now() < ends; await setTimeout(300)) {
    const code = await codeInOutbox(folder, phone)
    if (code && code !== before) return code
  }
  return undefined
}

/** Whether the page of an attempt says that the passcode was kept. */
const isKept = (text: string) => text.includes('action="/activate/codes"')

/** One citizen, from the number to the passcode; where an attempt leads nowhere they begin again. */
async function activate(
  folder: string,
  origin: string,
  { number, phone }: Waiting,
  writing: Writing,
): Promise<boolean> {
  const browser = new PatientBrowser(origin, writing)
  let code: string | undefined
  for (let tries = 0; tries < 5; tries += 1) {
    const start = await browser.open('/activate')
    if (isKept(start.text)) return true
    const begun = await browser.fill(start, '/activate', { number, phone: phone.slice(-3) })
    code = await codeSent(folder, phone, code)
    const proven = code ? await browser.fill(begun, '/activate/code', { code }) : begun
    const kept = await browser.fill(proven, '/activate/passcode', { passcode, again: passcode })
    if (isKept(kept.text)) return true
    writing.ledger.refuse(
      'activation',
      kept.text
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .slice(0, 200),
    )
  }
  return false
}

/** Activates accounts until it is over. */
export async function activateAccounts(
  { folder, origin }: { readonly folder: string; readonly origin: string },
  waiting: readonly Waiting[],
  writing: Writing,
): Promise<void> {
  for (const one of waiting) {
    if (writing.isOver()) return
    if (await activate(folder, origin, one, writing))
      writing.ledger.entries.push({ kind: 'activation', id: one.accountId, value: 'activated' })
    await setTimeout(pauseBetween)
  }
}

/** Each account that its holder was told is activated is so, and was activated once. */
export async function assertActivated(house: House, { entries }: Ledger): Promise<void> {
  const rows = await rowsIn<{ id: string; state: string; times: number }>(
    house,
    `select a.id, a.state, (select count(*)::int from audit.deed d where d.subject_id = a.id::text
       and d.deed = 'account.activated') as times
     from accounts.account a`,
  )
  const found = new Map(rows.map(row => [row.id, `${row.state} ${row.times}`]))
  assert.deepEqual(
    entries.filter(({ kind, id }) => kind === 'activation' && found.get(id) !== 'activated 1'),
    [],
    'each account that was activated is, and was once',
  )
}
