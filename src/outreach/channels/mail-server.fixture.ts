import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** Mail servers for tests, foreign to our own code: what they understood is what a receiver would. */

export type Taken = { readonly from: string; readonly to: readonly string[]; readonly raw: string }

export const refusing = (responseCode: number, words: string) => Object.assign(new Error(words), { responseCode })

type Manners = {
  /** Answers to a recipient; an error refuses. */
  readonly recipient?: (address: string) => Error | undefined
  /** Answers to the whole letter; a promise that stays open keeps its sender waiting. */
  readonly letter?: (taken: Taken) => Promise<Error | undefined> | Error | undefined
}

const portOf = (address: unknown) => (address as AddressInfo).port

/** A server that speaks SMTP in clear on this machine; `taken` is what it was given, whether it kept it or not. */
export async function openMailServer(manners: Manners = {}) {
  const taken: Taken[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    closeTimeout: 100,
    onRcptTo: ({ address }, _session, answer) => answer(manners.recipient?.(address)),
    async onData(stream, { envelope }, answer) {
      const raw = await text(stream)
      const letter = {
        from: envelope.mailFrom ? envelope.mailFrom.address : '',
        to: envelope.rcptTo.map(({ address }) => address),
        raw,
      }
      taken.push(letter)
      answer((await manners.letter?.(letter)) ?? null)
    },
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  // A test that fails before it closes its server must not wait for it.
  server.server.unref()
  const port = portOf(server.server.address())
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    taken,
    close: () => new Promise<void>(done => server.close(() => done())),
  }
}

/** A server that goes away in the middle of a letter: it has taken the first bytes of it, and says nothing more. */
export async function openCuttingServer() {
  let cuts = 0
  const server = createServer(socket => {
    let isInLetter = false
    socket.on('error', () => undefined)
    socket.write('220 cut\r\n')
    socket.on('data', chunk => {
      if (isInLetter) {
        cuts += 1
        socket.destroy()
        return
      }
      isInLetter = /^DATA/im.test(String(chunk))
      socket.write(isInLetter ? '354 go on\r\n' : '250 ok\r\n')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.unref()
  return {
    url: `smtp://127.0.0.1:${portOf(server.address())}`,
    cuts: () => cuts,
    close: () => new Promise<void>(done => server.close(() => done())),
  }
}
