import { join } from 'node:path'
import type { Channel } from './channel.ts'
import { fileChannel } from './channel-file.ts'
import { smtpChannel } from './channel-smtp.ts'

/**
 * By which channels each kind of address is reached, in the order in which they are tried, and on which origin the
 * house's own pages stand.
 */
export type Channels = {
  readonly email: readonly Channel[]
  readonly phone: readonly Channel[]
  readonly origin: string
}

export type ChannelSettings = {
  /** The house's data folder. */
  readonly folder: string
  readonly origin: string
  readonly config: { readonly smtpUrl: string; readonly mailFrom: string }
}

/** Where nothing is set, letters and texts become files. */
export function openChannels({ folder, origin, config: { smtpUrl, mailFrom } }: ChannelSettings): Channels {
  const file = fileChannel(join(folder, 'outbox'))
  return { origin, email: [smtpUrl ? smtpChannel(smtpUrl, mailFrom) : file], phone: [file] }
}
