// Replaces the sealing key of a test's house as the command does, and is killed by the system in the middle of it.
import * as audit from '../audit/audit.ts'
import { openDatabase } from '../platform/db.ts'
import { replaceSealingKey } from '../platform/sealing/reseal.ts'
import { openSealingKey } from '../platform/sealing/sealing.ts'
import { asSystem, makeOpenWork } from '../platform/work.ts'
import { sealedColumns } from '../sealed-columns.ts'

const [url = '', folder = ''] = process.argv.slice(2)
await openSealingKey(folder)
const database = openDatabase(url, { connections: 2 })
const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => undefined })
let batches = 0
await replaceSealingKey(
  { folder, openWork, by: { ...asSystem('test'), role: 'maintenance' } },
  {
    columns: sealedColumns,
    isMadeKnown: async () => true,
    record: async () => undefined,
    atOnce: 100,
    onBatch(table) {
      if (table === 'verification.piece') batches += 1
      if (batches === 3) process.kill(process.pid, 'SIGKILL')
    },
  },
)
