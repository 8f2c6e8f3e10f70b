import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { chown, lchown, lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Binaries, copyBinaries, programPath } from './binaries.ts'
import { postgresProblem } from './problems.ts'

/**
 * Who PostgreSQL runs as. It refuses to run as root, so for root it is another user.
 *
 * - `self`: the ordinary user who asks
 * - `other`: root steps down to `uid`
 * - `namespace`: in a user namespace (user_namespaces(7)) root appears as another user, without its powers but with its
 *   files;
 *   the way where programs or data lie in root's private home
 */
export type SystemAccount = {
  readonly kind: 'self' | 'other' | 'namespace'
  /** Who owns its files, seen from here. */
  readonly uid: number
  readonly gid: number
}

/** Linux's "nobody": it owns nothing, so a server that runs as it can harm nothing else. */
const nobody = 65534

/** The server's own surroundings: what PGDATA, PGPORT, LANG … say in the operator's shell is not meant for it. */
const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

const disguise = ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`, '--']

/**
 * Starts a program as the account. Arguments go as they are, so that blanks and letters of any kind in a path do no
 * harm.
 */
export function spawnAs(
  account: SystemAccount,
  file: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  // The folder that we stand in may be closed to the account.
  const settings: SpawnOptions = {
    ...options,
    env,
    cwd: '/',
    ...(account.kind === 'other' && { uid: account.uid, gid: account.gid }),
  }
  return account.kind === 'namespace'
    ? spawn('unshare', [...disguise, file, ...args], settings)
    : spawn(file, args, settings)
}

/**
 * The same with the account's files, under a name that this machine knows: containers often run a user who has none.
 */
export function spawnNamed(
  account: SystemAccount,
  file: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  return account.kind === 'namespace'
    ? spawnAs(account, file, args, options)
    : spawnAs(account, 'unshare', [...disguise, file, ...args], options)
}

const exitsWithZero = (child: ChildProcess) =>
  new Promise<boolean>(resolve => {
    child.once('error', () => resolve(false))
    child.once('close', code => resolve(code === 0))
  })

/** Tries it really: can the account write in a folder of its own within the data folder, and run the program? */
async function canRunServer(account: SystemAccount, dataDir: string, binaries: Binaries | undefined): Promise<boolean> {
  const probe = await mkdtemp(join(dataDir, 'pg-probe-'))
  try {
    await chown(probe, account.uid, account.gid)
    const script = 'cd -- "$1" && : > probe && { test -z "$2" || "$2" --version; }'
    const args = ['-c', script, 'sh', probe, binaries ? programPath(binaries, 'postgres') : '']
    return await exitsWithZero(spawnAs(account, '/bin/sh', args, { stdio: 'ignore' }))
  } catch {
    return false
  } finally {
    await rm(probe, { recursive: true, force: true })
  }
}

/** The ways open to root, best first. What an ordinary user made stays that user's. */
async function accountsForRoot(dataDir: string, cluster: string): Promise<SystemAccount[]> {
  const owner = await lstat(cluster).catch(() => lstat(dataDir))
  return owner.uid !== 0 && owner.uid !== nobody
    ? [{ kind: 'other', uid: owner.uid, gid: owner.gid }]
    : [
        { kind: 'other', uid: nobody, gid: nobody },
        { kind: 'namespace', uid: 0, gid: 0 },
      ]
}

/** Finds who runs the cluster, and with which programs: they are copied where the account cannot reach the package. */
export async function findAccount(
  dataDir: string,
  cluster: string,
  binaries: Binaries,
): Promise<{ readonly account: SystemAccount; readonly binaries: Binaries }> {
  const [uid, gid] = [process.getuid?.() ?? -1, process.getgid?.() ?? -1]
  if (uid !== 0) return { account: { kind: 'self', uid, gid }, binaries }

  const ways = await accountsForRoot(dataDir, cluster)
  for (const account of ways) {
    if (await canRunServer(account, dataDir, binaries)) return { account, binaries }
  }
  for (const account of ways) {
    if (await canRunServer(account, dataDir, undefined))
      return { account, binaries: await copyBinaries(binaries, dataDir) }
  }
  throw postgresProblem('postgres-needs-another-user', { folder: dataDir })
}

/**
 * Gives a folder and all in it to the account; only where its owner has changed, as when the house moved to another
 * place.
 */
export async function giveOwnership(account: SystemAccount, folder: string): Promise<void> {
  if (account.kind === 'self' || (await lstat(folder)).uid === account.uid) return
  for (const name of await readdir(folder, { recursive: true }))
    await lchown(join(folder, name), account.uid, account.gid)
  // The folder itself comes last, as the mark that the work was finished.
  await chown(folder, account.uid, account.gid)
}
