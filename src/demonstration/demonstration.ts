import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Emphasis } from '../../synth/people/place.ts'
import { synthesise } from '../../synth/synth.ts'
import * as accounts from '../accounts/accounts.ts'
import * as cards from '../cards/cards.ts'
import type { House } from '../open-house.ts'
import * as parties from '../parties/parties.ts'
import { readCsv } from '../platform/csv/read-csv.ts'
import { asDay } from '../platform/day.ts'
import { makeMonthsAhead } from '../platform/months/months.ts'
import { type Authority, asSystem, type Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as rolls from '../rolls/rolls.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import { makeApplications } from './applications.ts'
import { makeCitizens } from './citizens.ts'
import { makeCounters } from './counters.ts'
import { makeFamilies } from './families.ts'
import { recordMovements } from './movements.ts'
import { askAboutData } from './personal-data.ts'
import { inspectReadings, makeReadings } from './readings.ts'
import { importMoves, importSessions, makeCampaigns } from './season.ts'
import { beginWork } from './under-way.ts'

/** The day on which the demonstration stands: the campaign's first published figures. */
const businessDay = asDay('2023-04-20')
const schoolYear = '2022-2023'
const seed = 20230420

/**
 * Where the campaign is told in detail: the ward Hồng Hà of Hạ Long with its schools, and wards of Cẩm Phả, to which
 * many come for the mines. Of everybody else a small province has few.
 */
const ward = '06697'
const emphasis: Emphasis = new Map([
  [ward, { times: 16 }],
  ['06778', { times: 3, temporary: 0.16 }],
  ['06793', { times: 4, temporary: 0.12 }],
])

const loading: Authority = { ...asSystem('demonstration'), role: 'maintenance' }

/**
 * The units of the demonstration's officers, by their codes of 2023: the province, Hạ Long with its ward Hồng Hà, and
 * Cẩm Phả apart.
 */
async function officersUnits(work: Work): Promise<staff.DemonstrationUnits> {
  const at = async (code: string, level: units.UnitLevel) => {
    const unit = await units.findUnitOn(work, code, businessDay, level)
    if (!unit) throw new Error(`the official tables have no ${level} ${code} on ${businessDay}`)
    return unit.id
  }
  const communeUnitId = await at(ward, 'commune')
  const schools = await units.schoolsIn(work, [communeUnitId], businessDay)
  return {
    provinceUnitId: await at('22', 'province'),
    districtUnitId: await at('193', 'district'),
    communeUnitId,
    schoolId: (schools.find(({ kind }) => kind === 'upper-secondary') ?? schools[0])?.id,
    otherDistrictUnitId: await at('195', 'district'),
  }
}

/** The communes where citizens to try out are looked for: the ward officer's first, then those of the district. */
async function citizensUnits(work: Work): Promise<units.UnitId[]> {
  const { communeUnitId, districtUnitId } = await officersUnits(work)
  const below = await units.subtreeOn(work, districtUnitId as units.UnitId, businessDay)
  const communes = below.filter(({ level }) => level === 'commune').map(({ id }) => id)
  return [communeUnitId as units.UnitId, ...communes.filter(id => id !== communeUnitId)]
}

/** Fills an empty house with a synthetic province, its officers and its schools' rolls. Nobody in it is real. */
export async function makeDemonstration(house: House, step: (what: string) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-province-'))
  try {
    await house.remember({ businessDay, demonstration: 'making' })
    step('demonstration: inventing a province')
    await synthesise({
      people: house.config.people,
      seed,
      emphasis,
      out: folder,
      seasonUntil: businessDay,
    })
    const file = (name: string) => join(folder, name)
    step('demonstration: schools and persons')
    await house.openWork(loading, work =>
      units.importSchools(work, readCsv(file('schools.csv'), { columns: units.schoolColumns }), { asOf: businessDay }),
    )
    await register.importPersons(house, file('persons.csv'), { asOf: businessDay })
    step('demonstration: cards and accounts')
    await importMoves(house, folder)
    await cards.importCards(house.openWork, loading, file('cards.csv'), { asOf: businessDay })
    await accounts.importAccounts(house.openWork, loading, file('accounts.csv'), { asOf: businessDay })
    step('demonstration: officers and what they read')
    const isNew = (await house.openWork(asSystem('demonstration'), staff.officers)).length === 0
    const signIns =
      isNew &&
      (await house.openWork(asSystem('demonstration'), async work =>
        staff.seedDemonstration(work, await officersUnits(work)),
      ))
    if (signIns) {
      await house.remember({ demonstrationSignIns: signIns })
      await makeReadings(house, businessDay)
    }
    step('demonstration: relying parties and citizens')
    await makeParties(house)
    await house.remember({
      demonstrationCitizens: await makeCitizens(house, await house.openWork(asSystem('demonstration'), citizensUnits)),
    })
    step('demonstration: rolls of schools')
    await importRolls(house, file('rolls'))
    step('demonstration: sessions of the spring')
    await importSessions(house, folder, { seed, ward })
    step('demonstration: two campaigns and their figures')
    await makeCampaigns(house)
    step('demonstration: movements')
    await recordMovements(house, { day: businessDay, ward })
    step('demonstration: what officers have under way')
    await beginWork(house, { day: businessDay, ward })
    step('demonstration: applications')
    await makeApplications(house, businessDay)
    step('demonstration: counters')
    await makeCounters(house, businessDay)
    step('demonstration: data requests and the record of readings')
    await askAboutData(house, businessDay)
    await inspectReadings(house)
    step('demonstration: families')
    const { communeUnitId } = await house.openWork(asSystem('demonstration'), officersUnits)
    await house.remember({ demonstrationFamilies: await makeFamilies(house, communeUnitId as units.UnitId) })
    // It tells of days that are long past: what was read then lies in months of then.
    await makeMonthsAhead(house.openWork)
    await house.remember({ demonstration: 'made' })
    step('the demonstration province stands')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The reference relying parties: registered by the administrator, approved by the commander. */
async function makeParties({ openWork, config: { examOrigin, portalOrigin } }: House) {
  const officers = await openWork(asSystem('demonstration'), staff.officers)
  const standing = (login: string): Authority => {
    const officer = officers.find(one => one.login === login)
    if (!officer) throw new Error(`the demonstration has no officer ${login}`)
    return {
      by: { kind: 'officer', id: officer.id },
      unitId: officer.unitId,
      scope: { units: [officer.unitId] },
      purpose: 'demonstration',
    }
  }
  await parties.makeDemonstrationParties(
    openWork,
    { registrar: standing('quantri'), approver: standing('chihuy') },
    { examOrigin, portalOrigin },
  )
}

/** The rolls of all schools, as the education department sent them. */
async function importRolls(house: House, folder: string) {
  const { refused } = await rolls.importFolder(house.openWork, asSystem('demonstration'), folder, {
    schoolYear,
    asOf: businessDay,
  })
  for (const { file, problem } of refused)
    house.log.warn({ file, problem: problem.code }, 'a roll of the demonstration was refused')
}
