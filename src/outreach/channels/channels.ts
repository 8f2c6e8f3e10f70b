import { join } from 'node:path'
import type { RecipientKind } from '../recipient.ts'
import type { Channel } from './channel.ts'
import { fileChannel } from './channel-file.ts'
import { smtpChannel } from './channel-smtp.ts'

/** By which channel each kind of address is reached, and on which origin the house's own pages stand. */
export type Channels = Readonly<Record<RecipientKind, Channel>> & { readonly origin: string }

export type ChannelSettings = {
  /** The house's data folder. */
  readonly folder: string
  readonly origin: string
  readonly config: { readonly smtpUrl: string; readonly mailFrom: string }
}

/** Phones have no gateway yet: their texts become files. */
export function openChannels({ folder, origin, config: { smtpUrl, mailFrom } }: ChannelSettings): Channels {
  const file = fileChannel(join(folder, 'outbox'))
  return { origin, email: smtpUrl ? smtpChannel(smtpUrl, mailFrom) : file, phone: file }
}
