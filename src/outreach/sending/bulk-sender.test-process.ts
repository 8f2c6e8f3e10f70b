import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import { openDatabase } from '../../platform/db.ts'
import { openLog } from '../../platform/log.ts'
import { setSealingKey } from '../../platform/sealing/sealing.ts'
import { makeOpenWork } from '../../platform/work.ts'
import { type HttpSecrets, httpChannel } from '../channels/channel-http.ts'
import { smppChannel } from '../channels/channel-smpp.ts'
import type { Channels } from '../channels/channels.ts'
import { httpFormOf } from '../channels/http-form.ts'
import { smppSettingsOf } from '../channels/smpp-settings.ts'
import { listenToGateways } from './listen.ts'
import { sendDue } from './sending.ts'

/**
 * Once it is told to on its standard input, sends whatever is due by a gateway, and hears what it says, until it is
 * killed or that input ends; tells what processor time it took: `node bulk-sender.test-process.ts DATABASE GATEWAY
 * [SECRETS]`, where the gateway is an smpp:// address, or a form with its secrets.
 */
const [url = '', gateway = '', secrets = '{}'] = process.argv.slice(2)

/** Milliseconds until an answer is given up; the gateways of trials are silent about some for ever. */
const answerWithin = 3000

function channelOf(said: string) {
  if (said.startsWith('{')) {
    const form = httpFormOf(said)
    if ('wrong' in form) throw new RangeError(form.wrong)
    return httpChannel(form, JSON.parse(secrets) as HttpSecrets, { price: 0, answerMilliseconds: answerWithin })
  }
  const settings = smppSettingsOf(said)
  if ('wrong' in settings) throw new RangeError(settings.wrong)
  return smppChannel(settings, { price: 0, times: { answer: answerWithin } })
}

setSealingKey(randomBytes(32))
audit.setConsequences(consequences)
const openWork = makeOpenWork(openDatabase(url, { connections: 4 }), {
  beforeCommit: audit.seal,
  businessDay: () => undefined,
})
// Without quiet hours, so that a test may run at night.
const { rings: _rings, ...channel } = channelOf(gateway)
const channels: Channels = { origin: 'https://dinhdanh.example', email: [channel], phone: [channel] }
await once(process.stdin, 'data')
listenToGateways(openWork, channels)(openLog('silent'))

const tellCpu = () => {
  const { user, system } = process.cpuUsage()
  console.log(JSON.stringify({ cpuSeconds: (user + system) / 1e6 }))
}
const stopping = new AbortController()
process.stdin.on('end', () => stopping.abort()).resume()
setInterval(tellCpu, 250).unref()
while (!stopping.signal.aborted) {
  const { tries } = await sendDue(openWork, channels, { stopping: stopping.signal })
  if (tries === 0) await new Promise(done => setTimeout(done, 200))
}
tellCpu()
process.exit(0)
