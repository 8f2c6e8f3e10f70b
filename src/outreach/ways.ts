import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { macOf } from '../platform/sealing/sealing.ts'
import { type Work, withHouseScope } from '../platform/work.ts'
import { bouncedAmong } from './bounced.ts'
import { optedOut } from './message.ts'
import * as store from './store.ts'
import { refusingAddresses } from './store-opt-out.ts'

/**
 * By which of its addresses a message begins. In: a message with all of them, in order. Decided: those that can receive
 * nothing, were said not to be the person's, or would be of no use any more, are left out; a refusal at one of them is
 * the person's and ends the message; one that received nothing of late gives way where another is left. Out: the first
 * way and those that remain, or why there is none. Deeds: none.
 */

/** Names neither to whoever reads the table without the house's key. */
export const disownedCode = (personId: Id<'person'>, address: string) => ({
  personId,
  code: macOf('code', `disowned\n${personId}\n${address}`),
})

type Way = store.OtherWay

/** Whether a way may still begin. */
export const isInTime = ({ until }: Pick<Way, 'until'>, today: Day) => until === undefined || until >= today

const firstOf = ({ kind, address, subject, body, page }: store.NewMessage): Way => ({
  ...{ kind, address, subject, body },
  ...(page !== undefined && { page }),
})

/** The message by the first of some ways, with the others behind it. */
function by(message: store.NewMessage, [way, ...otherWays]: readonly [Way, ...Way[]]): store.NewMessage {
  const { code: _code, page: _page, ...rest } = message
  const { until: _until, ...words } = way
  return { ...rest, ...words, otherWays, state: way.kind === 'letter' ? 'to-print' : 'queued' }
}

/** It is kept, and goes nowhere. */
function nowhere(message: store.NewMessage, code: string): store.NewMessage {
  const { sealed: _sealed, notBefore: _notBefore, ...rest } = message
  return { ...rest, otherWays: [], state: 'undeliverable', code }
}

const codeOfWay = ({ about }: store.NewMessage, { kind, address }: Way) =>
  about.personId && kind === 'phone' ? disownedCode(about.personId, address) : undefined

export async function chooseWays(
  work: Work,
  messages: readonly store.NewMessage[],
): Promise<readonly store.NewMessage[]> {
  if (messages.length === 0) return []
  const found = messages.map(message => ({ message, ways: [firstOf(message), ...message.otherWays] }))
  const disowned = await store.findDisowned(
    work,
    found.flatMap(({ message, ways }) => ways.flatMap(way => codeOfWay(message, way) ?? [])),
  )
  const theirs = found.map(({ message, ways }) => ({
    message,
    isDisowned: disowned.has(codeOfWay(message, firstOf(message))?.code.toString('hex') ?? ''),
    ways: ways.filter(
      (way, at) =>
        (at > 0 || message.code === undefined) && !disowned.has(codeOfWay(message, way)?.code.toString('hex') ?? ''),
    ),
  }))
  const addressesOf = (some: typeof theirs) => some.flatMap(({ ways }) => ways.map(({ address }) => address))
  const refusable = theirs.filter(({ message }) => message.refusable)
  const withChoice = theirs.filter(({ ways }) => ways.length > 1)
  const [refusing, bounced] =
    refusable.length + withChoice.length === 0
      ? [new Set<string>(), new Set<string>()]
      : await withHouseScope(work, async house => [
          await refusingAddresses(house, addressesOf(refusable)),
          await bouncedAmong(house, addressesOf(withChoice)),
        ])
  return theirs.map(({ message, isDisowned, ways: all }) => {
    if (message.refusable && all.some(({ address }) => refusing.has(address))) return nowhere(message, optedOut)
    const ways = all.filter(way => isInTime(way, work.today))
    const passedOver = ways.filter(({ address }) => bounced.has(address))
    const [first, ...others] = ways.filter(({ address }) => !bounced.has(address))
    if (first) return { ...by(message, [first, ...others]), passedOver }
    const [tried, ...left] = passedOver
    if (tried) return by(message, [tried, ...left])
    if (isDisowned) return nowhere(message, 'phone-disowned')
    return { ...message, otherWays: [] }
  })
}

/** Every address by which a message went or may go. */
type Addressed = { readonly address: string; readonly others: readonly string[] }

/** Whether a person refused at one of the addresses of a message what may be refused. Asked by the house. */
export async function refusedAmong<Message extends Addressed>(
  house: Work,
  messages: readonly Message[],
): Promise<ReadonlySet<Message>> {
  const refusing = await refusingAddresses(
    house,
    messages.flatMap(({ address, others }) => [address, ...others]),
  )
  return new Set(messages.filter(({ address, others }) => [address, ...others].some(one => refusing.has(one))))
}
