import { isOwnMachine } from './own-machine.ts'

/**
 * How a gateway of SMPP 3.4 is reached, in one address: smpps://user:password@host:3550?source=CONGAN, or smpp://…
 * with `private=yes` where the line is one's own (a VPN), since SMPP itself hides nothing. Further: ton and npi of the
 * source, type (system_type), window (submit_sm under way at once), rate (a second), parts (udh or sar), receipts (yes
 * or no), refuse (the number to which phones write TC, where source is a name).
 */
export type SmppSettings = {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  readonly user: string
  readonly password: string
  readonly systemType: string
  readonly source: { readonly address: string; readonly ton: number; readonly npi: number }
  readonly window: number
  readonly perSecond: number
  readonly parts: 'udh' | 'sar'
  readonly receipts: boolean
  /** The number whose texts come back on this line. */
  readonly refuseTo?: string
}

const wholeIn = (text: string | null, { least, most, usual }: { least: number; most: number; usual: number }) => {
  if (text === null) return usual
  const number = Number(text)
  return Number.isInteger(number) && number >= least && number <= most ? number : undefined
}

const known = new Set(['source', 'ton', 'npi', 'type', 'window', 'rate', 'parts', 'receipts', 'private', 'refuse'])

/** The settings of an address, or what is wrong with it; never with what it holds. */
export function smppSettingsOf(text: string): SmppSettings | { readonly wrong: string } {
  const url = URL.parse(text)
  if (!url || !/^smpps?:$/.test(url.protocol) || url.hostname === '')
    return { wrong: 'be smpps://user:password@host:port' }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const tls = url.protocol === 'smpps:'
  const given = url.searchParams
  const stray = [...given.keys()].find(name => !known.has(name))
  if (stray !== undefined) return { wrong: `hold only ${[...known].join(', ')} behind the question mark` }
  if (!tls && !isOwnMachine(host) && given.get('private') !== 'yes')
    return { wrong: 'be smpps://, or say private=yes where the line is hidden otherwise' }
  const address = given.get('source') ?? ''
  const ton = wholeIn(given.get('ton'), { least: 0, most: 6, usual: /^\d*$/.test(address) ? 0 : 5 })
  const npi = wholeIn(given.get('npi'), { least: 0, most: 18, usual: 0 })
  const window = wholeIn(given.get('window'), { least: 1, most: 1000, usual: 10 })
  const perSecond = wholeIn(given.get('rate'), { least: 1, most: 100_000, usual: 50 })
  const parts = given.get('parts') ?? 'udh'
  const receipts = given.get('receipts') ?? 'yes'
  if (ton === undefined || npi === undefined || window === undefined || perSecond === undefined)
    return { wrong: 'have whole numbers as ton, npi, window and rate' }
  if (parts !== 'udh' && parts !== 'sar') return { wrong: 'have udh or sar as parts' }
  // A source of digits can be answered; a name cannot, and a short code may stand beside it.
  const refuseTo = given.get('refuse') ?? (/^\d{3,15}$/.test(address) ? address : undefined)
  if (refuseTo !== undefined && !/^\d{3,15}$/.test(refuseTo)) return { wrong: 'have digits as refuse' }
  if (receipts !== 'yes' && receipts !== 'no') return { wrong: 'have yes or no as receipts' }
  return {
    host,
    port: url.port ? Number(url.port) : tls ? 3550 : 2775,
    tls,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    systemType: given.get('type') ?? '',
    source: { address, ton, npi },
    window,
    perSecond,
    parts,
    receipts: receipts === 'yes',
    ...(refuseTo !== undefined && { refuseTo }),
  }
}
