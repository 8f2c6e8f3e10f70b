import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import type { CardConnection } from '../../chip/access/command.ts'
import { type ChipPassword, passwordFault } from '../../chip/access/password.ts'
import { chipLimits } from '../../chip/law.ts'
import { escapedForTerminal, WrongUsage } from '../../platform/terminal.ts'

/**
 * A reader of cards at this machine, over PC/SC. Its package is an extra that an installation adds by itself, since it
 * compiles against the system's library.
 */

const readerPackage = '@pokusew/pcsclite'
const howToInstall = `install it: apt-get install libpcsclite-dev pcscd, then npm install --no-save ${readerPackage}`

type Callback<T = undefined> = (error: Error | null | undefined, result: T) => void

/** What is used of the package. */
type Reader = {
  readonly name: string
  readonly SCARD_STATE_PRESENT: number
  readonly SCARD_SHARE_EXCLUSIVE: number
  readonly SCARD_LEAVE_CARD: number
  on(event: 'status', heard: (status: { readonly state: number }) => void): void
  on(event: 'error', heard: (error: Error) => void): void
  connect(options: { readonly share_mode: number }, done: Callback<number>): void
  transmit(bytes: Buffer, most: number, protocol: number, done: Callback<Buffer>): void
  disconnect(how: number, done: Callback): void
}
type Readers = {
  on(event: 'reader', heard: (reader: Reader) => void): void
  on(event: 'error', heard: (error: Error) => void): void
  close(): void
}

async function openReaders(): Promise<Readers> {
  try {
    const { default: open } = (await import(readerPackage)) as { readonly default: () => Readers }
    return open()
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
    throw new WrongUsage(
      isMissing ? `a reader of cards needs the package ${readerPackage}; ${howToInstall}` : faultText(error),
    )
  }
}

const faultText = (error: unknown) =>
  `the readers of cards cannot be used: ${escapedForTerminal(error instanceof Error ? error.message : String(error))}`

/** How long a reader and a card in it are waited for. */
const patienceMs = 20_000

/** The first card in a reader whose name has these letters. */
function cardIn(readers: Readers, name: string): Promise<{ readonly reader: Reader; readonly protocol: number }> {
  const seen = new Set<string>()
  return new Promise((done, fail) => {
    const late = setTimeout(() => {
      const found = [...seen].map(escapedForTerminal).join(', ') || 'none'
      fail(new WrongUsage(`no card came into a reader named ${name}; readers that are there: ${found}`))
    }, patienceMs)
    const end = (error: Error) => {
      clearTimeout(late)
      fail(new WrongUsage(faultText(error)))
    }
    readers.on('error', end)
    readers.on('reader', reader => {
      seen.add(reader.name)
      if (!reader.name.includes(name)) return
      let isConnecting = false
      reader.on('error', end)
      reader.on('status', ({ state }) => {
        if ((state & reader.SCARD_STATE_PRESENT) === 0 || isConnecting) return
        isConnecting = true
        reader.connect({ share_mode: reader.SCARD_SHARE_EXCLUSIVE }, (error, protocol) => {
          if (error) return end(error)
          clearTimeout(late)
          done({ reader, protocol })
        })
      })
    })
  })
}

/** Throws wrong usage where readers cannot be used at this machine. */
export async function checkReaders(): Promise<void> {
  const readers = await openReaders()
  readers.close()
}

/** Gives the line to the card in a reader to `use`, and leaves the card afterwards. Throws wrong usage. */
export async function withCardIn<T>(name: string, use: (connection: CardConnection) => Promise<T>): Promise<T> {
  const readers = await openReaders()
  try {
    const { reader, protocol } = await cardIn(readers, name)
    const transmit = (command: Uint8Array) =>
      new Promise<Uint8Array>((done, fail) =>
        reader.transmit(Buffer.from(command), chipLimits.answerData + 2, protocol, (error, answer) =>
          error ? fail(error) : done(answer),
        ),
      )
    try {
      return await use({ transmit })
    } finally {
      await new Promise<void>(done => reader.disconnect(reader.SCARD_LEAVE_CARD, () => done()))
    }
  } finally {
    readers.close()
  }
}

/** `500540`, or `205001234 050315 300315`: document number, birth date, last day. Throws wrong usage. */
export function readPassword(text: string): ChipPassword {
  const [first = '', birthDate, expiresOn, ...more] = text.trim().split(/\s+/)
  const isZone = birthDate !== undefined && expiresOn !== undefined && more.length === 0
  if (!isZone && birthDate !== undefined)
    throw new WrongUsage('the password of a chip is an access number, or a document number and two dates')
  const password: ChipPassword = isZone
    ? { kind: 'zone', documentNumber: first.toUpperCase(), birthDate, expiresOn }
    : { kind: 'access-number', number: first }
  const fault = passwordFault(password)
  if (fault) throw new WrongUsage(`the password of a chip: ${fault}`)
  return password
}

const question = 'Access number, or document number, birth date and last day (YYMMDD): '

/** From a file, or typed at the terminal; never from the command, which other users of the machine can see. */
export async function askPassword(file: string | undefined): Promise<ChipPassword> {
  if (file !== undefined) {
    const text = await readFile(file, 'utf8').catch(() => undefined)
    if (text === undefined || text.length > 200) throw new WrongUsage(`${file} holds no password of a chip`)
    return readPassword(text)
  }
  if (!process.stdin.isTTY)
    throw new WrongUsage('card inspect --reader needs --password-file F, or a terminal to ask at')
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return readPassword(await asking.question(question))
  } finally {
    asking.close()
  }
}
