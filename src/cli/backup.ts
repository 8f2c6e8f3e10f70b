import { createPublicKey } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Client } from 'pg'
import * as audit from '../audit/audit.ts'
import type { SignedHeads } from '../audit/chain-heads.ts'
import { headsParts } from '../audit/heads-file.ts'
import { auditProblem } from '../audit/problems.ts'
import { type JournalRead, journalFile, readJournal } from '../audit/revocation-journal.ts'
import { daysFile, lawFile, readLawRows } from '../laws.ts'
import { asOperator, type House } from '../open-house.ts'
import * as parties from '../parties/parties.ts'
import {
  type ArchiveContents,
  type ArchiveHeader,
  backup,
  backupProblem,
  restore,
  signerFingerprint,
} from '../platform/archive/archive.ts'
import {
  backupIdentity,
  knownIdentities,
  readIdentities,
  recipientOf,
  writePaper,
} from '../platform/archive/backup-key.ts'
import { workInTransaction } from '../platform/archive/work-in-transaction.ts'
import { now } from '../platform/clock.ts'
import type { HouseRecord } from '../platform/data-folder/data-folder.ts'
import { parseDay } from '../platform/day.ts'
import { noteOwner } from '../platform/postgres/belonging.ts'
import { type SealingKeyNames, sealingKeyNames } from '../platform/sealing/sealing.ts'
import { printAnswer, progressOn, WrongUsage } from '../platform/terminal.ts'
import type { Work } from '../platform/work.ts'
import * as signin from '../signin/signin.ts'
import * as staff from '../staff/staff.ts'
import type { Invocation } from './invocation.ts'
import { endAgain } from './restore/end-again.ts'

/** The installation's own rows of law, or its own days, as the file says them; null where there is none. */
const rowsOf = (folder: string, file: typeof lawFile | typeof daysFile): Promise<string | null> =>
  readFile(join(folder, file), 'utf8').catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return null
    throw error
  })

const wordOf = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

/** Where the record of an installation says whose backup key was written on a paper. */
const onPaper = 'backupKeyOnPaper'

/** `key paper F`: what opens the backups, and by which key they are signed, for the safe. */
export async function keyPaper({ house, positionals: [file], json }: Invocation): Promise<void> {
  if (!file) throw new WrongUsage('key paper needs the file to write')
  const identity = await backupIdentity(house.folder)
  const fingerprint = signerFingerprint(house.signingKey())
  await writePaper(resolve(file), { installation: house.record().id, identity, fingerprint })
  await house.remember({ [onPaper]: await recipientOf(identity) })
  await printAnswer(
    json,
    { file: resolve(file), fingerprint, recipient: await recipientOf(identity) },
    `print ${resolve(file)}, put the paper into the safe, then delete the file; backups are signed by ${fingerprint}`,
  )
}

/** Who may open a backup. Throws backup-key-not-on-paper where nobody could without this disk. */
async function recipientsOf(house: House, given: string | undefined): Promise<string[]> {
  const own = await recipientOf(await backupIdentity(house.folder))
  const others = (given ?? '').split(',').flatMap(text => text.trim() || [])
  if (others.length === 0 && house.record()[onPaper] !== own) throw backupProblem('backup-key-not-on-paper')
  return [own, ...others]
}

const rowsIn = ({ counts }: ArchiveContents) => counts.reduce((sum, { rows }) => sum + rows, 0)

/**
 * `backup F`: every table at one moment, with the signed heads and the installation's rows of law; encrypted to the
 * installation's own key and to those who are named, and signed. The keys are in no backup. Deed: backup.made.
 */
export async function backupTo({ house, positionals: [file], values, json }: Invocation): Promise<void> {
  if (!file) throw new WrongUsage('backup needs the file to write')
  const recipients = await recipientsOf(house, wordOf(values['recipient']))
  const record = house.record()
  const contents = await backup(house.database.url, resolve(file), {
    release: record.version,
    madeAt: now(),
    beside: {
      house: record,
      heads: await house.keepHeads(),
      law: await rowsOf(house.folder, lawFile),
      holidays: await rowsOf(house.folder, daysFile),
      journal: (await house.journal.catchUp(house.openWork, { mark: 'always' })).wholeUntil,
      sealingKeys: sealingKeyNames(),
    },
    recipients,
    key: house.signingKey(),
    onProgress: progressOn(),
  })
  const rows = rowsIn(contents)
  await house.openWork(asOperator('backup'), work =>
    audit.record(
      work,
      'backup.made',
      { kind: 'installation', id: record.id },
      { archive: contents.header.id, rows, recipients: recipients.length },
    ),
  )
  const signedBy = signerFingerprint(house.signingKey())
  await printAnswer(
    json,
    { file: resolve(file), tables: contents.counts.length, rows, signedBy, recipients },
    `${rows} rows of ${contents.counts.length} tables are in ${resolve(file)}, for ${recipients.length} keys, ` +
      `signed by ${signedBy}`,
  )
}

/** The tables that tell whether a house is in use; what a fresh house fills by itself is replaced. */
const inUse = ['register.person', 'staff.officer', 'units.school', 'audit.access']

type Beside = {
  readonly house: HouseRecord
  readonly heads: SignedHeads
  readonly law?: string | null
  /** Missing in backups of releases that knew no such file. */
  readonly holidays?: string | null
  /** Until when the journal was whole when the backup was made. */
  readonly journal: string
  /** The names of the keys under which something may lie sealed; missing in backups of former releases. */
  readonly sealingKeys?: SealingKeyNames
}

const besideOf = ({ beside }: ArchiveHeader) => beside as Beside

/** Whose archive is taken and by which identities it is opened: the installation's own, or those that are given. */
async function keysFor({ house, values }: Invocation) {
  const identityFile = wordOf(values['identity'])
  return {
    identities: identityFile ? await readIdentities(identityFile) : await knownIdentities(house.folder),
    signedBy: wordOf(values['signed-by'])?.toLowerCase() ?? signerFingerprint(house.signingKey()),
  }
}

/**
 * What house.json says of the keys and the file of heads after a restore. This folder's own key signs from now on, and
 * what the former one signed stays good; a file of heads that this folder had is set aside, and the next line follows
 * the last one of the backup.
 */
async function keysAfterRestore(house: House, record: Readonly<Record<string, unknown>>) {
  const own = house.record()['headsKey']
  const former = Array.isArray(record['formerHeadsKeys']) ? record['formerHeadsKeys'] : []
  const when = now().toISOString().replaceAll(':', '-')
  for (const { path } of await headsParts(house.folder)) await rename(path, `${path}.before-${when}`)
  const { line, hash } = await house.openWork(asOperator('audit'), audit.lastKeptHeads)
  return {
    headsKey: own,
    // What the other installation had elsewhere is not where this one's keys are.
    keysElsewhere: house.record()['keysElsewhere'],
    formerHeadsKeys: [...new Set([record['headsKey'], ...former])].filter(
      key => typeof key === 'string' && key !== own,
    ),
    headsBegin: { line, hash: hash.toString('hex') },
  }
}

/**
 * What was ended since the backup, as the journal of its installation tells: the one that is given, or that lies in
 * this folder. Throws journal-not-there, journal-older-than-backup and what reading it throws.
 */
async function journalFor({ house, values }: Invocation, header: ArchiveHeader): Promise<JournalRead> {
  if (values['no-journal'] === true) return { lines: [], wholeUntil: undefined }
  const { house: record, journal: until } = besideOf(header)
  const given = wordOf(values['journal'])
  if (!given && record.id !== house.record().id) throw auditProblem('journal-not-there')
  const key = createPublicKey({ key: Buffer.from(header.key, 'base64'), format: 'der', type: 'spki' })
  const read = await readJournal(resolve(given ?? journalFile(house.folder)), { key, house: record.id })
  if ((read.wholeUntil ?? '') < until)
    throw auditProblem('journal-older-than-backup', { wholeUntil: read.wholeUntil, backup: until })
  return read
}

/**
 * What is sealed in a backup must open here: whoever replaced the sealing key since needs the one of then. Asked by the
 * name of the key, and of codes that were derived from it. Throws backup-under-another-sealing-key.
 */
function refuseOtherSealingKey({ house, values }: Invocation, header: ArchiveHeader): void {
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
    sealingKey: join(house.folder, 'keys', 'sealing.key'),
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

/**
 * What is done with restored rows before they count: they are verified, nobody is signed in, and what was ended since
 * stays so. Gives what the deed backup.restored tells.
 */
async function completeRestore(
  invocation: Invocation,
  client: Client,
  contents: ArchiveContents,
  { signedBy, journal }: { readonly signedBy: string; readonly journal: JournalRead },
) {
  const { header } = contents
  const { house: record, heads } = besideOf(header)
  const settings = {
    beforeCommit: audit.seal,
    lawRows: await readLawRows(invocation.house.folder),
    today: dayOfRecord(record),
  }
  const runWork = (verb: (work: Work) => Promise<void>) =>
    workInTransaction(client, asOperator('restore'), settings, verb)
  let [deeds, findings] = [0, 0]
  let sessions: Readonly<Record<string, number>> = {}
  await runWork(async work => {
    const verdict = await audit.verifyAudit(work, {
      keys: keysOf(record, signedBy),
      heads: { lines: [heads], are: 'one-line' },
      entriesAre: record['readingsKey'] === audit.readingKeyName() ? 'ours' : 'of-another-key',
    })
    ;[deeds, findings] = [verdict.deeds, verdict.findings.length]
    if (findings > 0 && invocation.values['despite-findings'] !== true)
      throw auditProblem('audit-broken', { findings: verdict.findings.slice(0, 20) })
    sessions = await endEverySession(work)
  })
  const { counts, byHand } = await endAgain(runWork, journal.lines)
  const facts = {
    archive: header.id,
    madeAt: header.madeAt,
    signedBy,
    rows: rowsIn(contents),
    findings,
    sessions,
    endedAgain: counts,
    byHand,
    journal: invocation.values['no-journal'] === true ? 'none' : journal.wholeUntil,
  }
  // The rows that came back say whose database it was, and by which key: from now on it is this folder's.
  await runWork(async work => void (await noteOwner(work, record.id, sealingKeyNames())))
  await runWork(work => audit.record(work, 'backup.restored', { kind: 'installation', id: record.id }, facts))
  return { deeds, findings, sessions, endedAgain: counts, byHand, lines: journal.lines }
}

type Completed = Awaited<ReturnType<typeof completeRestore>>

const restoredText = (rows: number, { deeds, findings, byHand, lines }: Completed) =>
  [
    `${rows} rows are back; ${deeds} deeds ${findings ? 'DO NOT verify' : 'verify'}`,
    `nobody is signed in any more; what was ended since is so again, by ${lines.length} lines of the journal`,
    ...byHand.map(({ deed, of }) => `  see to this by hand: ${deed} ${of}`),
  ].join('\n')

/**
 * `restore F`: into an empty house of the same release; all or nothing, and checked before it counts. The rows of law
 * and of days come back where the folder has none: those that lie there were put there on purpose. Deed:
 * backup.restored.
 */
export async function restoreFrom(invocation: Invocation): Promise<void> {
  const { house, positionals, json } = invocation
  const [file] = positionals
  if (!file) throw new WrongUsage('restore needs the backup to read')
  const keys = await keysFor(invocation)
  let journal: JournalRead = { lines: [], wholeUntil: undefined }
  let completed: Completed | undefined
  const contents = await restore(house.database.url, resolve(file), {
    ...keys,
    release: house.record().version,
    empty: inUse,
    onProgress: progressOn(),
    accept: async header => {
      refuseOtherSealingKey(invocation, header)
      journal = await journalFor(invocation, header)
    },
    complete: async (client, filled) => {
      completed = await completeRestore(invocation, client, filled, { signedBy: keys.signedBy, journal })
    },
  })
  if (!completed) throw new Error('a restore was committed that was not completed')
  const { house: record, law, holidays } = besideOf(contents.header)
  const files = [
    [lawFile, law],
    [daysFile, holidays],
  ] as const
  for (const [name, text] of files)
    if (typeof text === 'string' && (await rowsOf(house.folder, name)) === null)
      await writeFile(join(house.folder, name), text, { mode: 0o600, flag: 'wx' })
  await house.remember({ ...record, ...(await keysAfterRestore(house, record)), restoredAt: now().toISOString() })
  await house.journal.takeOver(completed.lines)
  await house.journal.catchUp(house.openWork, { mark: 'always' })
  const { lines, ...told } = completed
  const rows = rowsIn(contents)
  await printAnswer(
    json,
    { rows, tables: contents.counts.length, ...told, journal: lines.length },
    restoredText(rows, completed),
  )
}
