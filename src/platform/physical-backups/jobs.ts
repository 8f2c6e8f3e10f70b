import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { now } from '../clock.ts'
import { dayAt, dayBefore } from '../day.ts'
import type { Crontab, Job } from '../jobs/jobs.ts'
import type { Log } from '../log.ts'
import { fromRoot } from '../root.ts'
import type { Config } from '../settings/config.ts'
import { isUnderWay } from './alone.ts'
import { findArchiver } from './archiver.ts'
import { type BaseFile, isDatedAhead, listBases } from './backup-folder.ts'

/**
 * The base backup of each day, and the drill behind it: commands in processes of their own, since to encrypt a database
 * keeps a processor busy and the server has others to answer. One that was missed is made up for within ten minutes,
 * and a drill that failed is tried again each hour.
 */

const commandLine = fileURLToPath(fromRoot('src/cli/cli.ts'))

/** Characters of what a command printed that go into the log. */
const mostLogged = 2000

/** Runs a command on this data folder, and ends it where the process is to stop. Gives whether it did well. */
function runCommand(words: readonly string[], folder: string, { log, stopping }: { log: Log; stopping?: AbortSignal }) {
  const args = ['--disable-warning=ExperimentalWarning', commandLine, ...words, '--json', '--data', folder]
  return new Promise<boolean>(resolve => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const end = () => child.kill('SIGTERM')
    stopping?.addEventListener('abort', end, { once: true })
    process.once('exit', end)
    let printed = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', text => (printed = (printed + text).slice(-mostLogged)))
    child.once('error', error => {
      printed = error.message
    })
    child.once('close', code => {
      stopping?.removeEventListener('abort', end)
      process.off('exit', end)
      const isDone = code === 0
      if (isDone) log.info({ command: words.join(' '), printed }, 'a command of the night is done')
      else if (!stopping?.aborted)
        log.error({ command: words.join(' '), code, printed }, 'a command of the night failed')
      resolve(isDone)
    })
  })
}

/** The last moment before now at which the clock of the province showed this time. */
export function lastTimeOfDay(at: Date, time: string): Date {
  const today = dayAt(at)
  const onDay = (day: string) => new Date(`${day}T${time}:00+07:00`)
  return onDay(today) <= at ? onDay(today) : onDay(dayBefore(today))
}

/** After so long a drill that failed is tried again: its cause may be gone, and it keeps a disk busy. */
const drillAgainMinutes = 60

export type LastDrill = { readonly at: Date; readonly outcome: string }

type NightState = {
  readonly at: Date
  /** The time of day at which a base backup is due. */
  readonly time: string
  /** When the last base backup of the archive that is written was finished; one that is dated ahead counts for none. */
  readonly baseAt: Date | undefined
  readonly drill: LastDrill | undefined
}

/**
 * What is to be done now: a base backup, which a drill follows, or that drill alone, where none followed or it failed.
 * One that found differences would find them again: it waits for a hand.
 */
export function whatIsDue({ at, time, baseAt, drill }: NightState): 'base' | 'drill' | undefined {
  if (!baseAt || baseAt < lastTimeOfDay(at, time)) return 'base'
  if (!drill || drill.at < baseAt) return 'drill'
  const waited = (at.getTime() - drill.at.getTime()) / 60_000
  return drill.outcome === 'failed' && waited >= drillAgainMinutes ? 'drill' : undefined
}

const job = 'physical-backup'

/** The installation whose backups they are. */
type PhysicalBackupsOf = {
  readonly folder: string
  readonly config: Pick<Config, 'physicalBackups' | 'physicalBackupAt'>
  lastDrill(): Promise<LastDrill | undefined>
}

/** When the last of the bases of an archive was finished, of those that are given the oldest first. */
export const lastFinished = (bases: readonly BaseFile[], archive: string | undefined, at: Date): Date | undefined =>
  bases.findLast(base => base.archive === archive && !isDatedAhead(base, at))?.finishedAt

async function stateOf({ folder, config, lastDrill }: PhysicalBackupsOf): Promise<NightState> {
  const [at, archive] = [now(), (await findArchiver(folder))?.archive]
  const bases = await listBases(config.physicalBackups)
  const [baseAt, drill] = [lastFinished(bases, archive, at), await lastDrill()]
  return { at, time: config.physicalBackupAt, baseAt, drill }
}

/** Does what is due now. */
async function doWhatIsDue(of: PhysicalBackupsOf, progress: Parameters<Job>[1]): Promise<void> {
  const due = whatIsDue(await stateOf(of))
  if (due === 'base' && !(await runCommand(['backup', 'base'], of.folder, progress))) return
  if (due) await runCommand(['backup', 'drill'], of.folder, progress)
}

/**
 * The job begins it and ends: the hours that a large database takes would keep one of the few places of jobs, and codes
 * that people wait for.
 */
export function physicalBackupJobs(of: PhysicalBackupsOf): Record<string, Job> {
  let underWay: Promise<void> | undefined
  return {
    [job]: async (_payload, progress) => {
      if (of.config.physicalBackups === '' || underWay || (await isUnderWay(of.folder))) return
      underWay = doWhatIsDue(of, progress)
        .catch(error => progress.log.error({ err: error }, 'what is due of physical backups was not done'))
        .finally(() => {
          underWay = undefined
        })
    },
  }
}

export const physicalBackupTimes: Crontab = { [job]: '*/10 * * * *' }
