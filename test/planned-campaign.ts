import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after } from 'node:test'
import * as accounts from '../src/accounts/accounts.ts'
import * as audit from '../src/audit/audit.ts'
import * as campaign from '../src/campaign/campaign.ts'
import * as cards from '../src/cards/cards.ts'
import { consequences } from '../src/consequences.ts'
import { asSystem } from '../src/platform/work.ts'
import * as rolls from '../src/rolls/rolls.ts'
import * as statistics from '../src/statistics/statistics.ts'
import { aPerson, commune, enterAll } from './builders.ts'
import { businessDay, type TestHouse } from './house.ts'
import { aWard } from './planned-ward.ts'

const asFile = (header: string, lines: readonly string[]) => Readable.from([[header, ...lines].join('\n')])

/**
 * The ward of planned-ward.ts with a campaign for cards and accounts and its people, counted: three pupils of its
 * school and two residents without a card; one with a card alone; one whose account of level 1 is active; one
 * elsewhere.
 */
export async function aPlannedCampaign(house: TestHouse) {
  audit.setConsequences(consequences)
  const world = await aWard(house)
  const people = Array.from({ length: 8 }, (_, at) =>
    aPerson({ name: `Nguyễn Văn ${'ABCDEGHK'[at]}`, ...(at === 7 && { commune: commune.quangHanh }) }),
  )
  await enterAll(house, people)
  const numberOf = (at: number) => people[at]?.person_number ?? assert.fail()
  const maintenance = { ...asSystem('import'), role: 'maintenance' as const }
  await cards.importCards(
    house.openWork,
    maintenance,
    asFile(
      'person_number,serial,issued_on,expires_on,state',
      [5, 6].map(at => `${numberOf(at)},S${at},2021-01-05,2030-03-15,handed-over`),
    ),
    { asOf: businessDay },
  )
  await accounts.importAccounts(
    house.openWork,
    maintenance,
    asFile('person_number,level,state,phone,approved_at,activated_at', [
      `${numberOf(6)},1,activated,,2023-01-05,2023-01-06`,
    ]),
    { asOf: businessDay },
  )
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-plan-'))
  after(() => rm(folder, { recursive: true }))
  const roll = join(folder, '22001.csv')
  const lines = [0, 1, 2].map(at => `${people[at]?.full_name},15/03/2005,Nam,${numberOf(at)},12A1`)
  await writeFile(roll, ['Họ và tên,Ngày sinh,Giới tính,Số CCCD,Lớp', ...lines].join('\n'))
  const asked = { schoolCode: '22001', schoolYear: '2022-2023', asOf: businessDay }
  await rolls.importAndReconcile(house.openWork, asSystem('test'), roll, asked)
  const made = await house.work(work =>
    campaign.create(work, {
      name: 'the-va-tai-khoan',
      title: 'Thẻ và tài khoản',
      metrics: ['card-handed-over', 'account-activated'],
      startsOn: '2023-03-01',
      deadlines: [
        { name: 'Có thẻ', on: '2023-05-31', proof: 'card-in-hand' },
        { name: 'Kích hoạt', on: '2023-05-31', proof: 'account-activated' },
      ],
      cohort: { bornIn: [2005], basis: 'permanent' },
    }),
  )
  await statistics.recountAllDue(house.openWork)
  const drive = await house.work(work => campaign.getCampaign(work, campaign.asCampaignId(made.id)))
  return { ...world, drive }
}
