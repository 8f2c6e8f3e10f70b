import { mkdir, readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import * as audit from '../../audit/audit.ts'
import { houseKey, keyFingerprint } from '../../audit/chain-heads.ts'
import { journalFile, openJournal } from '../../audit/revocation-journal.ts'
import { openHouse } from '../../open-house.ts'
import { knownIdentities, readIdentities } from '../../platform/archive/backup-key.ts'
import { openDataFolder, writeHouseRecord } from '../../platform/data-folder/data-folder.ts'
import { applicationUrl } from '../../platform/db.ts'
import { migrateJobs } from '../../platform/jobs/jobs.ts'
import type { BaseHeader, BaseKeys } from '../../platform/physical-backups/base-file.ts'
import { physicalBackupProblem } from '../../platform/physical-backups/problems.ts'
import { recover } from '../../platform/physical-backups/recover.ts'
import { planRecovery } from '../../platform/physical-backups/recovery-plan.ts'
import { connectToCluster } from '../../platform/physical-backups/store.ts'
import { whyRefused } from '../../platform/postgres/application-login.ts'
import { migrate } from '../../platform/postgres/migrate.ts'
import type { Postgres } from '../../platform/postgres/postgres.ts'
import { openSealingKey } from '../../platform/sealing/sealing.ts'
import { readConfig } from '../../platform/settings/config.ts'
import { openSecrets } from '../../platform/settings/secrets.ts'
import { printAnswer, stepsOn, WrongUsage } from '../../platform/terminal.ts'
import { journalled } from '../../revocations.ts'
import { type Invocation, wordOf } from '../invocation.ts'
import { type BackupHeader, besideOf } from './beside.ts'
import {
  bringFilesBack,
  type Completed,
  completeRestore,
  factsOf,
  journalFor,
  originText,
  type RestoreRequest,
  recordAfterRestore,
  recountMigrated,
  refuseOtherSealingKey,
  restoredText,
} from './complete-restore.ts'

/**
 * `restore-physical FOLDER`: an installation as it was at a moment, or with all that was archived, into a new folder.
 * In: a folder of physical backups, the moment, the paper of the safe. All of it comes back, verified, or the new
 * folder is as it was. Deed: backup.restored.
 */

export type PhysicalRestore = Omit<Invocation, 'house'> & { readonly folder: string }

/** What an operator may have put into the new folder before. */
const mayLieThere = ['keys', 'config.json', 'law.csv', 'holidays.csv', 'revocations.jsonl']

/** A moment with its zone, or in the time of the province. Throws WrongUsage. */
export function momentOf(text: string): Date {
  const [, day, time, zone] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? []
  const moment = new Date(`${day}T${time}${zone ?? '+07:00'}`)
  if (day === undefined || Number.isNaN(moment.getTime()))
    throw new WrongUsage('--at needs a moment: "2026-12-01 09:30:00", in the time of the province, or with its zone')
  return moment
}

/** The moment that is asked for; undefined for all that was archived. */
function askedMoment(values: Invocation['values']): Date | undefined {
  const at = wordOf(values['at'])
  if ((at === undefined) !== (values['latest'] === true))
    throw new WrongUsage('restore-physical needs either --at MOMENT or --latest')
  return at === undefined ? undefined : momentOf(at)
}

async function keysOfBackups(dir: string, values: Invocation['values']): Promise<BaseKeys> {
  const identityFile = wordOf(values['identity'])
  return {
    identities: identityFile ? await readIdentities(identityFile) : await knownIdentities(dir),
    signedBy: wordOf(values['signed-by'])?.toLowerCase() ?? keyFingerprint(houseKey(dir)),
  }
}

/** What came back, brought to this release's shape. Gives the names of the migrations that it lacked. */
async function migrateForward({ url }: Postgres): Promise<readonly string[]> {
  const { names } = await migrate(url, {
    before: () => migrateJobs(url),
    whyAppRefused: () => whyRefused(applicationUrl(url)),
  })
  return names
}

const backupHeaderOf = ({ id, startedAt: madeAt, key, beside }: BaseHeader): BackupHeader => ({
  id,
  madeAt,
  key,
  beside,
})

async function completeInTransaction(
  { administratorUrl }: Postgres,
  complete: (client: Awaited<ReturnType<typeof connectToCluster>>) => Promise<Completed>,
): Promise<Completed> {
  const client = await connectToCluster(administratorUrl)
  try {
    await client.query(`begin isolation level repeatable read; set local time zone 'UTC'`)
    const completed = await complete(client)
    await client.query('commit')
    return completed
  } finally {
    await client.end()
  }
}

/**
 * Makes the new folder the installation that came back. Its record is written last: a folder that is killed before has
 * none, and one that has one lacks nothing.
 */
async function becomeInstallation(
  dir: string,
  header: BackupHeader,
  { completed, keysElsewhere }: { readonly completed: Completed; readonly keysElsewhere: readonly string[] },
): Promise<void> {
  const { id, createdAt, version } = besideOf(header).house
  await bringFilesBack(dir, header)
  const journal = openJournal({ file: journalFile(dir), house: () => id, key: () => houseKey(dir), journalled })
  await journal.takeOver(completed.lines)
  const own = { version, keysElsewhere, headsKey: keyFingerprint(houseKey(dir)) }
  const members = recordAfterRestore(own, header, completed)
  await writeHouseRecord(dir, { ...members, id, createdAt, readingsKey: audit.readingKeyName() })
}

async function restoreInto(dir: string, from: string, { values, json }: PhysicalRestore): Promise<void> {
  const at = askedMoment(values)
  const step = stepsOn(process.stderr)
  const config = readConfig(dir, process.env, { logLevel: 'warn' })
  await mkdir(join(dir, 'keys'), { recursive: true, mode: 0o700 })
  const keysElsewhere = openSecrets(dir, config.credentialsFolder, undefined)
  const keys = await keysOfBackups(dir, values)
  const plan = await planRecovery(from, at, keys, wordOf(values['archive']))
  const { header: base } = plan
  const header = backupHeaderOf(base)
  await openSealingKey(dir, { mayMake: values['without-sealing-key'] === true })
  const request: RestoreRequest = { folder: dir, own: undefined, values }
  refuseOtherSealingKey(request, header)
  const journal = await journalFor(request, header)
  const { postgres } = await recover(dir, plan, { keys, purpose: 'restore', onProgress: step })
  let completed: Completed
  let migrationsAdded: readonly string[] = []
  try {
    migrationsAdded = await migrateForward(postgres)
    const told = { moment: at?.toISOString() ?? 'latest', release: base.release, migrations: base.migrations.length }
    completed = await completeInTransaction(postgres, client =>
      completeRestore(request, client, header, { signedBy: keys.signedBy, journal, migrationsAdded, told }),
    )
    await becomeInstallation(dir, header, { completed, keysElsewhere })
  } finally {
    await postgres.release()
  }
  const house = await openHouse({ folder: dir, purpose: 'command', said: { logLevel: 'warn' } })
  let recounted = {}
  try {
    await house.journal.catchUp(house.openWork, { mark: 'always' })
    recounted = await recountMigrated(house, migrationsAdded)
  } finally {
    await house.close()
  }
  const moment = at ? `as it was at ${at.toISOString()}` : `with all that was archived, until ${plan.lastSegment}`
  await printAnswer(
    json,
    {
      base: base.id,
      archive: base.archive,
      release: base.release,
      migrations: base.migrations.length,
      migrationsAdded,
      ...recounted,
      lastSegment: plan.lastSegment,
      moment: at?.toISOString() ?? 'latest',
      ...factsOf(completed),
    },
    restoredText(
      `the installation is back ${moment}; ${originText({ release: base.release, migrationsAdded }, recounted)}`,
      completed,
    ),
  )
}

export async function restorePhysical(given: PhysicalRestore): Promise<void> {
  const [from] = given.positionals
  if (!from) throw new WrongUsage('restore-physical needs the folder of physical backups')
  askedMoment(given.values)
  const dir = await openDataFolder(given.folder)
  const before = await readdir(dir)
  const unexpected = before.filter(name => !mayLieThere.includes(name) && name !== '.lock')
  if (unexpected.length > 0) throw physicalBackupProblem('restore-folder-not-empty', { folder: dir, unexpected })
  try {
    await restoreInto(dir, resolve(from), given)
  } catch (error) {
    // What a refused restore leaves behind would look like an installation.
    for (const name of await readdir(dir))
      if (!before.includes(name)) await rm(join(dir, name), { recursive: true, force: true })
    throw error
  }
}
