import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import type { House } from '../../src/open-house.ts'
import { asSystem } from '../../src/platform/work.ts'
import type { DemonstrationSignIn } from '../../src/staff/demonstration.ts'
import { demonstratedSession } from '../../test/officer-factor.ts'
import { type Client, client, type Writing } from './ledger.ts'

import { supply } from './supplies.ts'

/** What officers write while everything fails: each a loop that ends when it is told to. */

export type Beginning = {
  readonly sessions: ReadonlyMap<string, string>
  readonly units: readonly string[]
  readonly cards: readonly string[]
  readonly accounts: readonly string[]
  /** Batches of cards that were there before. */
  readonly batches: readonly string[]
}

const rowsOf = <Row>(house: House, text: string) =>
  house.openWork(asSystem('chaos'), async ({ tx }) => (await sql.raw<Row>(text).execute(tx)).rows)

/** Milliseconds between two changes of one officer; between two approvals; between two batches. */
const [pace, approvalEvery, batchEvery] = [150, 6_000, 15_000]

/** The officers' sessions and the things that they work at, enough for so many minutes. */
export async function prepareOfficers(house: House, minutes = 0): Promise<Beginning> {
  const signIns = house.record()['demonstrationSignIns'] as readonly DemonstrationSignIn[]
  const sessions = new Map<string, string>()
  for (const { login, password } of signIns) {
    const token = await demonstratedSession(house, { login, password, signIns })
    if (token) sessions.set(login, token)
  }
  const { unitId } = signIns.find(({ login }) => login === 'huyen') ?? assert.fail('there is no officer of a district')
  const ids = async (text: string) => (await rowsOf<{ id: string }>(house, text)).map(({ id }) => id)
  return {
    sessions,
    units: await ids(`select id from units.unit where level = 'commune' and valid_to is null order by id limit 400`),
    cards: await ids(`select id from cards.card where state = 'handed-over' order by id limit 600`),
    batches: await ids('select id from cards.batch'),
    accounts: await supply(house, unitId, {
      orders: Math.ceil((minutes * 60_000) / batchEvery),
      requests: Math.ceil((minutes * 60_000) / approvalEvery),
    }),
  }
}

/** Answers by a rule: somebody else's, or not to be done now. What is so answered was not done. */
const isByRule = (status: number) => status >= 400 && status < 500

/** Enters places at which sessions can be held, each under a name of its own. */
async function enterSites(officer: Client, all: readonly string[], { ledger, isOver }: Writing): Promise<void> {
  const units = [...all]
  for (let at = 0; !isOver() && units.length > 0; at += 1) {
    const unitId = units[at % units.length] ?? ''
    const name = `Nhà văn hóa ${randomUUID()}`
    const body = { kind: 'hall', unitId, name, opensAt: '07:00', closesAt: '17:00' }
    const { status, answer } = await officer.change({ path: '/sites', body })
    if (isByRule(status)) units.splice(units.indexOf(unitId), 1)
    else {
      ledger.entries.push({ kind: 'site', id: String(answer['id']), value: name })
      await setTimeout(pace)
    }
  }
}

/** Blocks cards and unblocks them again: of each the last decision counts. */
async function decideCards(officer: Client, all: readonly string[], { ledger, isOver }: Writing): Promise<void> {
  const cards = [...all]
  const blocked = new Set<string>()
  for (let at = 0; !isOver() && cards.length > 0; at += 1) {
    const id = cards[at % cards.length] ?? ''
    const step = blocked.has(id) ? 'unblock' : 'block'
    const body = step === 'block' ? { code: 'lost' } : {}
    const { status } = await officer.change({ path: `/cards/${id}/${step}`, body })
    if (isByRule(status)) cards.splice(cards.indexOf(id), 1)
    else {
      if (!blocked.delete(id)) blocked.add(id)
      ledger.entries.push({ kind: 'card', id, value: step })
      await setTimeout(pace)
    }
  }
}

/** Approves requests for accounts, one after another, as long as there are any. */
async function approveAccounts(
  officer: Client,
  accounts: readonly string[],
  { ledger, isOver }: Writing,
): Promise<void> {
  for (const id of accounts) {
    if (isOver()) return
    const told = await officer.change({ path: `/accounts/${id}/approve` })
    // Some are not theirs to approve: an answer by a rule is no loss.
    if (told.status < 300) ledger.entries.push({ kind: 'approval', id, value: 'approved' })
    await setTimeout(approvalEvery)
  }
}

/** Puts approved cards into batches, few at a time. */
async function planBatches(officer: Client, { ledger, isOver }: Writing): Promise<void> {
  while (!isOver()) {
    const told = await officer.change({ path: '/card-batches', body: { maker: 'house', most: 1 } })
    if (told.status < 300) ledger.entries.push({ kind: 'batch', id: String(told.answer['id']), value: 'planned' })
    await setTimeout(batchEvery)
  }
}

/** All officers at once, until it is over. */
export async function write(origin: string, { sessions, units, cards, accounts }: Beginning, writing: Writing) {
  const officer = (login: string) => {
    const token = sessions.get(login)
    if (!token) throw new Error(`nobody is signed in as ${login}`)
    return client(origin, token, writing.ledger, writing.isOver)
  }
  await Promise.all([
    enterSites(officer('huyen'), units, writing),
    decideCards(officer('huyen'), cards, writing),
    approveAccounts(officer('huyen'), accounts, writing),
    planBatches(officer('trungtamthe'), writing),
  ])
}
