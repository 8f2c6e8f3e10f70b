import { statfs } from 'node:fs/promises'
import * as audit from '../../audit/audit.ts'
import { verificationOf } from '../../audit-verification.ts'
import { asOperator } from '../../open-house.ts'
import { jobCounts } from '../../platform/jobs/jobs.ts'
import { countRunners } from '../../platform/jobs/living-runners.ts'
import { serverProcesses } from '../../platform/limits/share-counts.ts'
import { sealingKeyNames } from '../../platform/sealing/sealing.ts'
import { printAnswer } from '../../platform/terminal.ts'
import { checkBiometricEngine } from '../biometrics/biometric-engine.ts'
import { checkAuthorityOfCards } from '../pki/authority-check.ts'
import { keyMade, type MadeFacts } from '../rotate-keys.ts'
import { attach } from './attach.ts'
import { checkCertificate } from './certificate.ts'
import { type DoctorCheck, type LookedAtHouse, linesOfChecks, look } from './check.ts'
import { checkClock } from './clock.ts'
import { checkPersonalData } from './data-protection.ts'
import { checkDatabaseAddresses } from './database-addresses.ts'
import { checkDatabaseLogins } from './database-logins.ts'
import { checkGateways } from './gateways.ts'
import { checkGrowth } from './growth.ts'
import { checkHeads } from './heads.ts'
import { checkLastBackup } from './last-backup.ts'
import { checkLawAhead } from './law-ahead.ts'
import { checkLocks } from './locks.ts'
import { checkLogAway } from './log-away.ts'
import { checkMemory } from './memory.ts'
import { checkMonths } from './months.ts'
import { checkNationalCentre } from './national-centre.ts'
import { physicalChecks } from './physical-backups.ts'
import { checkScanner } from './scanner.ts'
import { checkSecrets } from './secrets.ts'
import { checkSourceControl } from './source-control.ts'

const jobsPage = 'docs/operations/runbooks/jobs-stand-still.md'

async function checkDisk(house: LookedAtHouse): Promise<DoctorCheck> {
  const { bavail, bsize } = await statfs(house.folder)
  const free = (bavail * bsize) / 2 ** 30
  return {
    what: 'free disk',
    ok: free > 2,
    found: `${free.toFixed(1)} GiB`,
    todo: 'make room, below 2 GiB an import may not fit: docs/operations/runbooks/disk-full.md',
  }
}

/** Whether a server serves while no process does its jobs: none would be due, and none would give up. */
const lacksRunner = (house: LookedAtHouse): Promise<boolean> =>
  house.openWork(
    asOperator('none', 'maintenance'),
    async work => (await serverProcesses(work)).length > 0 && (await countRunners(work)) === 0,
  )

async function checkJobs(house: LookedAtHouse): Promise<DoctorCheck> {
  const { waiting, failed } = await jobCounts(house.database.url)
  const isIdle = await lacksRunner(house)
  return {
    what: 'jobs',
    ok: failed === 0 && !isIdle,
    found: `${waiting} wait, ${failed} gave up${isIdle ? '; no process runs them' : ''}`,
    todo: `${isIdle ? 'start a worker, or a server with runsJobs' : 'job list tells why'}: ${jobsPage}`,
  }
}

async function checkAudit(house: LookedAtHouse): Promise<DoctorCheck> {
  const given = await verificationOf(house)
  const { deeds, findings, heads } = await house.openWork({ ...asOperator('audit'), sees: 'one-moment' }, work =>
    audit.verifyAudit(work, given),
  )
  const away = findings.flatMap(({ kind, id }) => (kind === 'heads-away' && id ? [id] : []))
  const untold =
    given.entriesAre === 'ours' ? '' : '; who made the entries of readings cannot be told by this sealing key'
  const lacks = away.length > 0 ? `; elsewhere lie ${away.join(', ')}` : ''
  return {
    what: 'record of deeds',
    ok: findings.length === 0 && !untold,
    found: `${deeds} deeds, ${findings.length} findings, ${heads} kept heads${lacks}${untold}`,
    todo: 'run audit verify: docs/operations/runbooks/record-does-not-verify.md, heads-cut.md',
    // Parts that the operator moved, and a key that a restore left behind, are known to whoever did so.
    ...(findings.length === away.length && { advice: true }),
  }
}

/** Since when which key seals, and which one what was backed up before needs. */
async function checkSealingKey(house: LookedAtHouse): Promise<DoctorCheck> {
  const { current, former } = sealingKeyNames()
  const made = await house.openWork(asOperator('none'), work => audit.deedsOfName(work, house.record().id, keyMade))
  const last = made.findLast(({ facts }) => (facts as MadeFacts).key === current)
  const before = last && (last.facts as MadeFacts).former
  return {
    what: 'sealing key',
    ok: former === undefined,
    found:
      last && before
        ? `${current}, made ${last.at.toISOString()}; a backup of before needs the keys/sealing.key of then, ${before}`
        : `${current}, as when the installation began; every backup of it needs this one`,
    todo: `run key reseal again: ${former} was not destroyed yet`,
  }
}

/** Each thing to look at, by its name; one that cannot be looked at keeps no other from it. */
const checks: Readonly<Record<string, (house: LookedAtHouse) => DoctorCheck | Promise<DoctorCheck>>> = {
  'free disk': checkDisk,
  growth: checkGrowth,
  months: checkMonths,
  jobs: checkJobs,
  clock: checkClock,
  locks: checkLocks,
  'sealing key': checkSealingKey,
  'record of deeds': checkAudit,
  heads: checkHeads,
  'last backup': checkLastBackup,
  'database logins': checkDatabaseLogins,
  'database addresses': checkDatabaseAddresses,
  'national centre': checkNationalCentre,
  'authority of the cards': checkAuthorityOfCards,
  'personal data': checkPersonalData,
  'virus scanner': checkScanner,
  'biometric engine': checkBiometricEngine,
  'gateways of messages': checkGateways,
  'log elsewhere': checkLogAway,
  certificate: checkCertificate,
  'encrypted memory': checkMemory,
  secrets: checkSecrets,
  'source control': checkSourceControl,
  'law ahead': checkLawAhead,
}

/** Looks over an installation. */
export const lookOver = (house: LookedAtHouse): Promise<DoctorCheck[]> =>
  Promise.all(
    Object.entries({ ...checks, ...physicalChecks(house) }).map(([what, check]) => look(what, () => check(house))),
  )

/**
 * `doctor`: what an operator should know; exit 1 where something needs a hand. It joins an installation that runs, and
 * makes and changes nothing.
 */
export async function doctor({ folder, json }: { readonly folder: string; readonly json: boolean }): Promise<void> {
  const attached = await attach(folder)
  try {
    const told = [...attached.checks, ...(await lookOver(attached.house))]
    await printAnswer(json, { house: attached.house.record().id, checks: told }, linesOfChecks(told).join('\n'))
    if (told.some(({ ok, advice }) => !ok && !advice)) process.exitCode = 1
  } finally {
    await attached.close()
  }
}
