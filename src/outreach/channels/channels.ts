import { join } from 'node:path'
import { type Config, configProblem } from '../../platform/settings/config.ts'
import type { Channel } from './channel.ts'
import { fileChannel } from './channel-file.ts'
import { smppChannel } from './channel-smpp.ts'
import { smtpChannel } from './channel-smtp.ts'
import { smppSettingsOf } from './smpp-settings.ts'

/**
 * The ways by which messages go out. In: a letter to one address. Decided: how it is handed over, and what an answer
 * means. Out: taken, certainly not taken, or unknown. Several channels of a kind of address are tried in order. Deeds:
 * none.
 */

/** By which channels each kind of address is reached, in order, and on which origin the house's own pages stand. */
export type Channels = {
  readonly email: readonly Channel[]
  readonly phone: readonly Channel[]
  readonly origin: string
}

export type ChannelSettings = {
  /** The house's data folder. */
  readonly folder: string
  readonly origin: string
  readonly config: Pick<Config, 'smtpUrl' | 'mailFrom'> & Partial<Pick<Config, 'smsUrl' | 'smsPrice'>>
}

/** A gateway of SMPP; undefined where none is set. Settings were judged when they were read. */
function smppOf({ smsUrl = '', smsPrice = 0 }: ChannelSettings['config']): Channel | undefined {
  if (smsUrl === '') return undefined
  const settings = smppSettingsOf(smsUrl)
  if ('wrong' in settings)
    throw configProblem('config-invalid', { wrong: [{ setting: 'smsUrl', should: settings.wrong }] })
  return smppChannel(settings, { price: smsPrice })
}

/** Where nothing is set, letters and texts become files. */
export function openChannels({ folder, origin, config }: ChannelSettings): Channels {
  const file = fileChannel(join(folder, 'outbox'))
  const phone = [smppOf(config)].filter(channel => channel !== undefined)
  return {
    origin,
    email: [config.smtpUrl ? smtpChannel(config.smtpUrl, config.mailFrom) : file],
    phone: phone.length > 0 ? phone : [file],
  }
}
