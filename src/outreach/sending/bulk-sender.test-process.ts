import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import { openDatabase } from '../../platform/db.ts'
import { openLog } from '../../platform/log.ts'
import { makeOpenWork } from '../../platform/work.ts'
import { smppChannel } from '../channels/channel-smpp.ts'
import type { Channels } from '../channels/channels.ts'
import { smppSettingsOf } from '../channels/smpp-settings.ts'
import { listenToGateways } from './listen.ts'
import { sendDue } from './sending.ts'

/**
 * Sends whatever is due by a gateway, and hears what it says, until it is killed or its standard input ends; tells how
 * many tries ended and what processor time it took: `node bulk-sender.test-process.ts DATABASE GATEWAY`.
 */
const [url = '', gateway = ''] = process.argv.slice(2)
const settings = smppSettingsOf(gateway)
if ('wrong' in settings) throw new RangeError(settings.wrong)
audit.setConsequences(consequences)
const openWork = makeOpenWork(openDatabase(url, { connections: 4 }), {
  beforeCommit: audit.seal,
  businessDay: () => undefined,
})
// Without quiet hours, so that a test may run at night.
const { rings: _rings, ...channel } = smppChannel(settings, { price: 0, times: { answer: 3000 } })
const channels: Channels = { origin: 'https://dinhdanh.example', email: [channel], phone: [channel] }
listenToGateways(openWork, channels)(openLog('silent'))

let goesOn = true
process.stdin.on('end', () => (goesOn = false)).resume()
while (goesOn) {
  const { tries } = await sendDue(openWork, channels, { longest: 5000 })
  if (tries > 0) {
    const { user, system } = process.cpuUsage()
    console.log(JSON.stringify({ tries, cpuSeconds: (user + system) / 1e6 }))
  } else await new Promise(done => setTimeout(done, 200))
}
process.exit(0)
