import { resolve } from 'node:path'
import * as audit from '../audit/audit.ts'
import type { SignedHeads } from '../audit/chain-heads.ts'
import { auditProblem } from '../audit/problems.ts'
import { asOperator } from '../open-house.ts'
import { now } from '../platform/clock.ts'
import { backup, restore } from '../platform/postgres/backup.ts'
import { printAnswer, progressOn, WrongUsage } from '../platform/terminal.ts'
import type { Invocation } from './invocation.ts'

/** `backup F`: every table at one moment, with the signed heads; readable by its owner only. */
export async function backupTo({ house, positionals: [file], json }: Invocation): Promise<void> {
  if (!file) throw new WrongUsage('backup needs the file to write')
  const record = house.record()
  const manifest = await backup(house.database.url, resolve(file), {
    release: record.version,
    madeAt: now(),
    beside: { house: record, heads: await house.keepHeads() },
    onProgress: progressOn(),
  })
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  await printAnswer(
    json,
    { file: resolve(file), tables: manifest.tables.length, rows },
    `${rows} rows of ${manifest.tables.length} tables are in ${resolve(file)}`,
  )
}

/** The tables that tell whether a house is in use; what a fresh house fills by itself is replaced. */
const inUse = ['register.person', 'staff.officer', 'units.school', 'audit.access']

/** `restore F`: into an empty house of the same release; all or nothing, and verified. */
export async function restoreFrom({ house, positionals: [file], json }: Invocation): Promise<void> {
  if (!file) throw new WrongUsage('restore needs the backup to read')
  const { beside, tables } = await restore(house.database.url, resolve(file), {
    release: house.record().version,
    empty: inUse,
    onProgress: progressOn(),
  })
  const { house: record, heads } = beside as { house: Record<string, unknown>; heads: SignedHeads }
  await house.remember({ ...record, restoredAt: now().toISOString() })
  const verdict = await house.openWork(asOperator('audit'), work => audit.verifyAudit(work, [heads]))
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  await printAnswer(
    json,
    { rows, tables: tables.length, verdict },
    `${rows} rows are back; ${verdict.deeds} deeds ${verdict.findings.length ? 'DO NOT verify' : 'verify'}`,
  )
  if (verdict.findings.length) throw auditProblem('audit-broken', { findings: verdict.findings.length })
}
