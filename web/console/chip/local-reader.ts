import { type CounterReaderRefusal, counterReaderAddress } from '../../../src/cards/chip-readings/counter-reader.ts'
import { counterReaderPort } from '../../../src/cards/law.ts'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'

/** The program at this machine's reader, as the console's page asks it (docs/interfaces.md). */

export type ReaderFault = CounterReaderRefusal | 'no-program'

/** The program does not do what it was asked, or is not there. */
export class ReaderRefused extends Error {
  readonly code: ReaderFault

  constructor(code: ReaderFault) {
    super(code)
    this.code = code
  }
}

/** Kept for this tab alone, so that the code is typed once and a page that is loaded anew still reaches the reader. */
const keptAs = 'counter-reader'

async function post(path: string, body: object): Promise<Readonly<Record<string, string>>> {
  const token = sessionStorage.getItem(keptAs)
  const reply = await fetch(`${counterReaderAddress(inForceToday(counterReaderPort))}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  }).catch(() => undefined)
  if (!reply) throw new ReaderRefused('no-program')
  const said = (await reply.json().catch(() => ({}))) as Readonly<Record<string, string>>
  if (!reply.ok) throw new ReaderRefused((said['code'] as CounterReaderRefusal | undefined) ?? 'reader-unusable')
  return said
}

/** Pairs this tab by the code that the program shows. Throws ReaderRefused. */
export async function pairReader(code: string): Promise<void> {
  const { token = '' } = await post('/pages', { code })
  sessionStorage.setItem(keptAs, token)
}

export type ReaderLine = {
  /** Bytes in hexadecimal, both ways. */
  carry(command: string): Promise<string>
  end(): Promise<void>
}

/** Takes the card in the reader, once one lies there. Throws ReaderRefused. */
export async function openReaderLine(): Promise<ReaderLine> {
  const { line = '' } = await post('/lines', {})
  return {
    carry: async command => (await post('/commands', { line, command }))['answer'] ?? '',
    end: async () => {
      await post('/lines/end', { line }).catch(() => undefined)
    },
  }
}
