import { resolve } from 'node:path'
import * as audit from '../audit/audit.ts'
import { headsParts } from '../audit/heads-file.ts'
import type { JournalRead } from '../audit/revocation-journal.ts'
import { asOperator, type House } from '../open-house.ts'
import { type ArchiveContents, backup, backupProblem, restore, signerFingerprint } from '../platform/archive/archive.ts'
import {
  backupIdentity,
  backupRecipients,
  knownIdentities,
  readIdentities,
  recipientOf,
  writePaper,
} from '../platform/archive/backup-key.ts'
import { now } from '../platform/clock.ts'
import { printAnswer, progressOn, WrongUsage } from '../platform/terminal.ts'
import { type Invocation, wordOf } from './invocation.ts'
import { readBeside } from './restore/beside.ts'
import {
  type Completed,
  completeRestore,
  factsOf,
  journalFor,
  originText,
  type RestoreRequest,
  recountMigrated,
  refuseOtherSealingKey,
  restoredText,
  takeUpRestored,
} from './restore/complete-restore.ts'

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
export async function recipientsOf(house: House, given?: string): Promise<string[]> {
  const recipients = await backupRecipients(house.folder, [given ?? '', house.config.backupRecipients].join())
  const [own, ...others] = recipients
  if (others.length === 0 && house.record()[onPaper] !== own) throw backupProblem('backup-key-not-on-paper')
  return recipients
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
    beside: await readBeside(house),
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

/** Whose archive is taken and by which identities it is opened: the installation's own, or those that are given. */
async function keysFor({ house, values }: Invocation) {
  const identityFile = wordOf(values['identity'])
  return {
    identities: identityFile ? await readIdentities(identityFile) : await knownIdentities(house.folder),
    signedBy: wordOf(values['signed-by'])?.toLowerCase() ?? signerFingerprint(house.signingKey()),
  }
}

/** Where a server ran its signed heads tell of deeds, and a refused restore could not bring these back. */
async function refuseServed(folder: string): Promise<void> {
  const [first] = await headsParts(folder)
  if (first) throw backupProblem('house-not-empty', { file: first.path })
}

/**
 * `restore F`: into an empty house of the same or a later release; all or nothing, and checked before it counts. The
 * rows of law and of days come back where the folder has none: those that lie there were put there on purpose. Deed:
 * backup.restored.
 */
export async function restoreFrom(invocation: Invocation): Promise<void> {
  const { house, positionals, json } = invocation
  const [file] = positionals
  if (!file) throw new WrongUsage('restore needs the backup to read')
  const keys = await keysFor(invocation)
  const request: RestoreRequest = { folder: house.folder, own: house.record().id, values: invocation.values }
  let journal: JournalRead = { lines: [], wholeUntil: undefined }
  let completed: Completed | undefined
  const contents = await restore(house.database.url, resolve(file), {
    ...keys,
    release: house.record().version,
    empty: inUse,
    onProgress: progressOn(),
    accept: async (header, of) => {
      if (of === 'former-release') await refuseServed(house.folder)
      refuseOtherSealingKey(request, header)
      journal = await journalFor(request, header)
    },
    complete: async (client, filled) => {
      const { header, migrationsAdded } = filled
      const told = { rows: rowsIn(filled), release: header.release, migrations: header.migrations.length }
      completed = await completeRestore(request, client, header, {
        ...{ signedBy: keys.signedBy, journal, migrationsAdded, told },
      })
    },
  })
  if (!completed) throw new Error('a restore was committed that was not completed')
  const { header, counts, migrationsAdded } = contents
  await takeUpRestored(house, header, completed)
  const recounted = await recountMigrated(house, migrationsAdded)
  const rows = rowsIn(contents)
  const origin = { release: header.release, migrations: header.migrations.length, migrationsAdded }
  await printAnswer(
    json,
    { rows, tables: counts.length, ...origin, ...recounted, ...factsOf(completed) },
    restoredText(`${rows} rows are back; ${originText(origin, recounted)}`, completed),
  )
}
