import type { Log } from '../../platform/log.ts'
import type { OpenWork } from '../../platform/work.ts'
import type { ChannelListener, GatewayReceipt } from '../channels/channel.ts'
import type { Channels } from '../channels/channels.ts'
import { optOutWords } from '../law.ts'
import { optOut } from '../opt-out.ts'
import { parseRecipient } from '../recipient.ts'
import { withoutMarks } from '../templates/phone-text.ts'
import { takeReceipts } from './receipts.ts'
import { senderAuthority } from './sending.ts'

/**
 * What comes from gateways that keep a line open: receipts, and texts of people. A gateway is answered once what it
 * said is written down, so that it says it again where this process was killed before.
 */

/** Receipts that came within so many milliseconds are written together. */
const gatherFor = 50

/** Whether a text says that its sender wants no reminders: one of the words (law.ts). */
export function asksToStop(text: string): boolean {
  const words = withoutMarks(text)
    .toUpperCase()
    .replace(/[^A-Z0-9 ]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
  return (
    optOutWords.alone.some(word => words === word) ||
    optOutWords.first.some(word => words === word || words.startsWith(`${word} `))
  )
}

type Waiting = {
  readonly receipts: readonly GatewayReceipt[]
  readonly done: () => void
  readonly fail: (e: unknown) => void
}

function gatherReceipts(openWork: OpenWork, channels: Channels): ChannelListener['receipts'] {
  const waiting = new Map<string, Waiting[]>()
  const write = async (channel: string) => {
    const theirs = waiting.get(channel) ?? []
    waiting.delete(channel)
    try {
      const receipts = theirs.flatMap(one => one.receipts)
      await openWork(senderAuthority, work => takeReceipts(work, channels, channel, receipts))
      for (const { done } of theirs) done()
    } catch (error) {
      for (const { fail } of theirs) fail(error)
    }
  }
  return (channel, receipts) =>
    new Promise<void>((done, fail) => {
      const theirs = waiting.get(channel)
      if (theirs) {
        theirs.push({ receipts, done, fail })
        return
      }
      waiting.set(channel, [{ receipts, done, fail }])
      setTimeout(() => void write(channel), gatherFor)
    })
}

/** Begins to listen, once; what cannot be written is logged without what it says. */
export function listenToGateways(openWork: OpenWork, channels: Channels): (log: Log) => void {
  let isListening = false
  return log => {
    if (isListening) return
    isListening = true
    const receipts = gatherReceipts(openWork, channels)
    const listener: ChannelListener = {
      receipts: (channel, said) =>
        receipts(channel, said).catch((error: unknown) => {
          log.warn({ err: error, channel }, 'receipts could not be written')
          throw error
        }),
      async inbound({ from, text }) {
        const { address, fault } = parseRecipient({ kind: 'phone', number: from })
        if (fault || !asksToStop(text)) return
        await openWork(senderAuthority, work => optOut(work, { kind: 'phone', address }, 'text'))
      },
    }
    for (const channel of [...channels.email, ...channels.phone]) channel.listen?.(listener)
  }
}
