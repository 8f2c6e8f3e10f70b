import { test } from 'node:test'
import { packetStorm } from './packet-storm.ts'

test('packets of six stations go through a line that cuts, delays, doubles, reorders and truncates while house and database are killed: nothing acknowledged is lost, nothing lands twice, every gap is listed', async t => {
  await packetStorm({ packets: 200, stations: 6, kills: 2, say: line => t.diagnostic(line) })
})
