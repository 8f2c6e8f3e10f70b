import { readFileSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** What all the databases of a run take at once, with room to spare, in bytes. */
const roomNeeded = 6 * 2 ** 30

/**
 * Where the databases of tests lie: in memory, where the machine has room for them, since half of what a disk costs is
 * the making and removing of files; else, or with TEST_IN_MEMORY=off, in the temporary folder. Programs are copied
 * beside a database in some installations, so they have to run from there.
 */
export function quickFolder(): string {
  if (process.env['TEST_IN_MEMORY'] === 'off') return tmpdir()
  try {
    const mounted = readFileSync('/proc/mounts', 'utf8').split('\n')
    const [, , kind, options = ''] = mounted.findLast(line => line.split(' ')[1] === '/dev/shm')?.split(' ') ?? []
    const { bavail, bsize } = statfsSync('/dev/shm')
    const runsPrograms = !options.split(',').some(option => option === 'noexec' || option === 'ro')
    return kind === 'tmpfs' && runsPrograms && bavail * bsize >= roomNeeded ? '/dev/shm' : tmpdir()
  } catch {
    return tmpdir()
  }
}
