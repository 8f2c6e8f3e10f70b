import { type Answer, decide, giveNumber } from './answers.ts'
import {
  type Envelope,
  hashOf,
  type Jwk,
  jwkOf,
  makeKey,
  newId,
  opened,
  readSigned,
  sealed,
  signed,
  thumbprintOf,
} from './envelopes.ts'
import type { Mischief } from './mischief.ts'
import { decideCards, isWhole, resultsOf } from './orders.ts'
import type { Card, CardResult, CentreStore, Received } from './store.ts'

/** One turn with an installation: what came is kept and acknowledged, and what is decided is answered. */

type Turn = { readonly centre: CentreStore; readonly card: Card; readonly mischief: Mischief; readonly now: Date }

const asked = [
  'number.request',
  'number.cancellation',
  'number.reinstatement',
  'account.request',
  'person.look-up',
  'card.order',
  'card.order-piece',
]

/** The province's day of an instant: seven hours ahead of UTC. */
const dayOf = (at: string) => new Date(Date.parse(at) + 7 * 3600_000).toISOString().slice(0, 10)

/** The next key signs for an installation that has acknowledged it. */
function signerOf({ centre, card }: Turn) {
  const { announced, sent } = centre.of(card.party)
  const isKnown = announced !== undefined && sent.some(({ id, acked }) => id === announced && acked)
  return (isKnown && centre.next) || centre.sign
}

function announceKey(turn: Turn): void {
  const house = turn.centre.of(turn.card.party)
  if (!turn.centre.next || house.announced !== undefined) return
  send(turn, 'key.rotation', undefined, { sign: jwkOf(turn.centre.next) })
  house.announced = house.sent.at(-1)?.id
}

const overlapDays = 7

/** The keys of an installation that count: of its card, or what it announced since and for some days the one before. */
function keysOf({ centre, card, now }: Turn): { readonly current: Jwk; readonly former?: Jwk } {
  const { rotated } = centre.of(card.party)
  if (!rotated || rotated.card !== thumbprintOf(card.sign)) return { current: card.sign }
  return { current: rotated.sign, ...(now.toISOString() < rotated.formerUntil && { former: rotated.former }) }
}

function send(
  { centre, card, mischief, now }: Turn,
  kind: string,
  re: { readonly id: string; readonly hash: string } | undefined,
  body: object,
): void {
  const house = centre.of(card.party)
  const envelope: Envelope = {
    v: 1,
    id: newId(now.getTime()),
    kind,
    from: centre.name,
    to: card.party,
    seq: house.seq + 1,
    prev: house.prev,
    at: now.toISOString(),
    ...(re && { re }),
    body: body as Envelope['body'],
  }
  const text = signed(envelope, signerOf({ centre, card, mischief, now }))
  const hash = hashOf(text)
  house.seq += 1
  house.prev = hash
  house.sent.push({ id: envelope.id, hash, text, at: envelope.at, acked: false })
}

const beside = ({ centre, card, now }: Turn, told: Partial<Envelope>): Envelope => ({
  v: 1,
  id: newId(now.getTime()),
  kind: 'answer',
  from: centre.name,
  to: card.party,
  seq: null,
  prev: null,
  at: now.toISOString(),
  body: {},
  ...told,
})

/** Takes one envelope; gives what is to be acknowledged. */
function take(turn: Turn, text: string): { id: string; hash: string } | undefined {
  const { centre, card, mischief } = turn
  const { current, former } = keysOf(turn)
  const byCurrent = readSigned(text, current)
  const envelope = byCurrent ?? (former && readSigned(text, former))
  if (!envelope || envelope.from !== card.party || envelope.to !== centre.name || envelope.v !== 1) return undefined
  const house = centre.of(card.party)
  const { id, kind, body, at } = envelope
  if (kind === 'acknowledgement') {
    for (const one of body['of'] as { id: string; hash: string }[])
      for (const sent of house.sent) if (sent.id === one.id && sent.hash === one.hash) sent.acked = true
    return undefined
  }
  const hash = hashOf(text)
  const known = house.received[id]
  if (known) return { id, hash: known.hash }
  // Lost on the way: neither kept nor acknowledged.
  if (mischief.does('lose')) return undefined
  if (kind === 'key.rotation') {
    if (!byCurrent) return undefined
    house.rotated = {
      card: thumbprintOf(card.sign),
      sign: body['sign'] as Jwk,
      former: current,
      formerUntil: new Date(turn.now.getTime() + overlapDays * 24 * 3600_000).toISOString(),
    }
  }
  const received: Received = {
    hash,
    kind,
    at,
    body,
    answerAt: house.turns + (kind === 'day' ? 0 : mischief.delay()),
    isAnswered: kind === 'key.rotation' || kind === 'card.order-piece',
  }
  // Acknowledged, and forgotten: the day's comparison finds it.
  if (!(asked.includes(kind) && mischief.does('forget'))) house.received[id] = received
  return { id, hash }
}

function compareDay(turn: Turn, id: string, { hash, body }: Received): void {
  const house = turn.centre.of(turn.card.party)
  const day = String(body['day'])
  const [sent, received] = [body['sent'], body['received']] as { id: string; hash: string }[][]
  const missing = (sent ?? []).filter(one => !house.received[one.id]).map(one => one.id)
  const differs = (sent ?? [])
    .filter(one => house.received[one.id] && house.received[one.id]?.hash !== one.hash)
    .map(one => one.id)
  const seen = new Set((received ?? []).map(one => one.id))
  const unseen = house.sent.filter(one => dayOf(one.at) === day && !seen.has(one.id))
  for (const one of unseen) one.acked = false
  send(turn, 'day.answer', { id, hash }, { day, missing, differs, unseen: unseen.map(one => one.id) })
}

function answerDue(turn: Turn): string[] {
  const { centre, card, mischief } = turn
  const house = centre.of(card.party)
  const extra: string[] = []
  for (const [id, received] of Object.entries(house.received)) {
    if (received.isAnswered || received.answerAt > house.turns) continue
    const re = { id, hash: received.hash }
    if (received.kind === 'card.order') {
      extra.push(...makeCards(turn, re, received))
      continue
    }
    received.isAnswered = true
    if (received.kind === 'day') compareDay(turn, id, received)
    else if (received.kind === 'card.report-query') reportAgain(turn, String(received.body['order']))
    else {
      const said: Answer = decide(centre, id, received.kind, received.body, mischief)
      send(turn, 'answer', re, said)
      extra.push(...wrongAnswers(turn, re, received, said))
    }
  }
  return extra
}

const report = 'card.production-report'

/** Makes what is whole, and reports on all of the order that is decided by now. */
function makeCards(turn: Turn, re: { id: string; hash: string }, received: Received): string[] {
  const { centre, card, mischief } = turn
  const house = centre.of(card.party)
  if (!isWhole(house, received.body)) return []
  received.isAnswered = decideCards(centre, house, { order: re.id, list: received.body, mischief })
  const cards = resultsOf(centre, re.id, received.body)
  if (cards.length === 0 || mischief.does('lose-report')) return []
  send(turn, report, re, { cards })
  return wrongReports(turn, re, cards)
}

/** What of an order is decided, where its installation asks. */
function reportAgain(turn: Turn, order: string): void {
  const { centre, card } = turn
  const received = centre.of(card.party).received[order]
  const cards = received?.kind === 'card.order' ? resultsOf(centre, order, received.body) : []
  if (received && cards.length > 0) send(turn, report, { id: order, hash: received.hash }, { cards })
}

/** The same by others, and a second report that contradicts the first. */
function wrongReports(turn: Turn, re: { id: string; hash: string }, cards: readonly CardResult[]): string[] {
  const { mischief } = turn
  const lines: string[] = []
  const others = cards.map(one => (one.state === 'made' ? { ...one, serial: `${one.serial}X` } : one))
  const of = (told: Partial<Envelope>) => beside(turn, { kind: report, seq: 1, re, body: { cards: others }, ...told })
  if (mischief.does('differ')) send(turn, report, re, { cards: others })
  if (mischief.does('foreign')) lines.push(signed(of({}), makeKey()))
  if (mischief.does('stray')) {
    const stray = { id: newId(turn.now.getTime()), hash: hashOf('never asked') }
    lines.push(signed(of({ seq: 1_000_002, re: stray }), signerOf(turn)))
  }
  if (mischief.does('elsewhere')) lines.push(signed(of({ to: 'another-house' }), signerOf(turn)))
  return lines
}

/** What a centre that errs, or somebody who plays the centre, sends beside an answer. */
function wrongAnswers(turn: Turn, re: { id: string; hash: string }, { kind, body }: Received, said: Answer): string[] {
  const { centre, card, mischief } = turn
  const lines: string[] = []
  const another: Answer =
    kind === 'number.request' ? { outcome: 'granted', answer: { number: giveNumber(centre, body, re.id) } } : said
  if (mischief.does('differ')) send(turn, 'answer', re, another)
  if (mischief.does('foreign')) lines.push(signed(beside(turn, { seq: 1, re, body: another }), makeKey()))
  if (mischief.does('edit')) {
    const [header = '', payload = '', signature = ''] = (centre.of(card.party).sent.at(-1)?.text ?? '').split('.')
    const text = Buffer.from(payload, 'base64url').toString('utf8').replace('granted', 'granteD')
    lines.push([header, Buffer.from(text).toString('base64url'), signature].join('.'))
  }
  if (mischief.does('stray')) {
    const stray = { id: newId(turn.now.getTime()), hash: hashOf('never asked') }
    lines.push(signed(beside(turn, { seq: 1_000_001, re: stray, body: another }), signerOf(turn)))
  }
  if (mischief.does('elsewhere'))
    lines.push(signed(beside(turn, { to: 'another-house', seq: 1, re, body: another }), signerOf(turn)))
  return lines
}

/** Takes a bundle and gives the answer's; undefined where it is none that the centre can open. */
export function takeTurn(centre: CentreStore, card: Card, bundle: string, mischief: Mischief, now: Date) {
  const lines = opened(bundle, centre.open)
  if (!lines) return undefined
  const turn: Turn = { centre, card, mischief, now }
  const house = centre.of(card.party)
  house.turns += 1
  const of = lines.flatMap(line => take(turn, line) ?? [])
  announceKey(turn)
  const extra = answerDue(turn)
  const waiting = house.sent.filter(one => !one.acked || mischief.does('repeat')).slice(0, 500)
  const texts = waiting.flatMap(({ text }) => (mischief.does('repeat') ? [text, text] : [text]))
  centre.keep()
  const acknowledged = signed(beside(turn, { kind: 'acknowledgement', body: { of } }), signerOf(turn))
  const all = [acknowledged, ...texts, ...extra]
  return sealed(mischief.does('reorder') ? mischief.shuffled(all) : all, card.open)
}
