import type { KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import * as audit from './audit/audit.ts'
import { isHouseKeyThere, keyFingerprint, openHouseKey, type SignedHeads } from './audit/chain-heads.ts'
import { type Journal, journalFile, openJournal } from './audit/revocation-journal.ts'
import { setFacesCompared, setOutsideEngine } from './biometrics/engines-in-use.ts'
import { areFaceModelsInstalled } from './biometrics/face-engine/load-face-models.ts'
import type { StationKeys } from './enrolment/stations/keys.ts'
import { exchangeKeys } from './exchange/envelope/keys.ts'
import type { OurSide } from './exchange/exchange.ts'
import { readLawRows, readOwnDays, recordLawRows } from './laws.ts'
import type { CalledAddresses } from './parties/parties.ts'
import { now } from './platform/clock.ts'
import {
  followHouseRecord,
  type HouseRecord,
  newHouseRecord,
  openDataFolder,
  readHouseRecord,
  writeHouseRecord,
} from './platform/data-folder/data-folder.ts'
import { dataFolderProblem } from './platform/data-folder/problems.ts'
import { type Day, dayAt, parseDay } from './platform/day.ts'
import { applicationUrl, type Database, openDatabase } from './platform/db.ts'
import { migrateJobs } from './platform/jobs/jobs.ts'
import { setLawOfTexts } from './platform/law-of-texts.ts'
import { databaseTurns, laneTurns, longestWaitSeconds } from './platform/limits/law.ts'
import { timeLimitsOf } from './platform/limits/time-limits.ts'
import { openTurns, type Turns } from './platform/limits/turns.ts'
import { type Log, openLog } from './platform/log.ts'
import { makeMonthsAhead } from './platform/months/months.ts'
import { openLogAway } from './platform/observation/log-away.ts'
import { openTraces, type Traces } from './platform/observation/traces.ts'
import { setRehearsalMark } from './platform/pages/rehearsal-mark.ts'
import { archivingOf, endArchive } from './platform/physical-backups/archiving-settings.ts'
import {
  checkApplicationLogin,
  keptApplicationUrl,
  makePassword,
  whyRefused,
} from './platform/postgres/application-login.ts'
import { assertOwnDatabase, refuseForeignDatabase } from './platform/postgres/belonging.ts'
import { refuseWrongCertificates } from './platform/postgres/client-certificate.ts'
import { clusterIn } from './platform/postgres/cluster.ts'
import { countMissingMigrations, migrate } from './platform/postgres/migrate.ts'
import { openOutageLog } from './platform/postgres/outage-log.ts'
import { refusePlainDatabase } from './platform/postgres/plain-database.ts'
import { lookAtAddressOfWorks, openOwnersAddresses, plansBy } from './platform/postgres/pooler.ts'
import { openPostgres, type Postgres } from './platform/postgres/postgres.ts'
import type { WatchLog } from './platform/postgres/watch-server.ts'
import { fromRoot } from './platform/root.ts'
import { scannerState, setScanner } from './platform/scanning/scanning.ts'
import { isSealingKeyThere, openSealingKey, sealingKeyFile, sealingKeyNames } from './platform/sealing/sealing.ts'
import {
  addressesInList,
  type Config,
  originOf,
  readConfig,
  sandboxHostsOf,
  sourcesOfSettings,
} from './platform/settings/config.ts'
import { openSecrets, type SecretSource, sourcesOfKeys } from './platform/settings/secrets.ts'
import { type Authority, asSystem, makeOpenWork, type OpenWork } from './platform/work.ts'
import { journalled } from './revocations.ts'
import { openProviderHolder, type ProviderHolder } from './signin/provider/provider-holder.ts'
import * as units from './units/units.ts'

/** A house that is open: its folder, its database, and how works are done in it. */
export type House = {
  readonly folder: string
  readonly config: Config
  readonly origin: string
  readonly log: Log
  /** Where requests and jobs are traced to, of a server or a worker. */
  readonly traces: Traces | undefined
  readonly database: Database
  readonly openWork: OpenWork
  /** The turns of requests at the database, by lanes. */
  readonly turns: Turns
  /** What was ended, told outside the database. */
  readonly journal: Journal
  /** The house's day: a demonstration house's business day, elsewhere today. */
  today(): Day
  record(): HouseRecord
  /** From where its secrets come, without a word of them. */
  secretSources(): SecretSource[]
  /** Adds members to house.json. */
  remember(members: Readonly<Record<string, unknown>>): Promise<void>
  /** The key by which the house signs: the heads of its chains, and what it publishes. */
  signingKey(): KeyObject
  /** Whether this key and the sealing key lie where they should, as this process opened them. */
  hasKeys(): boolean
  /** The keys by which stations and the house know each other; made at first use. */
  stationKeys(): Promise<StationKeys>
  /** Our side of the channel to the national centre; its keys are made at first use. */
  exchangeSide(): OurSide
  /** The OpenID provider as it should be now; its keys are made at first use. */
  /** Which addresses of parties the house calls itself. */
  calledAddresses(): CalledAddresses
  signInDesk(): ProviderHolder
  /** Signs the heads of the audit chains and keeps them outside the database; catches the journal and house.json up. */
  keepHeads(): Promise<SignedHeads>
  /** Has something ended before the house closes, once its jobs have: a line to others, not a change of data. */
  atClose(step: () => Promise<void>): void
  close(): Promise<void>
}

export type OpenHouseOptions = {
  readonly folder: string
  readonly purpose: 'server' | 'worker' | 'command'
  readonly said?: Partial<Config>
  readonly environment?: NodeJS.ProcessEnv
  readonly onProgress?: (what: string) => void
  /** Aborted where the opening is not to go on: its PostgreSQL is stopped, and the opening throws. */
  readonly stopped?: AbortSignal
  /**
   * Changes nothing, for a command that only looks: no migration, no table, no file. `join`: nor starts a PostgreSQL.
   */
  readonly onlyLooks?: 'join' | 'start'
}

const release = async () =>
  (JSON.parse(await readFile(fromRoot('package.json'), 'utf8')) as { version: string }).version

/**
 * Opens the house in a data folder: starts or joins its PostgreSQL, brings the database to this release's shape, loads
 * the official tables.
 */
export async function openHouse({
  folder: requestedFolder,
  purpose,
  said = {},
  environment = process.env,
  onProgress,
  stopped,
  onlyLooks,
}: OpenHouseOptions): Promise<House> {
  const folder = await openDataFolder(requestedFolder)
  const config = readConfig(folder, environment, said)
  const away = config.logTo ? openLogAway(config.logTo) : undefined
  const log = openLog(config.logLevel, undefined, away)
  const traces = purpose === 'command' ? undefined : await openHouseTraces(config, log)
  let headsAway = ''
  await mkdir(join(folder, 'keys'), { recursive: true, mode: 0o700 })
  const known = await readHouseRecord(folder)
  // The first opening writes it before anything else: it was there, and a new one would be of another installation.
  if (!known && existsSync(join(clusterIn(folder), 'PG_VERSION')))
    throw dataFolderProblem('house-record-missing', { folder })
  const keysElsewhere = openSecrets(folder, config.credentialsFolder, known?.['keysElsewhere'])
  await openSealingKey(folder, { mayMake: known === undefined })

  // The keys are known by name outside the database from the first opening on: another one's signature is no proof.
  const headsKey = openHouseKey(folder, known?.['headsKey'])
  const opened: HouseRecord = {
    headsKey: keyFingerprint(headsKey),
    readingsKey: audit.readingKeyName(),
    ...(known ?? newHouseRecord(await release())),
    // Backups tell by it which release made them.
    ...(!onlyLooks && { version: await release() }),
    keysElsewhere,
  }
  if (!onlyLooks && !isDeepStrictEqual(opened, known)) await writeHouseRecord(folder, opened)
  const { current: record, change: remember, keep: keepRecord } = followHouseRecord(folder, opened)

  setScanner(config.scanner)
  setFacesCompared(config.biometricEngine === 'own' && areFaceModelsInstalled())
  setOutsideEngine(config.abisUrl !== '')
  refusePlainDatabase(config)
  refuseWrongCertificates(config)
  const postgres: Postgres | undefined = config.databaseUrl
    ? undefined
    : await openPostgres({
        dataDir: folder,
        purpose,
        settings: archivingOf(folder, config, purpose),
        ...(onProgress && { onProgress }),
        ...(stopped && { stopped }),
        ...(onlyLooks && { only: onlyLooks }),
      })
  // What waits for the database fails then, and is undone with its transaction.
  const leave = () => void postgres?.release()
  stopped?.addEventListener('abort', leave)
  try {
    stopped?.throwIfAborted()
    if (!onlyLooks) await readyArchiving()
    return await onDatabase()
  } catch (error) {
    await postgres?.release()
    throw error
  } finally {
    stopped?.removeEventListener('abort', leave)
  }

  /** A folder of backups that is not there keeps nobody from work: `doctor` and the metrics tell of it. */
  async function readyArchiving(): Promise<void> {
    if (config.physicalBackups === '') {
      if (purpose !== 'command' && postgres?.adopted === false) await endArchive(folder)
      return
    }
    try {
      const { readyArchiver } = await import('./platform/physical-backups/archiver.ts')
      const { backupRecipients } = await import('./platform/archive/backup-key.ts')
      await readyArchiver({
        ...{ dataDir: folder, folder: config.physicalBackups, house: record().id, houseKey: headsKey },
        recipients: await backupRecipients(folder, config.backupRecipients),
      })
    } catch (error) {
      log.error({ err: error }, 'the log of the database is not archived')
    }
  }

  async function onDatabase(): Promise<House> {
    onProgress?.('making the tables')
    const { direct, forMaintenance } = postgres
      ? { direct: postgres.url, forMaintenance: { url: postgres.url, plans: 'marked' as const } }
      : await openOwnersAddresses(config)
    const addressOfApp = async () =>
      config.databaseAppUrl ||
      (postgres ? applicationUrl(direct) : await keptApplicationUrl(config.databaseUrl, folder))
    const lacksMigrations = onlyLooks !== undefined && (await countMissingMigrations(direct)) > 0
    if (!onlyLooks)
      await migrate(direct, {
        // The queue's schema first: ours calls into it.
        before: () => migrateJobs(direct),
        appPassword: () => passwordForLogin(folder, config),
        whyAppRefused: async () => whyRefused(await addressOfApp()),
        onWait: () => onProgress?.('waiting for another process, which changes the tables'),
      })
    const appUrl = await addressOfApp()
    await checkApplicationLogin(direct, appUrl)
    const plans = postgres ? 'marked' : plansBy(await lookAtAddressOfWorks(appUrl, 'DATABASE_APP_URL'))
    if (plans === 'none') onProgress?.('the pooler carries no prepared statements over: works are slower (see doctor)')
    // A command that records no deed needs none of the contexts that listen.
    audit.setConsequences(async () => (await import('./consequences.ts')).consequences)
    const database = openDatabase(direct, {
      appUrl,
      connections: databaseTurns.ofRequests + databaseTurns.ofHouse,
      plans,
      forMaintenance,
    })
    const outages = openOutageLog(log)
    const turns = openTurns({ all: databaseTurns.ofRequests, lanes: laneTurns, waitSeconds: longestWaitSeconds })
    let keys: Promise<StationKeys> | undefined
    let desk: ProviderHolder | undefined
    const lawRows = await readLawRows(folder)
    const ownDays = await readOwnDays(folder)
    const ownSeals: audit.OwnSeals = new Map()
    const steps: (() => Promise<void>)[] = []
    const journal = openJournal({
      file: journalFile(folder),
      house: () => record().id,
      key: () => headsKey,
      journalled,
    })
    const openWork = makeOpenWork(database, {
      beforeCommit: work => audit.seal(work, ownSeals),
      onCommitted: work => {
        outages.committed(work)
        return journal.append(work)
      },
      onFailed: outages.failed,
      inTurn: turns.inTurn,
      timeLimits: timeLimitsOf,
      businessDay: () => businessDayOf(record()),
      lawRows,
    })
    units.setOwnDays(ownDays)
    setLawOfTexts({ lawRows, today: () => businessDayOf(record()) ?? dayAt(now()) })
    setRehearsalMark(() => rehearsalDayOf(record()))
    const own = () => ({ installation: record().id, keys: sealingKeyNames(), file: sealingKeyFile(folder) })
    const asMaintenance = { ...asSystem('none'), role: 'maintenance' } as const
    if (!onlyLooks) await bringUpToDate()
    else if (!lacksMigrations) await openWork(asMaintenance, work => refuseForeignDatabase(work, own()))
    const isDemonstration = () => record()['demonstration'] !== undefined
    async function bringUpToDate() {
      await openWork(asMaintenance, work => assertOwnDatabase(work, own()))
      // Where a backup reads, the months that are there do, or the partition of no month.
      await makeMonthsAhead(openWork).catch(error => log.warn({ err: error }, 'months are not made ahead'))
      await journal.catchUp(openWork)
      onProgress?.('reading the official tables')
      await openWork({ ...asSystem('reference'), role: 'maintenance' }, units.loadReference)
      await openWork(asSystem('audit'), audit.sealFormerBatches)
      await openWork(asOperator('reference'), work => recordLawRows(work, record().id, lawRows, ownDays))
    }
    let closed: Promise<void> | undefined
    const close = async () => {
      await Promise.allSettled(steps.map(step => step()))
      // A work that never ends must not keep the house from stopping; its transaction ends with its connection.
      await Promise.race([database.end(), setTimeout(2_000, undefined, { ref: false })])
      await journal.close()
      await postgres?.release()
      await traces?.close()
      await away?.end()
    }
    stopped?.throwIfAborted()
    if (purpose !== 'command') postgres?.watch(watchLog(log))
    const calledAddresses = () => ({ demonstration: isDemonstration(), sandboxHosts: sandboxHostsOf(config) })
    return {
      folder,
      config,
      origin: originOf(config),
      log,
      traces,
      database,
      openWork,
      turns,
      journal,
      today: () => businessDayOf(record()) ?? dayAt(now()),
      record,
      secretSources: () => [...sourcesOfSettings(folder, environment), ...sourcesOfKeys(folder)],
      remember,
      signingKey: () => headsKey,
      hasKeys: () => isHouseKeyThere(folder, headsKey) && isSealingKeyThere(folder),
      stationKeys: () => {
        keys ??= import('./enrolment/stations/keys.ts').then(({ stationKeys }) => stationKeys(folder))
        return keys
      },
      // Read each time: a rotation in another process changes the file.
      exchangeSide: () => ({ party: record().id, keys: exchangeKeys(folder) }),
      calledAddresses,
      signInDesk: () => {
        desk ??= openProviderHolder({
          openWork,
          origin: originOf(config),
          log,
          isDemonstration,
          calledAddresses,
        })
        return desk
      },
      async keepHeads() {
        await keepRecord()
        const by = { folder, house: record().id, key: headsKey, own: ownSeals }
        const heads = await openWork(asSystem('audit'), work => audit.keepHeads(work, by))
        await journal.catchUp(openWork)
        const line = JSON.stringify(heads)
        if (line !== headsAway) away?.heads(line)
        headsAway = line
        return heads
      },
      atClose: step => void steps.push(step),
      close: () => {
        closed ??= close()
        return closed
      },
    }
  }
}

/** Seconds in which a process that is of no more use writes its last line. */
const lastLineSeconds = 1

const watchLog = (log: Log): WatchLog => ({
  ended: () => log.error('the database has ended: it is started again'),
  failed: (reason, seconds) => log.error({ reason, seconds }, 'the database does not start; it is tried again'),
  restarted: seconds => log.warn({ seconds }, 'the database was started again'),
  moved() {
    log.fatal('the database runs at another address, which this process does not know: start it again')
    void setTimeout(lastLineSeconds * 1000).then(() => process.exit(1))
  },
})

/** Where the operator set a collector of traces. */
const openHouseTraces = async ({ tracesTo, tracesPercent, tracesCallers }: Config, log: Log) =>
  tracesTo
    ? openTraces({
        to: tracesTo,
        percent: tracesPercent,
        callers: addressesInList(tracesCallers),
        release: await release(),
        log,
      })
    : undefined

const businessDayOf = (record: HouseRecord) =>
  typeof record['businessDay'] === 'string' ? parseDay(record['businessDay']) : undefined

/** A new login of the application has its address's password, else one of our own; within our own socket none. */
const passwordForLogin = async (folder: string, { databaseUrl, databaseAppUrl }: Config) => {
  if (databaseAppUrl) return decodeURIComponent(new URL(databaseAppUrl).password)
  return databaseUrl ? makePassword(folder) : ''
}

/** The day of a rehearsal, as the record says it; undefined of a real installation and of a demonstration. */
const rehearsalDayOf = (record: HouseRecord): Day | undefined =>
  record['rehearsal'] === true ? businessDayOf(record) : undefined

/** What the pages by which an installation begins need of it. */
export const beginningHouse = (house: House) => ({
  folder: house.folder,
  openWork: house.openWork,
  rehearsal: () => rehearsalOf(house),
  rememberRehearsal: (day: Day) => rememberRehearsal(house, day),
  server: async () => ({
    installation: house.record().id,
    makesBaseBackups: house.config.physicalBackups !== '',
    sendsMail: house.config.smtpUrl !== '',
    sendsMessages: [house.config.smsUrl, house.config.smsForm, house.config.zaloForm].some(Boolean),
    scanner: (await scannerState()).kind,
  }),
})

/** What a process measures of an installation for whoever reads its metrics. */
export const measuredOf = ({ folder, database, turns, openWork, record, config }: House) => ({
  ...{ folder, database, turns, openWork },
  release: record().version,
  installation: () => record().id,
  makesBaseBackups: config.physicalBackups !== '',
})

/** Whether an installation is a rehearsal, and may be one. */
export const rehearsalOf = (house: Pick<House, 'record'>) => ({
  installation: house.record().id,
  isDemonstration: house.record()['demonstration'] !== undefined,
  day: rehearsalDayOf(house.record()),
})

/** Writes into the record that an installation is a rehearsal of a day. */
export const rememberRehearsal = (house: Pick<House, 'remember'>, day: Day): Promise<void> =>
  house.remember({ rehearsal: true, businessDay: day })

/** The operator at the command line: the host's user, the whole house. */
export const asOperator = (purpose: string, role?: 'maintenance'): Authority => ({
  by: { kind: 'operator', id: process.env['SUDO_USER'] ?? process.env['USER'] ?? `uid-${process.getuid?.() ?? 0}` },
  scope: 'house',
  purpose,
  ...(role && { role }),
})
