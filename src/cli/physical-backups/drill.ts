import { basename } from 'node:path'
import * as audit from '../../audit/audit.ts'
import { entriesAre, pinnedKeys } from '../../audit-verification.ts'
import { readLawRows } from '../../laws.ts'
import { asOperator, type House } from '../../open-house.ts'
import { signerFingerprint } from '../../platform/archive/archive.ts'
import { knownIdentities } from '../../platform/archive/backup-key.ts'
import { now, stopwatch } from '../../platform/clock.ts'
import { dayAt, parseDay } from '../../platform/day.ts'
import { openDatabase } from '../../platform/db.ts'
import { migrateJobs } from '../../platform/jobs/jobs.ts'
import { alone } from '../../platform/physical-backups/alone.ts'
import { drillRestore } from '../../platform/physical-backups/drill.ts'
import type { RecoveryPlan } from '../../platform/physical-backups/recovery-plan.ts'
import { refuseForeignDatabase } from '../../platform/postgres/belonging.ts'
import { migrate } from '../../platform/postgres/migrate.ts'
import type { Postgres } from '../../platform/postgres/postgres.ts'
import { Problem } from '../../platform/problem.ts'
import { sealingKeyFile, sealingKeyNames } from '../../platform/sealing/sealing.ts'
import { printAnswer } from '../../platform/terminal.ts'
import { asSystem, makeOpenWork } from '../../platform/work.ts'
import * as statistics from '../../statistics/statistics.ts'
import type { Invocation } from '../invocation.ts'
import { type Beside, besideOf } from '../restore/beside.ts'
import { getBackupFolder } from './base.ts'
import type { DrillFacts, DrillFindings } from './drill-facts.ts'

/**
 * `backup drill`: the newest physical backup is restored, verified and counted anew beside the installation that runs,
 * and thrown away. In: the backups and the installation's keys. Deed: backup.drilled, whatever came of it.
 */

const businessDayOfBackup = ({ house }: Beside) =>
  typeof house['businessDay'] === 'string' ? parseDay(house['businessDay']) : undefined

/** What the restored database is worth: it is this installation's, its record verifies, its counts are the facts. */
async function lookOverRestored(house: House, postgres: Postgres, { header }: RecoveryPlan): Promise<DrillFindings> {
  const beside = besideOf({ ...header, madeAt: header.startedAt })
  await migrate(postgres.url, { before: () => migrateJobs(postgres.url) })
  const database = openDatabase(postgres.url, { connections: 4 })
  try {
    const openWork = makeOpenWork(database, {
      beforeCommit: audit.seal,
      businessDay: () => businessDayOfBackup(beside),
      lawRows: await readLawRows(house.folder),
    })
    const own = { installation: house.record().id, keys: sealingKeyNames(), file: sealingKeyFile(house.folder) }
    await openWork({ ...asSystem('none'), role: 'maintenance' }, work => refuseForeignDatabase(work, own))
    const { deeds, findings } = await openWork({ ...asSystem('audit'), sees: 'one-moment' }, work =>
      audit.verifyAudit(work, {
        keys: pinnedKeys(house),
        heads: { lines: [beside.heads], are: 'one-line' },
        entriesAre: entriesAre(house) ?? 'ours',
      }),
    )
    const counts = await statistics.verifyCounts(openWork)
    return {
      deeds,
      findings: findings.length,
      differed: counts.reduce((sum, { differed, totals }) => sum + differed + totals, 0),
    }
  } finally {
    await database.end()
  }
}

async function runDrill(house: House): Promise<DrillFacts> {
  const waited = stopwatch()
  const seconds = () => Math.round(waited() / 100) / 10
  const keys = {
    identities: await knownIdentities(house.folder),
    signedBy: signerFingerprint(house.signingKey()),
  }
  try {
    const { plan, end, findings } = await drillRestore(
      house.folder,
      getBackupFolder(house),
      keys,
      (postgres, planned) => lookOverRestored(house, postgres, planned),
    )
    const isClean = findings.findings === 0 && findings.differed === 0
    return {
      outcome: isClean ? 'ok' : 'findings',
      seconds: seconds(),
      base: plan.header.id,
      file: basename(plan.base.path),
      bytes: end.bytes,
      lastSegment: plan.lastSegment,
      ...findings,
    }
  } catch (error) {
    if (!(error instanceof Problem)) house.log.error({ err: error }, 'the drill failed')
    return { outcome: 'failed', seconds: seconds(), code: error instanceof Problem ? error.code : 'fault' }
  }
}

const drilledText = ({ outcome, seconds, bytes = 0, deeds, findings, differed, code }: DrillFacts) =>
  outcome === 'failed'
    ? `the drill failed after ${seconds} s: ${code}`
    : `${Math.round(bytes / 2 ** 20)} MiB were restored in ${seconds} s; ${deeds} deeds, ${findings} findings, ` +
      `${differed} counts were otherwise`

export async function backupDrill({ house, json }: Invocation): Promise<void> {
  getBackupFolder(house)
  const facts = await alone(house.folder, () => runDrill(house))
  const id = house.record().id
  await house.openWork(asOperator('backup'), work =>
    audit.record(work, 'backup.drilled', { kind: 'installation', id }, facts),
  )
  await printAnswer(json, { ...facts, day: dayAt(now()) }, drilledText(facts))
  if (facts.outcome !== 'ok') process.exitCode = 1
}
