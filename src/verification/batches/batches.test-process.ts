// Runs a batch as the house's jobs do, until it is done or this process is killed. Arguments: database URL, sealing key
// (hex), batch.
import * as audit from '../../audit/audit.ts'
import { openDatabase } from '../../platform/db.ts'
import { setSealingKey } from '../../platform/sealing/sealing.ts'
import { makeOpenWork } from '../../platform/work.ts'
import { runBatch } from './run.ts'

const [url = '', key = '', id = ''] = process.argv.slice(2)
setSealingKey(Buffer.from(key, 'hex'))
const database = openDatabase(url, { connections: 2 })
const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => undefined })
process.stdout.write('begun\n')
// A run lasts a slice; the queue would have it called again.
for (let slice = 0; slice < 100; slice += 1) await runBatch(openWork, id)
await database.end()
