import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { binariesWithLinks, findBinaries } from './binaries.ts'
import { clusterIn, readyCluster } from './cluster.ts'
import { findAccount } from './system-account.ts'

const base = await mkdtemp(join(tmpdir(), 'postgres-cluster-test-'))
await chmod(base, 0o755)
after(() => rm(base, { recursive: true, force: true }))

test('a making that is stopped at any moment has ended when it throws, and leaves no draft', async () => {
  const dataDir = join(base, 'data')
  await mkdir(dataDir)
  const shipped = await binariesWithLinks(await findBinaries(), dataDir)
  const { account, binaries } = await findAccount(dataDir, clusterIn(dataDir), shipped)
  const before = await readdir(dataDir)
  for (const moment of [0, 25, 50, 75, 100, 150, 200]) {
    const stopped = AbortSignal.timeout(moment)
    const making = readyCluster(dataDir, binaries, account, { safety: 'fast', stopped, onProgress: () => undefined })
    const isStopped = await making.then(
      () => false,
      () => true,
    )
    if (!isStopped) await rm(clusterIn(dataDir), { recursive: true })
    // Whoever still wrote would make it again.
    await setTimeout(30)
    assert.deepEqual(await readdir(dataDir), before, `stopped after ${moment} ms`)
  }
})
