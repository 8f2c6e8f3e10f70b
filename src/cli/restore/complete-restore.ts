import { createPublicKey } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Client } from 'pg'
import * as audit from '../../audit/audit.ts'
import { headsParts } from '../../audit/heads-file.ts'
import { auditProblem } from '../../audit/problems.ts'
import { type JournalRead, journalFile, readJournal } from '../../audit/revocation-journal.ts'
import { daysFile, lawFile, readLawRows } from '../../laws.ts'
import { asOperator, type House } from '../../open-house.ts'
import * as parties from '../../parties/parties.ts'
import { backupProblem } from '../../platform/archive/archive.ts'
import { workInTransaction } from '../../platform/archive/work-in-transaction.ts'
import { now } from '../../platform/clock.ts'
import type { HouseRecord } from '../../platform/data-folder/data-folder.ts'
import { parseDay } from '../../platform/day.ts'
import { confirmTime } from '../../platform/jobs/believed-time.ts'
import { noteOwner } from '../../platform/postgres/belonging.ts'
import { sealingKeyNames } from '../../platform/sealing/sealing.ts'
import type { Work } from '../../platform/work.ts'
import * as signin from '../../signin/signin.ts'
import * as staff from '../../staff/staff.ts'
import * as statistics from '../../statistics/statistics.ts'
import * as units from '../../units/units.ts'
import { type Invocation, wordOf } from '../invocation.ts'
import { type BackupHeader, besideOf, rowsOf } from './beside.ts'
import { endAgain } from './end-again.ts'

/**
 * What is done with a database that came back, of whichever kind its backup was, before it counts: its record of deeds
 * is verified, nobody is signed in, and what was ended since is ended again. Deed: backup.restored.
 */

/** Where it is restored to, and what the operator says of it. */
export type RestoreRequest = {
  readonly folder: string
  /** Which installation this folder is already; undefined of one that is none yet. */
  readonly own: string | undefined
  readonly values: Invocation['values']
}

/** What house.json says of the folder that an installation comes back into, whichever came back. */
type OwnRecord = { readonly version: string; readonly headsKey?: unknown; readonly keysElsewhere?: unknown }

/**
 * What house.json says after a restore. This folder's own key signs from now on, and what the former one signed stays
 * good; the next line of heads follows the last one of the backup.
 */
export function recordAfterRestore(own: OwnRecord, header: BackupHeader, { lastHeads }: Completed) {
  const { house: record } = besideOf(header)
  const former = Array.isArray(record['formerHeadsKeys']) ? record['formerHeadsKeys'] : []
  return {
    ...record,
    // The release that runs from now on, whichever made the backup.
    version: own.version,
    headsKey: own.headsKey,
    // What the other installation had elsewhere is not where this one's keys are.
    keysElsewhere: own.keysElsewhere,
    formerHeadsKeys: [...new Set([record['headsKey'], ...former])].filter(
      key => typeof key === 'string' && key !== own.headsKey,
    ),
    headsBegin: { line: lastHeads.line, hash: lastHeads.hash.toString('hex') },
    restoredAt: now().toISOString(),
  }
}

/**
 * What was ended since the backup, as the journal of its installation tells: the one that is given, or that lies in
 * this folder. Throws journal-not-there, journal-older-than-backup and what reading it throws.
 */
export async function journalFor({ folder, own, values }: RestoreRequest, header: BackupHeader): Promise<JournalRead> {
  if (values['no-journal'] === true) return { lines: [], wholeUntil: undefined }
  const { house: record, journal: until } = besideOf(header)
  const given = wordOf(values['journal'])
  if (!given && own !== undefined && record.id !== own) throw auditProblem('journal-not-there')
  const key = createPublicKey({ key: Buffer.from(header.key, 'base64'), format: 'der', type: 'spki' })
  const read = await readJournal(resolve(given ?? journalFile(folder)), { key, house: record.id })
  if ((read.wholeUntil ?? '') < until)
    throw auditProblem('journal-older-than-backup', { wholeUntil: read.wholeUntil, backup: until })
  return read
}

/**
 * What is sealed in a backup must open here: whoever replaced the sealing key since needs the one of then. Asked by the
 * name of the key, and of codes that were derived from it. Throws backup-under-another-sealing-key.
 */
export function refuseOtherSealingKey({ folder, values }: RestoreRequest, header: BackupHeader): void {
  if (values['without-sealing-key'] === true) return
  const { house: record, sealingKeys } = besideOf(header)
  const ours = Object.values(sealingKeyNames())
  const needs = Object.values(sealingKeys ?? {}).filter(name => !ours.includes(name))
  const areCodesOurs = record['readingsKey'] === undefined || record['readingsKey'] === audit.readingKeyName()
  if (needs.length === 0 && areCodesOurs) return
  const asked = needs.length > 0 ? needs : Object.values(sealingKeys ?? {})
  throw backupProblem('backup-under-another-sealing-key', {
    needs: asked,
    madeAt: header.madeAt,
    sealingKey: join(folder, 'keys', 'sealing.key'),
  })
}

/** Ends every session and token, of whatever kind. Gives how many of each lived. */
async function endEverySession(work: Work) {
  const { sessions, artifacts, keys } = await signin.endEverySignIn(work)
  return {
    officers: await staff.endEverySession(work),
    citizens: sessions,
    tokens: artifacts,
    engineers: await parties.endEveryEngineerSession(work),
    signingKeys: keys,
  }
}

/** The keys whose signature was the house's when the backup was made, and the one that signed it. */
const keysOf = ({ headsKey, formerHeadsKeys }: HouseRecord, signedBy: string): string[] =>
  [signedBy, headsKey, ...(Array.isArray(formerHeadsKeys) ? formerHeadsKeys : [])].filter(
    key => typeof key === 'string',
  )

const dayOfRecord = ({ businessDay }: HouseRecord) =>
  typeof businessDay === 'string' ? parseDay(businessDay) : undefined

export type RestoreFacts = {
  readonly signedBy: string
  readonly journal: JournalRead
  /** The migrations by which what came back got this release's shape. */
  readonly migrationsAdded: readonly string[]
  /** What else the deed tells: rows of an archive, the moment of a recovery. */
  readonly told: Readonly<Record<string, unknown>>
}

/**
 * What is done with restored rows before they count: they are verified, nobody is signed in, and what was ended since
 * stays so. Gives what the deed backup.restored tells.
 */
export async function completeRestore(
  { folder, values }: RestoreRequest,
  client: Client,
  header: BackupHeader,
  { signedBy, journal, migrationsAdded, told }: RestoreFacts,
) {
  const { house: record, heads } = besideOf(header)
  const settings = {
    beforeCommit: audit.seal,
    lawRows: await readLawRows(folder),
    today: dayOfRecord(record),
  }
  const runWork = (verb: (work: Work) => Promise<void>) =>
    workInTransaction(client, asOperator('restore'), settings, verb)
  let [deeds, findings] = [0, 0]
  let sessions: Readonly<Record<string, number>> = {}
  let lastHeads: { readonly line: number; readonly hash: Buffer } = { line: 0, hash: Buffer.alloc(0) }
  await runWork(async work => {
    const verdict = await audit.verifyAudit(work, {
      keys: keysOf(record, signedBy),
      heads: { lines: [heads], are: 'one-line' },
      entriesAre: record['readingsKey'] === audit.readingKeyName() ? 'ours' : 'of-another-key',
    })
    ;[deeds, findings] = [verdict.deeds, verdict.findings.length]
    if (findings > 0 && values['despite-findings'] !== true)
      throw auditProblem('audit-broken', { findings: verdict.findings.slice(0, 20) })
    sessions = await endEverySession(work)
    lastHeads = await audit.lastKeptHeads(work)
  })
  // As an opening does after an upgrade: nothing of a former release is judged by the tables of then.
  if (migrationsAdded.length > 0) {
    await runWork(units.loadReference)
    await runWork(async work => void (await audit.sealFormerBatches(work)))
  }
  const { counts, byHand } = await endAgain(runWork, journal.lines)
  const facts = {
    archive: header.id,
    madeAt: header.madeAt,
    signedBy,
    ...told,
    ...(migrationsAdded.length > 0 && { migrationsAdded }),
    findings,
    sessions,
    endedAgain: counts,
    byHand,
    journal: values['no-journal'] === true ? 'none' : journal.wholeUntil,
  }
  // The rows that came back say whose database it was, and by which key: from now on it is this folder's.
  await runWork(async work => void (await noteOwner(work, record.id, sealingKeyNames())))
  // They also say when they were believed last, and whoever restores them does so now.
  await runWork(confirmTime)
  await runWork(work => audit.record(work, 'backup.restored', { kind: 'installation', id: record.id }, facts))
  return { deeds, findings, sessions, endedAgain: counts, byHand, lastHeads, lines: journal.lines }
}

export type Completed = Awaited<ReturnType<typeof completeRestore>>

/** What a program is told of it: of the journal the number of its lines. */
export const factsOf = ({ lines, lastHeads: _lastHeads, ...facts }: Completed) => ({ ...facts, journal: lines.length })

/** The files of law and of days, where the folder has none. */
export async function bringFilesBack(folder: string, header: BackupHeader): Promise<void> {
  const { law, holidays } = besideOf(header)
  const files = [
    [lawFile, law],
    [daysFile, holidays],
  ] as const
  for (const [name, text] of files)
    if (typeof text === 'string' && (await rowsOf(folder, name)) === null)
      await writeFile(join(folder, name), text, { mode: 0o600, flag: 'wx' })
}

/**
 * What is done in an installation's folder once the database counts: the files of law, its record, a journal of its
 * own. A file of heads that the folder had is set aside.
 */
export async function takeUpRestored(house: House, header: BackupHeader, completed: Completed): Promise<void> {
  await bringFilesBack(house.folder, header)
  const when = now().toISOString().replaceAll(':', '-')
  for (const { path } of await headsParts(house.folder)) await rename(path, `${path}.before-${when}`)
  await house.remember(recordAfterRestore(house.record(), header, completed))
  await house.journal.takeOver(completed.lines)
  await house.journal.catchUp(house.openWork, { mark: 'always' })
}

/** What a restore found otherwise when it counted everybody anew from the facts; nothing where it did not count. */
type Recounted = { readonly differed?: number }

/** Counts everybody anew where migrations were added, since they may have changed what is counted. */
export async function recountMigrated(house: House, migrationsAdded: readonly string[]): Promise<Recounted> {
  if (migrationsAdded.length === 0) return {}
  const counts = await statistics.verifyCounts(house.openWork)
  return { differed: counts.reduce((sum, { differed, totals }) => sum + differed + totals, 0) }
}

type Origin = { readonly release: string; readonly migrationsAdded: readonly string[] }

/** Which release made a backup, and what brought it forward. */
export function originText({ release, migrationsAdded }: Origin, { differed }: Recounted): string {
  const [first] = migrationsAdded
  if (first === undefined) return `release ${release} made it, with the migrations of this one`
  return (
    `release ${release} made it; ${migrationsAdded.length} migrations were added, ${first} to ` +
    `${migrationsAdded.at(-1)}, and ${differed} counts were otherwise`
  )
}

/** What the operator is told; `what` says what came back. */
export const restoredText = (what: string, { deeds, findings, byHand, lines }: Completed) =>
  [
    `${what}; ${deeds} deeds ${findings ? 'DO NOT verify' : 'verify'}`,
    `nobody is signed in any more; what was ended since is so again, by ${lines.length} lines of the journal`,
    ...byHand.map(({ deed, of }) => `  see to this by hand: ${deed} ${of}`),
  ].join('\n')
