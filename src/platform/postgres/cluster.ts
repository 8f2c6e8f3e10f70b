import { randomUUID } from 'node:crypto'
import { chown, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { dataFolderProblem, withDetail } from '../data-folder/problems.ts'
import { type Binaries, programPath } from './binaries.ts'
import { postgresProblem } from './problems.ts'
import { giveOwnership, type SystemAccount, spawnAs, spawnNamed } from './system-account.ts'

/**
 * The superuser of the cluster, by whom the database and its roles are made, and nothing else: it has its name from
 * former releases, whose tables it owned. A cluster of its own needs no password, since only its private socket leads
 * to it.
 */
export const administrator = 'dinhdanh_owner'

/** The login that owns the installation's database, and is no superuser. */
export const houseOwner = 'dinhdanh_house'

export const clusterIn = (dataDir: string) => join(dataDir, 'pg')

/** Puts what was written in a folder's list on disk, so that a rename outlives a power cut. */
async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir)
  await folder.sync().finally(() => folder.close())
}

/** How a cluster is made: what a power cut may take of it, and whether it is still wanted. */
type Making = { readonly safety: 'durable' | 'fast'; readonly stopped?: AbortSignal | undefined }

/** Runs initdb to its end; gives what it said when it failed. */
function initdb(
  spawned: typeof spawnAs,
  binaries: Binaries,
  account: SystemAccount,
  folder: string,
  { safety, stopped }: Making,
) {
  const args = [
    ...[
      '-D',
      folder,
      '--username',
      administrator,
      '--auth-local',
      'trust',
      '--auth-host',
      'reject',
      '--no-instructions',
    ],
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ...(safety === 'fast' ? ['--no-sync'] : []),
  ]
  return new Promise<string | undefined>(resolve => {
    const child = spawned(account, programPath(binaries, 'initdb'), args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(stopped && { signal: stopped }),
    })
    // Whoever ends meanwhile leaves no program behind that goes on by itself.
    const end = () => child.kill()
    process.once('exit', end)
    child.once('close', () => process.off('exit', end))
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', text => (said = (said + text).slice(-4000)))
    let notRun: string | undefined
    child.once('error', error => {
      notRun = error.message
    })
    // One that was stopped still writes until it, and what it started, has closed its lines.
    child.once('close', code => {
      resolve(notRun ?? (code === 0 ? undefined : said.trim() || `initdb ended with ${code}`))
    })
  })
}

const nameless = 'could not look up effective user ID'

/** Makes the cluster beside its place and moves it there when it is whole, so that a kill never leaves half of one. */
async function makeCluster(dataDir: string, binaries: Binaries, account: SystemAccount, making: Making): Promise<void> {
  const draft = join(dataDir, `pg-draft-${randomUUID().slice(0, 8)}`)
  await mkdir(draft, { mode: 0o700 })
  try {
    if (account.kind !== 'self') await chown(draft, account.uid, account.gid)
    let failure = await initdb(spawnAs, binaries, account, draft, making)
    if (failure?.includes(nameless)) {
      const disguised = await initdb(spawnNamed, binaries, account, draft, making)
      // Where the disguise is not to be had either, the first reason is the one to tell.
      failure = disguised?.includes('unshare') ? failure : disguised
    }
    making.stopped?.throwIfAborted()
    if (failure !== undefined) {
      if (failure.includes(nameless)) throw postgresProblem('postgres-user-nameless', { uid: account.uid })
      if (/No space left|quota exceeded/i.test(failure))
        throw withDetail(dataFolderProblem('disk-full', { folder: dataDir }), dataDir)
      throw withDetail(
        postgresProblem('postgres-not-made', { folder: dataDir }),
        failure.split('\n').slice(-4).join('\n'),
      )
    }
    await rename(draft, clusterIn(dataDir))
    await syncFolder(dataDir)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Sees to it that there is a cluster of our release, and that the account owns it. */
export async function readyCluster(
  dataDir: string,
  binaries: Binaries,
  account: SystemAccount,
  { onProgress, ...making }: Making & { onProgress(what: string): void },
): Promise<void> {
  const cluster = clusterIn(dataDir)
  for (const name of await readdir(dataDir)) {
    if (/^pg-(draft|probe)-/.test(name)) await rm(join(dataDir, name), { recursive: true, force: true })
  }

  const files = await readdir(cluster).catch(error => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (files.length === 0) {
    onProgress('making the database')
    await makeCluster(dataDir, binaries, account, making)
    return
  }
  const major = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (!major)
    throw withDetail(postgresProblem('postgres-not-started', { folder: dataDir }), `${cluster}/PG_VERSION is missing`)
  if (major !== binaries.major) {
    const facts = { folder: dataDir, made: major, here: binaries.major }
    throw withDetail(postgresProblem('postgres-other-release', facts), `${major}, not ${binaries.major}`)
  }
  await giveOwnership(account, cluster)
}
