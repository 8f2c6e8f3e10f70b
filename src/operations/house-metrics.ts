import { statfs } from 'node:fs/promises'
import { Gauge, type Registry } from 'prom-client'
import * as audit from '../audit/audit.ts'
import * as enrolment from '../enrolment/enrolment.ts'
import * as exchange from '../exchange/exchange.ts'
import * as followUps from '../follow-ups/follow-ups.ts'
import * as outreach from '../outreach/outreach.ts'
import { stopwatch } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { endOf } from '../platform/http/tls.ts'
import { findDoubtedTime } from '../platform/jobs/believed-time.ts'
import { countJobs } from '../platform/jobs/jobs.ts'
import { asTheHouse } from '../platform/limits/caller.ts'
import { laneIds } from '../platform/limits/limits.ts'
import type { Turns } from '../platform/limits/turns.ts'
import { monthStates } from '../platform/months/months.ts'
import { type LogState, readLogState } from '../platform/physical-backups/log-state.ts'
import { asSystem, type OpenWork, type Work } from '../platform/work.ts'
import { findGrowth } from './growth.ts'
import { countedAgainAfter, databasePatience, jobsPatience, measuredStations, stationUnseenHours } from './law.ts'

/** What is measured of an installation. */
export type MeasuredHouse = {
  readonly folder: string
  readonly release: string
  readonly database: Database
  readonly turns: Turns
  readonly openWork: OpenWork
  /** Its own id, on which backups are recorded. */
  readonly installation: () => string
  /** Whether base backups are set: where they are not any more, nothing is told of those that were made. */
  readonly makesBaseBackups: boolean
  /** Its own certificate, where it serves https itself. */
  readonly certificate?: () => string
}

/** Numbers of the database, all counted in one work: of kinds, tasks and times, never of a person. */
async function countHouse(work: Work, installation: string) {
  const messages = await outreach.countWaiting(work)
  const questions = await exchange.oldestOpenQuestion(work)
  const stations = await enrolment.countStations(work, stationUnseenHours)
  const seenStations = await enrolment.lastSeenStations(work, measuredStations)
  const followUpsOpen = await followUps.countOpenByKind(work)
  const headsAt = await audit.keptHeadsAt(work)
  const backup = await audit.lastDeedOfName(work, installation, 'backup.made')
  const base = await audit.lastDeedOfName(work, installation, 'base-backup.made')
  const drill = await audit.lastDeedOfName(work, installation, 'backup.drilled')
  const verification = await audit.lastDeedOfName(work, 'audit', 'seals.verified')
  const growth = await findGrowth(work)
  const months = await monthStates(work)
  const upkeep = { headsAt, backup, base, drill, verification, doubted: await findDoubtedTime(work) }
  return { messages, questions, stations, seenStations, followUpsOpen, ...upkeep, growth, months }
}

type Counted = {
  readonly house: Awaited<ReturnType<typeof countHouse>>
  /** Undefined where the queue could not be counted, as while its table is locked. */
  readonly jobs: Awaited<ReturnType<typeof countJobs>> | undefined
}

const inSeconds = (at: Date) => at.getTime() / 1000

const late = (milliseconds: number) =>
  new Promise<undefined>(resolve => setTimeout(() => resolve(undefined), milliseconds).unref())

/**
 * Measures an installation for whoever reads its metrics. The database is asked when somebody does, by one work and one
 * statement of the job queue, and once in ten seconds at most; where it does not answer, `dinhdanh_database_up` is 0
 * and what only it knows is absent.
 */
export function measureHouse(registry: Registry, house: MeasuredHouse): void {
  const counts = keptForAWhile(() => asTheHouse(() => countIn(house)))
  const gauge = <Label extends string = never>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    take: (gauge: Gauge<Label>) => Promise<void> | void,
  ) =>
    new Gauge<Label>({
      ...{ name, help, labelNames: [...labelNames], registers: [registry] },
      async collect() {
        this.reset()
        // Without labels it would be 0 where nothing is known.
        if (labelNames.length === 0) this.remove()
        await take(this)
      },
    })
  /** A gauge of what only the database knows. */
  const counted = <Label extends string = never>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    take: (gauge: Gauge<Label>, counted: Counted) => void,
  ) =>
    gauge(name, help, labelNames, async into => {
      const found = await counts()
      if (found) take(into, found)
    })

  measureProcess(gauge, house)
  gauge('dinhdanh_database_up', 'Whether the database answered within three seconds.', [], async into =>
    into.set((await counts()) ? 1 : 0),
  )
  measureDatabase(counted, house)
}

type AddGauge = <Label extends string = never>(
  name: string,
  help: string,
  labelNames: readonly Label[],
  take: (gauge: Gauge<Label>) => Promise<void> | void,
) => unknown

/** What this process knows by itself. */
function measureProcess(gauge: AddGauge, { folder, release, database, turns, certificate }: MeasuredHouse): void {
  gauge('dinhdanh_build_info', 'The release that runs.', ['release'], into => into.set({ release }, 1))
  gauge(
    'dinhdanh_database_connections',
    'Connections to the database, and how many wait for one.',
    ['login', 'state'],
    into => {
      for (const [login, { inUse, idle, waiting }] of Object.entries(database.connections()))
        for (const [state, n] of Object.entries({ in_use: inUse, idle, waiting })) into.set({ login, state }, n)
    },
  )
  gauge(
    'dinhdanh_turns',
    'Requests that have a turn at the database, or wait for one, by lane.',
    ['lane', 'state'],
    into => {
      for (const lane of laneIds)
        for (const [state, n] of Object.entries(turns.countOf(lane))) into.set({ lane, state }, n)
    },
  )
  gauge('dinhdanh_data_folder_free_bytes', 'Free bytes of the disk of the data folder.', [], async into => {
    const { bavail, bsize } = await statfs(folder)
    into.set(bavail * bsize)
  })
  gauge('dinhdanh_data_folder_size_bytes', 'All bytes of the disk of the data folder.', [], async into => {
    const { blocks, bsize } = await statfs(folder)
    into.set(blocks * bsize)
  })
  measureLog(gauge, folder)
  if (certificate)
    gauge(
      'dinhdanh_certificate_end_timestamp_seconds',
      'When the certificate ends by which the installation serves https itself.',
      [],
      into => into.set(inSeconds(endOf(certificate()))),
    )
}

/** The log of the embedded database: what of it is not archived stays, and fills the disk. */
function measureLog(gauge: AddGauge, folder: string): void {
  const ofLog = (name: string, help: string, value: (state: LogState) => number) =>
    gauge(name, help, [], async into => {
      const state = await readLogState(folder)
      if (state) into.set(value(state))
    })
  ofLog('dinhdanh_wal_bytes', 'Bytes of the log of the embedded database.', ({ bytes }) => bytes)
  ofLog('dinhdanh_wal_waiting_segments', 'Segments of it that are full and not archived.', ({ waiting }) => waiting)
  ofLog(
    'dinhdanh_wal_oldest_waiting_seconds',
    'For how long the oldest of them has waited; 0 where none does.',
    ({ oldestWaitingSeconds }) => oldestWaitingSeconds,
  )
}

type AddCounted = <Label extends string = never>(
  name: string,
  help: string,
  labelNames: readonly Label[],
  take: (gauge: Gauge<Label>, counted: Counted) => void,
) => unknown

/** What only the database knows. */
function measureDatabase(counted: AddCounted, { makesBaseBackups }: MeasuredHouse): void {
  counted('dinhdanh_jobs_counted', 'Whether the queue of jobs could be counted.', [], (into, { jobs }) =>
    into.set(jobs ? 1 : 0),
  )
  counted('dinhdanh_jobs_waiting', 'Jobs that are due and have not been done, by task.', ['task'], (into, { jobs }) => {
    for (const { task, waiting } of jobs ?? []) into.set({ task }, waiting)
  })
  counted('dinhdanh_jobs_failed', 'Jobs that gave up, by task.', ['task'], (into, { jobs }) => {
    for (const { task, failed } of jobs ?? []) into.set({ task }, failed)
  })
  counted(
    'dinhdanh_jobs_oldest_waiting_seconds',
    'For how long the oldest job of a task has been due.',
    ['task'],
    (into, { jobs }) => {
      for (const { task, oldestSeconds } of jobs ?? []) into.set({ task }, oldestSeconds)
    },
  )
  counted('dinhdanh_messages_waiting', 'Messages to people that wait to be sent.', [], (into, { house }) =>
    into.set(house.messages.waiting),
  )
  counted(
    'dinhdanh_messages_oldest_overdue_seconds',
    'For how long the oldest message has been due; 0 where none is.',
    [],
    (into, { house }) => into.set(house.messages.overdueSeconds),
  )
  counted(
    'dinhdanh_centre_questions_open',
    'Questions that the national centre has not answered.',
    [],
    (into, { house }) => into.set(house.questions.count),
  )
  counted('dinhdanh_centre_questions_overdue', 'Those of them that are past their day.', [], (into, { house }) =>
    into.set(house.questions.overdue),
  )
  counted('dinhdanh_stations', 'Stations that may capture.', [], (into, { house }) => into.set(house.stations.active))
  counted(
    'dinhdanh_stations_unseen',
    'Those of them that have reported nothing for more than a day.',
    [],
    (into, { house }) => into.set(house.stations.unseen),
  )
  counted(
    'dinhdanh_station_seen_timestamp_seconds',
    'When a station that may capture reported last, or was registered; of those silent for longest.',
    ['station'],
    (into, { house }) => {
      for (const { id, seenAt } of house.seenStations) into.set({ station: id }, inSeconds(seenAt))
    },
  )
  counted('dinhdanh_follow_ups_open', 'Open follow-ups, by kind.', ['kind'], (into, { house }) => {
    for (const { kind, open } of house.followUpsOpen) into.set({ kind }, open)
  })
  counted(
    'dinhdanh_follow_ups_overdue',
    'Those of them that are past their day, by kind.',
    ['kind'],
    (into, { house }) => {
      for (const { kind, overdue } of house.followUpsOpen) into.set({ kind }, overdue)
    },
  )
  measureUpkeep(counted)
  if (makesBaseBackups) measureBaseBackups(counted)
  measureGrowth(counted)
  measureMonths(counted)
}

/** What an operator sees to: heads of the chains, their verification, backups. What never was has no value. */
function measureUpkeep(counted: AddCounted): void {
  const moment = (name: string, help: string, at: (house: Counted['house']) => Date | undefined) =>
    counted(name, help, [], (into, { house }) => {
      const found = at(house)
      if (found) into.set(inSeconds(found))
    })
  moment(
    'dinhdanh_audit_heads_timestamp_seconds',
    'When the signed heads of the chains were kept last.',
    house => house.headsAt,
  )
  moment('dinhdanh_backup_timestamp_seconds', 'When the last backup was made.', house => house.backup?.at)
  counted('dinhdanh_time_in_doubt', 'Whether jobs that act by the date wait.', [], (into, { house }) => {
    into.set(house.doubted ? 1 : 0)
  })
  moment(
    'dinhdanh_audit_verified_timestamp_seconds',
    'When the seals were verified last.',
    house => house.verification?.at,
  )
  counted('dinhdanh_audit_findings', 'What the last verification of the seals found wrong.', [], (into, { house }) => {
    const { findings } = (house.verification?.facts ?? {}) as { findings?: unknown }
    if (typeof findings === 'number') into.set(findings)
  })
}

/** Base backups and drills of an installation that is to make them: one that was never made is as old as can be. */
function measureBaseBackups(counted: AddCounted): void {
  const lastOf = (name: string, help: string, deed: 'base' | 'drill') =>
    counted(name, help, [], (into, { house }) => {
      const made = house[deed]
      into.set(made ? inSeconds(made.at) : 0)
    })
  lastOf('dinhdanh_base_backup_timestamp_seconds', 'When the last base backup was made; 0 where none was.', 'base')
  lastOf('dinhdanh_drill_timestamp_seconds', 'When a restore was drilled last; 0 where none was.', 'drill')
  counted('dinhdanh_drill_ok', 'Whether that restored everything, and it verified.', [], (into, { house }) => {
    const { outcome } = (house.drill?.facts ?? {}) as { outcome?: unknown }
    if (outcome !== undefined) into.set(outcome === 'ok' ? 1 : 0)
  })
}

/** How large it was at night, and how fast it grows. */
function measureGrowth(counted: AddCounted): void {
  counted('dinhdanh_database_bytes', 'Bytes of the database, as measured at night.', [], (into, { house }) => {
    if (house.growth) into.set(house.growth.databaseBytes)
  })
  counted(
    'dinhdanh_table_bytes',
    'Bytes of the largest tables, as measured at night.',
    ['table'],
    (into, { house }) => {
      for (const { name, bytes } of house.growth?.tables ?? []) into.set({ table: name }, bytes)
    },
  )
  counted('dinhdanh_table_rows', 'About how many rows they have.', ['table'], (into, { house }) => {
    for (const { name, rows } of house.growth?.tables ?? []) into.set({ table: name }, rows)
  })
  counted(
    'dinhdanh_disk_full_days',
    'Days until the disk of the data folder is full, as it fills now; absent where it does not.',
    [],
    (into, { house }) => {
      const days = house.growth?.daysLeft
      if (typeof days === 'number') into.set(days)
    },
  )
}

/** Tables that are divided by month. */
function measureMonths(counted: AddCounted): void {
  counted(
    'dinhdanh_months_made_until_timestamp_seconds',
    'Until when a table that is divided by month has partitions.',
    ['table'],
    (into, { house }) => {
      for (const { table, madeUntil } of house.months) if (madeUntil) into.set({ table }, inSeconds(madeUntil))
    },
  )
  counted(
    'dinhdanh_rows_without_month',
    'Rows of it that lie in the partition of no month, up to ten thousand.',
    ['table'],
    (into, { house }) => {
      for (const { table, waiting } of house.months) into.set({ table }, waiting)
    },
  )
}

/** Counts in the database; undefined where it does not answer in time. */
async function countIn({ openWork, database, installation }: MeasuredHouse): Promise<Counted | undefined> {
  const authority = { ...asSystem('metrics'), seconds: databasePatience / 1000 }
  const counting = Promise.all([
    openWork(authority, work => countHouse(work, installation())),
    countJobs(database.maintenance, jobsPatience).catch(() => undefined),
  ]).then(
    ([house, jobs]) => ({ house, jobs }),
    () => undefined,
  )
  return Promise.race([counting, late(databasePatience)])
}

/** What is found is given again for some seconds; who asks while it is being found waits for the same. */
function keptForAWhile<T>(find: () => Promise<T>): () => Promise<T> {
  let kept: { readonly found: Promise<T>; age(): number } | undefined
  return () => {
    if (!kept || kept.age() > countedAgainAfter) kept = { found: find(), age: stopwatch() }
    return kept.found
  }
}
