import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { makeCard, orderCard } from '../../../test/a-card.ts'
import { aPerson, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import * as cards from '../../cards/cards.ts'
import { consequences } from '../../consequences.ts'
import { asDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { asSystem, type Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import * as statistics from '../statistics.ts'

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const day = asDay('2023-04-20')

/** The same storm each time: mulberry32. */
let state = 7
function random(): number {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

const communes = ['06649', '06652', '06778', '06658', '06655', '07093', '06967', '07192']
const people = Array.from({ length: 240 }, (_, i) =>
  aPerson({
    name: `Trần Văn ${String.fromCharCode(65 + (i % 26))}${i}`,
    bornOn: `${pick([2004, 2005, 2007, 2008])}-0${(i % 9) + 1}-11`,
    commune: pick(communes),
  }),
)

type Step = () => Promise<unknown>
/**
 * What may be refused is refused by a rule; anything else is a fault of ours, save a connection that the storm itself
 * cut.
 */
const allowed = (error: unknown) => {
  if ((error as { name?: string }).name === 'Problem') return
  const message = String(error)
  if (/terminat|connection|ECONNRESET|EPIPE|administrator command|not queryable/i.test(message)) return
  throw error
}

const someone = async () => idOf(house, pick(people).person_number)
const accountOf = async (personId: Id<'person'>) =>
  (await house.work(work => accounts.accountsOf(work, [personId])))
    .get(personId)
    ?.find(({ state }) => state !== 'cancelled')
const cardOf = async (personId: Id<'person'>) =>
  (await house.work(work => cards.cardsOf(work, [personId]))).get(personId)?.at(-1)

const steps: readonly Step[] = [
  async () => house.work(async work => accounts.request(work, await someone(), { level: 1 })),
  async () => {
    const account = await accountOf(await someone())
    if (!account) return
    const verb = pick([accounts.approve, accounts.activate, accounts.activate, accounts.raise])
    await house.work(work => verb(work, account.id))
  },
  async () => {
    const account = await accountOf(await someone())
    if (account && random() < 0.3) await house.work(work => accounts.cancel(work, account.id, { reason: 'nhập trùng' }))
  },
  async () =>
    house.work(async work =>
      cards.applyForCard(work, await someone(), { unitId: pick(await units.unitsOn(work, day)).id }),
    ),
  async () => {
    const card = await cardOf(await someone())
    if (!card) return
    const { id, personId } = card
    const unitId = (await house.work(async work => pick(await units.unitsOn(work, day)))).id
    if (card.state === 'approved')
      return makeCard({ openWork: house.openWork, standing: { ...asSystem('test'), unitId } }, id)
    const next: Readonly<Record<Exclude<cards.CardState, 'approved'>, (work: Work) => Promise<unknown>>> = {
      applied: work => orderCard(work, card, unitId),
      produced: work => cards.takeInFoundCard(work, { cardId: id }, { unitId }),
      'at-unit': work => cards.handOver(work, { serial: card.serial ?? '', personId, to: { kind: 'holder' } }),
      'handed-over': work => cards.blockCard(work, id, { code: 'lost' }),
      blocked: work => cards.revokeCard(work, id, { code: 'never-found' }),
      revoked: async () => undefined,
      cancelled: async () => undefined,
      expired: work => cards.revokeCard(work, id, { code: 'damaged' }),
    }
    return house.work(next[card.state])
  },
  async () => {
    const one = pick(people)
    one.residence_unit = pick(communes)
    await enterAll(house, [one])
  },
  async () => {
    const one = pick(people)
    one.birth_date = `${pick([2003, 2005, 2008])}${one.birth_date.slice(4)}`
    await enterAll(house, [one])
  },
  async () => {
    const [personId, otherId] = [await someone(), await someone()]
    const id = pick(await house.work(campaign.listCampaigns)).id
    const kind = pick(['added', 'excused'] as const)
    await house.work(async work =>
      campaign.recordException(work, await campaign.getCampaign(work, id), {
        personId,
        kind,
        reason: pick(['duplicate', 'abroad', 'by-order'] as const),
        otherId,
      }),
    )
  },
  async () => {
    const lines = Array.from(
      { length: 20 },
      () =>
        `${pick(people).person_number},2,activated,,2023-0${1 + Math.floor(random() * 3)}-10,2023-04-0` +
        `${1 + Math.floor(random() * 9)}`,
    )
    const file = Readable.from([['person_number,level,state,phone,approved_at,activated_at', ...lines].join('\n')])
    await accounts.importAccounts(house.openWork, { ...asSystem('import'), role: 'maintenance' }, file, { asOf: day })
  },
  async () => statistics.recountDue(house.openWork),
]

/** Ends whatever connection is at work, as a kill of the process or of the server would. */
const kill = () =>
  house.owner(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
  )

test('after random changes and kills every count equals the length of its list and what the facts give', async () => {
  await enterAll(house, people)
  const definition = {
    metrics: ['account-activated'],
    startsOn: '2023-03-01',
    deadlines: [{ name: 'x', on: '2023-06-30', proof: 'account-activated' }],
  }
  for (const cohort of [{ bornIn: [2004, 2005, 2007, 2008] }, { ageFrom: 14, lacking: ['account'] }])
    await house.work(work =>
      campaign.create(work, {
        ...definition,
        name: `c${Object.keys(cohort).length}${'bornIn' in cohort ? 'n' : 't'}`,
        title: 'Bão',
        cohort,
      }),
    )
  await statistics.recountAllDue(house.openWork)

  let killed = 0
  for (let round = 0; round < 60; round += 1) {
    const batch = Promise.allSettled(Array.from({ length: 6 }, () => pick(steps)()))
    if (round % 6 === 5) {
      const counting = statistics.recountDue(house.openWork).catch(allowed)
      await setTimeout(random() * 25)
      killed += (await kill()).length
      await counting
    }
    for (const result of await batch) if (result.status === 'rejected') allowed(result.reason)
  }
  assert.ok(killed > 0, 'the storm cut some connection')

  await statistics.recountAllDue(house.openWork)
  for (const { id, name } of await house.work(campaign.listCampaigns)) await agrees(id, name)
  for (const found of await statistics.verifyCounts(house.openWork))
    assert.deepEqual([found.differed, found.totals], [0, 0], found.campaign)
})

/**
 * Each figure of each map is the length of its list, the parts sum to the whole, and accounts activated are what the
 * tables of accounts say.
 */
async function agrees(id: campaign.CampaignId, name: string): Promise<void> {
  for (const map of ['2023', '2024', '2025'] as const)
    for (const metric of [
      'account-received',
      'account-activated',
      'account-activated-1',
      'card-applied',
      'card-handed-over',
    ] as const) {
      const sheet = await house.work(work => statistics.readQuickSheet(work, id, { metric, map }))
      const told = `${name} ${map} ${metric}`
      assert.equal(
        sheet.below.reduce((sum, row) => sum + row.cumulative, 0) + sheet.elsewhere.cumulative,
        sheet.whole.cumulative,
        told,
      )
      for (const row of [sheet.whole, ...sheet.below.filter(({ members }) => members > 0)]) {
        const list = await house.work(work =>
          statistics.listPeople(work, id, { metric, map, unit: row.unit.id }, { limit: 1000 }),
        )
        assert.equal(list.people.length, row.cumulative, `${told} ${row.unit.name}`)
      }
    }
  const [own] = await house.owner<{ n: number }>(`
    select count(*)::int as n from campaign.member m where m.campaign_id = '${id}' and exists (
      select from accounts.account a join accounts.transition v on v.account_id = a.id and v.state in ('activated')
      where a.person_id = m.person_id and a.state <> 'cancelled')`)
  assert.equal((await house.work(work => statistics.readQuickSheet(work, id))).whole.cumulative, own?.n)
}
