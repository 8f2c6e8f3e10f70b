import { test } from 'node:test'
import { packetStorm } from './packet-storm.ts'

test('six stations lose no packet and send none twice while line, server and database fail', async t => {
  await packetStorm({ packets: 48, stations: 6, kills: 2, say: line => t.diagnostic(line) })
})
