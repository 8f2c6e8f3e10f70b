import * as audit from '../../audit/audit.ts'
import { openDatabase } from '../../platform/db.ts'
import { asId } from '../../platform/ids.ts'
import { makeOpenWork } from '../../platform/work.ts'
import { openChannels } from '../channels/channels.ts'
import { deliver } from './sending.ts'

/** Delivers one message, to be killed while it does: `node sender.test-process.ts DATABASE SMTP MESSAGE`. */
const [url = '', smtpUrl = '', id = ''] = process.argv.slice(2)
const openWork = makeOpenWork(openDatabase(url), { beforeCommit: audit.seal, businessDay: () => undefined })
const channels = openChannels({
  folder: '/nowhere',
  origin: 'https://dinhdanh.example',
  config: { smtpUrl, mailFrom: 'dinh-danh@congan.example' },
})
await deliver(openWork, channels, asId<'message'>(id))
