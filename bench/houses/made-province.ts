// Synthetic provinces of any size, as a house has them: people, cards, accounts, two school years of rolls and two
// campaigns, counted.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as accounts from '../../src/accounts/accounts.ts'
import * as campaign from '../../src/campaign/campaign.ts'
import * as cards from '../../src/cards/cards.ts'
import { type House, openHouse } from '../../src/open-house.ts'
import { stopwatch } from '../../src/platform/clock.ts'
import { readCsv } from '../../src/platform/csv/read-csv.ts'
import { asDay } from '../../src/platform/day.ts'
import { asSystem } from '../../src/platform/work.ts'
import * as register from '../../src/register/register.ts'
import * as rolls from '../../src/rolls/rolls.ts'
import * as statistics from '../../src/statistics/statistics.ts'
import * as units from '../../src/units/units.ts'
import { synthesise } from '../../synth/synth.ts'

export const day = asDay('2023-04-20')
export const system = asSystem('bench')

/** Opens a data folder as a server does, without a line in its log. */
export const openProvince = (folder: string): Promise<House> =>
  openHouse({ folder, purpose: 'server', environment: { ...process.env, DINHDANH_LOG_LEVEL: 'silent' } })

/** Has a province of so many people, its data folder at hand: a kept one of that size, or one that is made and goes. */
export async function inProvince<T>(
  people: number,
  kept: string | undefined,
  ask: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = kept ? join(kept, String(people)) : await mkdtemp(join(tmpdir(), 'dinhdanh-bench-'))
  try {
    await make(folder, people)
    return await ask(join(folder, 'data'))
  } finally {
    if (!kept) await rm(folder, { recursive: true, force: true })
  }
}

/** A synthetic province with the same rolls in two school years: what a second year adds is rows, not people. */
async function make(folder: string, people: number): Promise<void> {
  const out = join(folder, 'out')
  await mkdir(join(folder, 'data'), { recursive: true })
  const house = await openProvince(join(folder, 'data'))
  const maintenance = { ...system, role: 'maintenance' as const }
  const timed = async (what: string, step: () => Promise<unknown>) => {
    const elapsed = stopwatch()
    await step()
    console.error(`${people} people: ${what}`, (elapsed() / 1000).toFixed(1), 's')
  }
  try {
    if (!(await house.openWork(system, register.isEmpty))) return
    await house.remember({ rehearsal: true, businessDay: day })
    await timed('synth', () => synthesise({ people, seed: 7, out, day }))
    await house.openWork(maintenance, async work => {
      await units.importUnits(work, readCsv(join(out, 'units.csv'), { columns: units.unitColumns }))
      await units.importSchools(work, readCsv(join(out, 'schools.csv'), { columns: units.schoolColumns }))
    })
    await timed('persons', () => register.importPersons(house, join(out, 'persons.csv')))
    await timed('cards', () => cards.importCards(house.openWork, maintenance, join(out, 'cards.csv')))
    await timed('accounts', () => accounts.importAccounts(house.openWork, maintenance, join(out, 'accounts.csv')))
    for (const schoolYear of ['2021-2022', '2022-2023'])
      await timed(`rolls ${schoolYear}`, () =>
        rolls.importFolder(house.openWork, system, join(out, 'rolls'), { schoolYear, asOf: day }),
      )
  } finally {
    await house.close()
  }
}

const campaigns = [
  {
    name: 'bench-hoc-sinh',
    title: 'Học sinh có thẻ',
    cohort: { basis: 'school', bornIn: [2005, 2008], from: 'rolls' },
  },
  { name: 'bench-tai-khoan', title: 'Tài khoản mùa xuân', cohort: { basis: 'permanent', ageFrom: 14 } },
] as const

/** Campaigns where there are none; what deeds changed is counted, as a server does beside its requests. */
export async function makeCampaigns(house: House): Promise<void> {
  const own = await house.openWork({ ...system, scope: 'house' }, work => campaign.listCampaigns(work))
  for (const one of own.length > 0 ? [] : campaigns)
    await house.openWork(system, work =>
      campaign.create(work, {
        ...one,
        startsOn: '2023-03-01',
        metrics: ['account-activated', 'card-handed-over', 'card-applied', 'account-approved'],
        deadlines: [{ name: 'Thẻ trong tay', on: '2023-05-31', proof: 'card-in-hand' }],
      }),
    )
  const elapsed = stopwatch()
  await statistics.recountAllDue(house.openWork)
  console.error('campaigns counted', (elapsed() / 1000).toFixed(1), 's')
}
