/**
 * The line to the centre, and the files that take its place. In: what waits in the outbox. Decided: nothing. Out: a
 * bundle that is posted, and the bundle that is answered; or the same bundles as files. A crash between any two steps
 * loses nothing, since what was not acknowledged leaves again, and doubles nothing, since the inbox knows what it has.
 * Deeds: none.
 */

import { asSystem, type OpenWork } from '../../platform/work.ts'
import { findCentre, type JoinedCentre } from '../centre/centre.ts'
import { type Inbox, type TakenBundle, takeAgain, takeBundle } from '../inbox/inbox.ts'
import { answerSeconds, largestBundle } from '../law.ts'
import { composeBundle, makeEnvelopes, noteLeft, noteTold } from '../outbox/outbox.ts'
import { exchangeProblem } from '../problems.ts'
import * as store from './store.ts'

export type { LineState } from './store.ts'
export const lineState = store.findLine

const authority = asSystem('exchange')

/** A fault of the line, by code: nothing of the answer is told. */
class LineFault extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

type PostedAnswer = { readonly text: string; readonly date: string | null }

/** Reads an answer no longer than a bundle may be. */
async function readAnswer(response: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of response.body ?? []) {
    length += piece.length
    if (length > largestBundle) throw new LineFault('answer-too-large')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** Posts a bundle to the joined centre's address, follows no redirection, and waits for so long at most. */
async function post({ address }: JoinedCentre, party: string, text: string): Promise<PostedAnswer> {
  try {
    const response = await fetch(`${address}/exchange/${encodeURIComponent(party)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/jose' },
      body: text,
      redirect: 'error',
      signal: AbortSignal.timeout(answerSeconds * 1000),
    })
    if (response.status !== 200) {
      await response.body?.cancel()
      throw new LineFault(`status-${response.status}`)
    }
    return { text: await readAnswer(response), date: response.headers.get('date') }
  } catch (error) {
    if (error instanceof LineFault) throw error
    const { name, cause } = error as { name?: string; cause?: { code?: unknown } }
    throw new LineFault(name === 'TimeoutError' ? 'timeout' : String(cause?.code ?? 'unreachable'))
  }
}

const noAnswer: TakenBundle = { taken: 0, known: 0, acknowledged: 0, quarantined: 0 }

/** What was posted came to: `fault` where the line failed, and nothing was lost. */
export type ExchangeTurn = TakenBundle & { readonly sent: number; readonly fault?: string }

/**
 * One turn with the centre: what was asked since is put into envelopes, what is due is posted, the answer is taken in.
 * Where no centre is joined, or it has no address, envelopes are made and wait for a file.
 */
export async function exchangeOnce(inbox: Inbox): Promise<ExchangeTurn> {
  const { openWork, ours } = inbox
  const centre = await openWork(authority, findCentre)
  if (!centre) return { ...noAnswer, sent: 0 }
  await openWork(authority, work => makeEnvelopes(work, ours, centre))
  await takeAgain(inbox)
  if (centre.address === '') return { ...noAnswer, sent: 0 }
  const bundle = await openWork(authority, async work => {
    const composed = await composeBundle(work, ours, centre, { due: true })
    await noteLeft(work, composed)
    return composed
  })
  try {
    const { text, date } = await post(centre, ours.party, bundle.text)
    const taken = await takeBundle(inbox, text, 'line')
    await openWork(authority, async work => {
      await noteTold(work, bundle)
      const theirs = date === null ? Number.NaN : Date.parse(date)
      await store.setAnswered(work, Number.isNaN(theirs) ? null : Math.round((theirs - work.now.getTime()) / 1000))
    })
    return { ...taken, sent: bundle.ids.length }
  } catch (error) {
    if (!(error instanceof LineFault)) throw error
    await openWork(authority, work => store.setFailed(work, error.code))
    return { ...noAnswer, sent: bundle.ids.length, fault: error.code }
  }
}

/** Everything that the centre has not acknowledged, as one file. Throws centre-not-joined. */
export async function bundleForFile(
  openWork: OpenWork,
  { ours }: Pick<Inbox, 'ours'>,
): Promise<{ readonly text: string; readonly envelopes: number }> {
  return openWork(authority, async work => {
    const centre = await findCentre(work)
    if (!centre) throw exchangeProblem('centre-not-joined')
    await makeEnvelopes(work, ours, centre)
    const bundle = await composeBundle(work, ours, centre, { due: false })
    await noteLeft(work, bundle)
    await noteTold(work, bundle)
    return { text: bundle.text, envelopes: bundle.ids.length }
  })
}

/** Takes in a file of the centre's. */
export const bundleFromFile = (inbox: Inbox, text: string): Promise<TakenBundle> => takeBundle(inbox, text, 'file')
