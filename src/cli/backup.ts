import { readFile, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import * as audit from '../audit/audit.ts'
import type { SignedHeads } from '../audit/chain-heads.ts'
import { headsFile } from '../audit/heads-file.ts'
import { auditProblem } from '../audit/problems.ts'
import { lawFile } from '../laws.ts'
import { asOperator, type House } from '../open-house.ts'
import { now } from '../platform/clock.ts'
import { backup, restore } from '../platform/postgres/table-archive.ts'
import { printAnswer, progressOn, WrongUsage } from '../platform/terminal.ts'
import { entriesAre, pinnedKeys } from './audit-verify.ts'
import type { Invocation } from './invocation.ts'

/** The installation's own rows of law, as the file says them; null where there is none. */
const lawOf = (folder: string): Promise<string | null> =>
  readFile(join(folder, lawFile), 'utf8').catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return null
    throw error
  })

/**
 * `backup F`: every table at one moment, with the signed heads and the installation's rows of law; readable by its
 * owner only. The keys are in no backup.
 */
export async function backupTo({ house, positionals: [file], json }: Invocation): Promise<void> {
  if (!file) throw new WrongUsage('backup needs the file to write')
  const record = house.record()
  const manifest = await backup(house.database.url, resolve(file), {
    release: record.version,
    madeAt: now(),
    beside: { house: record, heads: await house.keepHeads(), law: await lawOf(house.folder) },
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

/**
 * What house.json says of the keys and the file of heads after a restore. This folder's own key signs from now on, and
 * what the former one signed stays good; a file of heads that this folder had is set aside, and the next line follows
 * the last one of the backup.
 */
async function keysAfterRestore(house: House, record: Readonly<Record<string, unknown>>) {
  const own = house.record()['headsKey']
  const former = Array.isArray(record['formerHeadsKeys']) ? record['formerHeadsKeys'] : []
  const file = headsFile(house.folder)
  await rename(file, `${file}.before-${now().toISOString().replaceAll(':', '-')}`).catch((error: unknown) => {
    if ((error as { code?: string }).code !== 'ENOENT') throw error
  })
  const { line, hash } = await house.openWork(asOperator('audit'), audit.lastKeptHeads)
  return {
    headsKey: own,
    formerHeadsKeys: [...new Set([record['headsKey'], ...former])].filter(
      key => typeof key === 'string' && key !== own,
    ),
    headsBegin: { line, hash: hash.toString('hex') },
  }
}

/**
 * `restore F`: into an empty house of the same release; all or nothing, and verified. The rows of law come back where
 * the folder has none: those that lie there were put there on purpose.
 */
export async function restoreFrom({ house, positionals: [file], json }: Invocation): Promise<void> {
  if (!file) throw new WrongUsage('restore needs the backup to read')
  const { beside, tables } = await restore(house.database.url, resolve(file), {
    release: house.record().version,
    empty: inUse,
    onProgress: progressOn(),
  })
  const {
    house: record,
    heads,
    law,
  } = beside as { house: Record<string, unknown>; heads: SignedHeads; law?: string | null }
  if (typeof law === 'string' && (await lawOf(house.folder)) === null)
    await writeFile(join(house.folder, lawFile), law, { mode: 0o600, flag: 'wx' })
  await house.remember({ ...record, ...(await keysAfterRestore(house, record)), restoredAt: now().toISOString() })
  const verdict = await house.openWork({ ...asOperator('audit'), sees: 'one-moment' }, work =>
    audit.verifyAudit(work, {
      keys: pinnedKeys(house),
      heads: { lines: [heads], are: 'one-line' },
      entriesAre: entriesAre(house) ?? 'ours',
    }),
  )
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  await printAnswer(
    json,
    { rows, tables: tables.length, verdict },
    `${rows} rows are back; ${verdict.deeds} deeds ${verdict.findings.length ? 'DO NOT verify' : 'verify'}`,
  )
  if (verdict.findings.length) throw auditProblem('audit-broken', { findings: verdict.findings.length })
}
