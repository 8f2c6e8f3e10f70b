import { statfs } from 'node:fs/promises'
import * as audit from '../../audit/audit.ts'
import { verificationOf } from '../../audit-verification.ts'
import { asOperator, type House } from '../../open-house.ts'
import { jobCounts } from '../../platform/jobs/jobs.ts'
import { sealingKeyNames } from '../../platform/sealing/sealing.ts'
import { printAnswer } from '../../platform/terminal.ts'
import type { Invocation } from '../invocation.ts'
import { keyMade, type MadeFacts } from '../rotate-keys.ts'
import type { DoctorCheck } from './check.ts'
import { checkPersonalData } from './data-protection.ts'
import { checkDatabaseAddresses } from './database-addresses.ts'
import { checkDatabaseLogins } from './database-logins.ts'
import { checkGateways } from './gateways.ts'
import { checkLawAhead } from './law-ahead.ts'
import { checkLogAway } from './log-away.ts'
import { checkMemory } from './memory.ts'
import { checkNationalCentre } from './national-centre.ts'
import { checkScanner } from './scanner.ts'
import { checkSecrets } from './secrets.ts'
import { checkSourceControl } from './source-control.ts'

async function checkDisk(house: House): Promise<DoctorCheck> {
  const { bavail, bsize } = await statfs(house.folder)
  const free = (bavail * bsize) / 2 ** 30
  return {
    what: 'free disk',
    ok: free > 2,
    found: `${free.toFixed(1)} GiB`,
    todo: 'make room: below 2 GiB an import may not fit',
  }
}

async function checkJobs(house: House): Promise<DoctorCheck> {
  const { waiting, failed } = await jobCounts(house.database.url)
  return {
    what: 'jobs',
    ok: failed === 0,
    found: `${waiting} wait, ${failed} gave up`,
    todo: 'look at graphile_worker.jobs, column last_error',
  }
}

async function checkAudit(house: House): Promise<DoctorCheck> {
  const given = await verificationOf(house)
  const { deeds, findings, heads } = await house.openWork({ ...asOperator('audit'), sees: 'one-moment' }, work =>
    audit.verifyAudit(work, given),
  )
  return {
    what: 'record of deeds',
    ok: findings.length === 0,
    found: `${deeds} deeds, ${findings.length} findings, ${heads} kept heads`,
    todo: 'run audit verify',
  }
}

/** Since when which key seals, and which one what was backed up before needs. */
async function checkSealingKey(house: House): Promise<DoctorCheck> {
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

const verdictOf = ({ ok, advice }: DoctorCheck) => (ok ? 'ok      ' : advice ? 'TO WEIGH' : 'TO MEND ')

const lineOf = (check: DoctorCheck) =>
  `${verdictOf(check)} ${check.what}: ${check.found}${check.ok || !check.todo ? '' : ` (${check.todo})`}`

/** `doctor`: what an operator should know; exit 1 where something needs a hand. */
export async function doctor({ house, json }: Invocation): Promise<void> {
  const checks = await Promise.all([
    checkDisk(house),
    checkJobs(house),
    checkSealingKey(house),
    checkAudit(house),
    checkDatabaseLogins(house),
    checkDatabaseAddresses(house),
    checkNationalCentre(house),
    checkPersonalData(house),
    checkScanner(house),
    checkGateways(house),
    checkLogAway(house),
    checkMemory(house),
    checkSecrets(house),
    checkSourceControl(house),
    checkLawAhead(house),
  ])
  await printAnswer(json, { house: house.record().id, checks }, checks.map(lineOf).join('\n'))
  if (checks.some(({ ok, advice }) => !ok && !advice)) process.exitCode = 1
}
