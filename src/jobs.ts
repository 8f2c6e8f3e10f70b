import { jobs as linkJobs, crontab as linkTimes } from './access-links/jobs.ts'
import { jobs as accountJobs, crontab as accountTimes } from './accounts/jobs.ts'
import { jobs as attachmentJobs, crontab as attachmentTimes } from './attachments/jobs.ts'
import { lastDeedOfName, verifyAudit } from './audit/audit.ts'
import { jobs as auditJobs, crontab as auditTimes } from './audit/jobs.ts'
import { verificationOf } from './audit-verification.ts'
import { openAbisEngine } from './biometrics/abis/abis.ts'
import type { AbisEngine } from './biometrics/abis/engine.ts'
import { openFaceEngine } from './biometrics/face-engine/face-engine.ts'
import { jobs as campaignJobs, crontab as campaignTimes } from './campaign/jobs.ts'
import { jobs as classJobs } from './classes/jobs.ts'
import { jobs as retentionJobs, crontab as retentionTimes } from './data-protection/jobs.ts'
import { kindsOfDecisions } from './decision-kinds.ts'
import { jobs as decisionJobs, crontab as decisionTimes } from './decisions/jobs.ts'
import { endedData } from './ended-data.ts'
import { addressesOfPictures } from './enrolment/engine-search/engine-search.ts'
import { addressesBelow } from './enrolment/engine-search/routes.ts'
import { jobs as enrolmentJobs, crontab as enrolmentTimes } from './enrolment/jobs.ts'
import {
  afterClockSet as exchangeAfterClockSet,
  jobs as exchangeJobs,
  crontab as exchangeTimes,
} from './exchange/jobs.ts'
import { exchangeKinds } from './exchange-kinds.ts'
import { jobs as familyJobs, crontab as familyTimes } from './families/jobs.ts'
import { jobs as inspectionJobs, crontab as inspectionTimes } from './inspection/jobs.ts'
import { jobs as beginningJobs, crontab as beginningTimes } from './installation/jobs.ts'
import type { House } from './open-house.ts'
import { crontab as measuringTimes, jobs as operationsJobs } from './operations/jobs.ts'
import { type Channels, closeChannels, openChannels } from './outreach/channels/channels.ts'
import {
  crontab as deliveryTimes,
  afterClockSet as outreachAfterClockSet,
  jobs as outreachJobs,
} from './outreach/jobs.ts'
import { jobs as partyJobs, crontab as partyTimes } from './parties/jobs.ts'
import { jobs as planningJobs, crontab as planningTimes } from './planning/jobs.ts'
import { now } from './platform/clock.ts'
import { dayAt } from './platform/day.ts'
import { whileTimeIsBelieved } from './platform/jobs/believed-time.ts'
import type { Crontab, Job } from './platform/jobs/jobs.ts'
import { monthJobs, monthTimes } from './platform/months/jobs.ts'
import { type LastDrill, physicalBackupJobs, physicalBackupTimes } from './platform/physical-backups/jobs.ts'
import { abisSettingsOf } from './platform/settings/config.ts'
import { asSystem } from './platform/work.ts'
import { jobs as registerJobs, crontab as registerTimes } from './register/jobs.ts'
import { jobs as rollJobs } from './rolls/jobs.ts'
import { jobs as signInJobs, crontab as signInTimes } from './signin/jobs.ts'
import { jobs as countingJobs, crontab as countingTimes } from './statistics/jobs.ts'
import { jobs as verificationJobs, crontab as verificationTimes } from './verification/jobs.ts'

/**
 * The seals since the last month that was sealed, as the command `audit verify` checks them; on the first day of a
 * month all of them.
 */
const verified = async (house: House) => {
  const today = dayAt(now())
  const given = await verificationOf(house, today.endsWith('-01') ? {} : { month: today.slice(0, 7) })
  return house.openWork({ ...asSystem('audit'), sees: 'one-moment' }, work => verifyAudit(work, given))
}

/** Undefined where faces are not compared, by a setting or since its packages are not installed. */
const faceEngineOf = ({ biometricEngine }: House['config']) =>
  biometricEngine === 'own' ? openFaceEngine() : undefined

/** The engine of somebody else's that searches people, opened at the first search; its line ends with the house. */
function outsideEngineOf(house: House): () => Promise<AbisEngine> {
  let opened: Promise<AbisEngine> | undefined
  house.atClose(async () => (await opened)?.close())
  return () => {
    opened ??= openAbisEngine(abisSettingsOf(house.config), {
      own: undefined,
      references: addressesOfPictures(house.openWork, `${house.origin}${addressesBelow}`),
    }).catch(error => {
      opened = undefined
      throw error
    })
    return opened
  }
}

/** The last drill of a restore, as its deed tells it. */
async function lastDrill(house: House): Promise<LastDrill | undefined> {
  const found = await house.openWork(asSystem('none'), work =>
    lastDeedOfName(work, house.record().id, 'backup.drilled'),
  )
  return found && { at: found.at, outcome: String((found.facts as { outcome?: unknown }).outcome) }
}

/** The ways by which the house's messages go out; their lines end with it. */
function channelsOf(house: House): Channels {
  const channels = openChannels(house)
  house.atClose(() => closeChannels(channels))
  return channels
}

/**
 * Jobs of the crontab that do the same at any date: they send, take up what was left behind, copy and compare. All
 * others wait while the time is in doubt.
 */
export const atAnyDate: ReadonlySet<string> = new Set([
  'land-what-was-left',
  'take-up-what-was-left',
  'send-messages',
  'look-after-messages',
  'take-up-searches',
  'physical-backup',
  'verify-audit',
  'exchange',
])

/** Jobs and their times stand in each context's jobs.ts; here they are joined. */
function everyJob(house: House): Readonly<Record<string, Job>> {
  const engine = faceEngineOf(house.config)
  return {
    ...auditJobs(house.openWork, () => ({ house: house.record().id, key: house.signingKey() })),
    ...registerJobs(house.openWork),
    ...attachmentJobs(house.openWork),
    ...rollJobs(house.openWork),
    ...campaignJobs(house.openWork),
    ...classJobs(house.openWork),
    ...linkJobs(house.openWork),
    ...familyJobs(house.openWork),
    ...decisionJobs(house.openWork, kindsOfDecisions(house.stationKeys)),
    ...accountJobs(house.openWork, house.stationKeys, engine),
    ...enrolmentJobs(house.openWork, house.stationKeys, { faces: engine, outside: outsideEngineOf(house) }),
    ...planningJobs(house.openWork),
    ...countingJobs(house.openWork),
    ...signInJobs(house.openWork, house.signInDesk()),
    ...partyJobs(house.openWork),
    ...verificationJobs(house.openWork),
    ...outreachJobs(house.openWork, channelsOf(house)),
    ...exchangeJobs(house.openWork, house.exchangeSide, exchangeKinds),
    ...retentionJobs(house.openWork, endedData),
    ...inspectionJobs(house.openWork, () => verified(house)),
    ...beginningJobs(house.openWork, house.folder),
    ...physicalBackupJobs({ folder: house.folder, config: house.config, lastDrill: () => lastDrill(house) }),
    ...monthJobs(house.openWork),
    ...operationsJobs(house.openWork, { folder: house.folder, hasDatabase: house.config.databaseUrl === '' }),
  }
}

/** Every job of the house by its name. */
export const jobs = (house: House): Readonly<Record<string, Job>> =>
  whileTimeIsBelieved(house.openWork, everyJob(house), jobsByDate)

/** When the house does things by itself; UTC. */
export const crontab: Crontab = {
  ...auditTimes,
  ...registerTimes,
  ...attachmentTimes,
  ...campaignTimes,
  ...decisionTimes,
  ...linkTimes,
  ...familyTimes,
  ...accountTimes,
  ...enrolmentTimes,
  ...planningTimes,
  ...countingTimes,
  ...deliveryTimes,
  ...signInTimes,
  ...partyTimes,
  ...verificationTimes,
  ...exchangeTimes,
  ...retentionTimes,
  ...inspectionTimes,
  ...beginningTimes,
  ...physicalBackupTimes,
  ...monthTimes,
  ...measuringTimes,
}

/** Jobs that look for what waits for a moment at which the clock was ahead. */
export const afterClockSet: readonly string[] = [...outreachAfterClockSet, ...exchangeAfterClockSet]

/** Jobs that act by the date, and wait while it is in doubt. */
export const jobsByDate: ReadonlySet<string> = new Set(Object.keys(crontab).filter(name => !atAnyDate.has(name)))
