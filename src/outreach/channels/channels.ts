import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Config, configProblem } from '../../platform/settings/config.ts'
import { asSystem, type OpenWork } from '../../platform/work.ts'
import { holdGatewayToken, setGatewayToken } from '../store-gateway-token.ts'
import type { Channel } from './channel.ts'
import { fileChannel } from './channel-file.ts'
import { httpChannel } from './channel-http.ts'
import { smppChannel } from './channel-smpp.ts'
import { smtpChannel } from './channel-smtp.ts'
import { type ZaloTokens, zaloChannel, zaloFormOf } from './channel-zalo.ts'
import { httpFormOf } from './http-form.ts'
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

type GatewayConfig = 'smsUrl' | 'smsPrice' | 'smsForm' | 'smsFormSecrets' | 'zaloForm' | 'zaloSecrets' | 'phoneOrder'

export type ChannelSettings = {
  /** The house's data folder. */
  readonly folder: string
  readonly origin: string
  readonly config: Pick<Config, 'smtpUrl' | 'mailFrom'> & Partial<Pick<Config, GatewayConfig>>
  /** For gateways whose token changes with use. */
  readonly openWork?: OpenWork
}

const refuseSetting = (setting: GatewayConfig, should: string) =>
  configProblem('config-invalid', { wrong: [{ setting, should }] })

/** A file that a setting names, beside the settings or elsewhere. */
function fileOf(setting: GatewayConfig, folder: string, path: string): string {
  try {
    return readFileSync(resolve(folder, path), 'utf8')
  } catch {
    throw refuseSetting(setting, 'name a file that can be read')
  }
}

/** Secrets are texts by name; what is wrong is told without them. */
function secretsOf(setting: GatewayConfig, text: string): Readonly<Record<string, string>> {
  let value: unknown
  try {
    value = JSON.parse(text === '' ? '{}' : text)
  } catch {
    throw refuseSetting(setting, 'be JSON')
  }
  if (typeof value !== 'object' || value === null || Object.values(value).some(one => typeof one !== 'string'))
    throw refuseSetting(setting, 'be a JSON object of texts')
  return value as Readonly<Record<string, string>>
}

/** Each is made where its settings are there; they are judged at the start. */
const makers: Readonly<Record<'smpp' | 'http' | 'zalo', (settings: ChannelSettings) => Channel | undefined>> = {
  smpp: ({ config: { smsUrl = '', smsPrice = 0 } }) => {
    if (smsUrl === '') return undefined
    const settings = smppSettingsOf(smsUrl)
    if ('wrong' in settings) throw refuseSetting('smsUrl', settings.wrong)
    return smppChannel(settings, { price: smsPrice })
  },
  http: ({ folder, config: { smsForm = '', smsFormSecrets = '', smsPrice = 0 } }) => {
    if (smsForm === '') return undefined
    const form = httpFormOf(fileOf('smsForm', folder, smsForm))
    if ('wrong' in form) throw refuseSetting('smsForm', form.wrong)
    return httpChannel(form, secretsOf('smsFormSecrets', smsFormSecrets), { price: smsPrice })
  },
  zalo: ({ folder, openWork, config: { zaloForm = '', zaloSecrets = '' } }) => {
    if (zaloForm === '' || !openWork) return undefined
    const form = zaloFormOf(fileOf('zaloForm', folder, zaloForm))
    if ('wrong' in form) throw refuseSetting('zaloForm', form.wrong)
    const { appSecret = '', oaSecret = '', refreshToken = '' } = secretsOf('zaloSecrets', zaloSecrets)
    return zaloChannel(form, { appSecret, oaSecret, refreshToken }, keptTokens(openWork))
  },
}

/** One process renews at a time; the new pair is committed before it is used. */
const keptTokens = (openWork: OpenWork): ZaloTokens => ({
  current: renew =>
    openWork(asSystem('outreach'), async work => {
      const held = await holdGatewayToken(work, 'zalo')
      const next = await renew(held)
      if (next && next.access !== held?.access) await setGatewayToken(work, 'zalo', next)
      return next?.access
    }),
})

/** Where nothing is set, letters and texts become files. */
export function openChannels(settings: ChannelSettings): Channels {
  const { folder, origin, config } = settings
  const file = fileChannel(join(folder, 'outbox'))
  const order = (config.phoneOrder ?? 'zalo,smpp,http').split(',')
  const phone = order.flatMap(name => makers[name as keyof typeof makers](settings) ?? [])
  return {
    origin,
    email: [config.smtpUrl ? smtpChannel(config.smtpUrl, config.mailFrom) : file],
    phone: phone.length > 0 ? phone : [file],
  }
}

/** Ends the lines of channels in order: a gateway learns that nobody is there any more, and the line is not cut. */
export async function closeChannels({ email, phone }: Channels): Promise<void> {
  await Promise.all([...email, ...phone].map(channel => channel.close?.()))
}
