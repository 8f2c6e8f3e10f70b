import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from 'pg'
import { emptyDatabase, templates } from '../../../test/house.ts'
import { openHouse } from '../../open-house.ts'
import { claimServer } from '../../platform/data-folder/data-folder.ts'
import { checkHeads } from './heads.ts'

test('heads that a running server has not kept for 26 hours are told, and nobody’s where none runs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-heads-'))
  after(() => rm(folder, { recursive: true, force: true }))
  const url = await emptyDatabase(templates.migrated)
  const house = await openHouse({ folder, purpose: 'command', environment: { DATABASE_URL: url } })
  after(() => house.close())
  const claim = await claimServer(folder, { port: 8080, origin: 'http://localhost:8080' })
  await claim.serves()
  assert.deepEqual([(await checkHeads(house)).found, (await checkHeads(house)).ok], ['never kept', true])

  await house.keepHeads()
  assert.equal((await checkHeads(house)).ok, true)
  const owner = new Client({ connectionString: url })
  await owner.connect()
  await owner.query(`update audit.kept_heads set at = now() - interval '27 hours'`)
  await owner.end()
  assert.equal((await checkHeads(house)).ok, false)

  await claim.release()
  assert.equal((await checkHeads(house)).ok, true)
})
