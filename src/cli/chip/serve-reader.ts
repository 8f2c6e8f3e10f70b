import { counterReaderAddress } from '../../cards/chip-readings/counter-reader.ts'
import { counterReaderPort } from '../../cards/law.ts'
import { interruption } from '../../platform/last-resort.ts'
import { escapedForTerminal, WrongUsage } from '../../platform/terminal.ts'
import { type Invocation, wordOf } from '../invocation.ts'
import { checkReaders, withCardIn } from './card-reader.ts'
import { openCounterReader } from './counter-reader.ts'
import type { OpenCard } from './held-card.ts'

/** The card in a reader, held until it is left; undefined where none came in time. */
export async function cardHeldIn(name: string): Promise<OpenCard | undefined> {
  const opened = Promise.withResolvers<OpenCard | undefined>()
  const left = Promise.withResolvers<void>()
  const held = withCardIn(name, ({ transmit }) => {
    opened.resolve({
      transmit,
      leave: async () => {
        left.resolve()
        await held.catch(() => undefined)
      },
    })
    return left.promise
  })
  // No card, or no reader: both are mended by the officer, and the page asks again.
  held.catch(() => opened.resolve(undefined))
  return opened.promise
}

/** As browsers name it. A page that is not https can be changed on its way, but for one of the machine itself. */
function originOf(text: string | undefined): string {
  const url = text && URL.canParse(text) ? new URL(text) : undefined
  const isOwn = url?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname)
  if (!url || !(url.protocol === 'https:' || isOwn))
    throw new WrongUsage('--origin is how browsers reach the installation, such as https://can-cuoc.example.vn')
  return url.origin
}

function portOf(text: string | undefined): number {
  const port = text === undefined ? (counterReaderPort.rows[0]?.value ?? 0) : Number(text)
  if (!Number.isInteger(port) || port < 1024 || port > 65_535) throw new WrongUsage('--port is from 1024 to 65535')
  return port
}

/**
 * `card reader --origin URL [--reader NAME] [--port N]`: carries commands between the console's page of that origin and
 * the card in a reader of this machine, until it is ended.
 */
export async function serveReader({ values }: Omit<Invocation, 'house'>): Promise<void> {
  const origin = originOf(wordOf(values['origin']))
  const port = portOf(wordOf(values['port']))
  const name = wordOf(values['reader']) ?? ''
  await checkReaders()
  const ended = interruption()
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const reader = await openCounterReader({
    origin,
    port,
    open: () => cardHeldIn(name),
    onCode: code => say(`Mã ghép (gõ một lần trong trang Cán bộ) · code: ${code}`),
  }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    throw new WrongUsage(`the program cannot listen on port ${port}: ${escapedForTerminal(why)}`)
  })
  say(
    `${counterReaderAddress(reader.port)} for ${origin}; reader: ${escapedForTerminal(name) || 'any'}; Ctrl-C ends it`,
  )
  await new Promise<void>(done => ended.addEventListener('abort', () => done(), { once: true }))
  await reader.close()
}
