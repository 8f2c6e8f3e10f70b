import { useRef, useState } from 'react'
import { findCard, handCardOver } from '../../../src/cards/contract.ts'
import { cardPipeline, listCards } from '../../../src/cards/tracking/contract.ts'
import { call, Refusal } from '../../parts/call.ts'
import type { ScannedCard } from '../base/card-scanner.tsx'
import { useSay } from '../base/language.tsx'
import { useStale } from '../base/use-endpoint.ts'
import type { Heard } from '../cards/scan-field.tsx'
import { useInTurn } from '../cards/scans-in-turn.ts'
import { useRefusalWords } from '../cards/use-refusal-words.ts'

export type Given = { readonly name: string; readonly serial: string }

/** A card that was scanned, and whose it is. */
type InHand = Given & { readonly issuedOn?: string | undefined }
export type Receiver = { readonly name: string; readonly relation: string; readonly evidence: string }

type Giving = { readonly receiver?: Receiver; readonly chipReading?: string | undefined }

/** Twelve digits, as on a slip or a list, with or without spaces. */
const numberIn = (text: string) => {
  const digits = text.replace(/[\s.]/g, '')
  return /^\d{12}$/.test(digits) ? digits : undefined
}

/**
 * What the desk has in hand. Scanners do not wait for the screen: scans are done in turn, each with what the one before
 * left.
 */
type Hand = { readonly card?: InHand | undefined; readonly number?: string | undefined }

/**
 * Handing over at a desk. A serial is the card, twelve digits are the person; a card's QR line is that card itself
 * where its day of issue is the one of the card that waits, else the old card that the person shows. The house refuses
 * a card of somebody else.
 */
export function useHandingOver({
  byOther,
  readsChip,
  onGiven,
}: {
  byOther: boolean
  /** The chip is read before the card is given. */
  readsChip: boolean
  onGiven: (one: Given) => void
}) {
  const say = useSay()
  const toldOf = useRefusalWords()
  const stale = useStale()
  const inTurn = useInTurn()
  const [hand, show] = useState<Hand>({})
  const [heard, setHeard] = useState<Heard>()
  const [busy, setBusy] = useState(false)
  const now = useRef<Hand>({})
  const hold = (next: Hand) => {
    now.current = next
    show(next)
  }
  const begin = () => {
    hold({})
    setHeard(undefined)
  }
  const refuse = (error: unknown) => {
    hold({})
    const wrong = error instanceof Refusal && error.code === 'card-of-another-person'
    setHeard({
      kind: 'bad',
      ...(wrong ? { so: say('give-wrong-person'), todo: say('give-wrong-person-todo') } : toldOf(error)),
    })
  }

  const give = async (card: InHand, number: string, { receiver, chipReading }: Giving = {}) => {
    setBusy(true)
    const to = receiver ? { kind: 'representative' as const, ...receiver } : { kind: 'holder' as const }
    try {
      await call(handCardOver, { body: { serial: card.serial, number, to, ...(chipReading && { chipReading }) } })
      hold({})
      setHeard({
        kind: 'good',
        so: say('give-done', { name: card.name }),
        todo: say('give-done-serial', { serial: card.serial }),
      })
      onGiven({ name: card.name, serial: card.serial })
      stale([cardPipeline, listCards])
    } catch (error) {
      refuse(error)
    } finally {
      setBusy(false)
    }
  }
  /** Both are known: the holder gets it at once; who collects is entered, and the chip read, first. */
  const goOn = async (next: Hand) => {
    hold(next)
    if (next.card && next.number && !byOther && !readsChip) return give(next.card, next.number)
    setHeard(undefined)
  }
  const look = async (body: { serial?: string; number?: string }): Promise<InHand> => {
    const { name, card } = await call(findCard, { body })
    return { name, serial: card.serial ?? '', issuedOn: card.issuedOn }
  }
  const doing = (what: string, deed: () => Promise<unknown>) => {
    setHeard({ kind: 'busy', so: say('scan-working', { what }) })
    inTurn(async () => {
      setBusy(true)
      await deed().catch(refuse)
      setBusy(false)
    })
  }

  const onText = (text: string) => {
    const person = numberIn(text)
    doing(person ? say('give-who').toLowerCase() : text, async () => {
      const { card, number } = now.current
      if (person && !number) return goOn({ card, number: person })
      return goOn({ card: await look({ serial: text }), number })
    })
  }
  const onCardQr = (scanned: ScannedCard) => {
    const { number, issuedOn } = scanned.kind === 'card' ? scanned : scanned.repaired
    if (!number) return setHeard({ kind: 'bad', so: say('give-garbled') })
    doing(say('give-who').toLowerCase(), async () => {
      const { card, number: person } = now.current
      const waiting = await look({ number }).catch(error => {
        // Nothing waits for this person: whether that is the wrong person the house says when the card is known.
        if (error instanceof Refusal && error.code === 'card-unknown' && card) return undefined
        throw error
      })
      const isTheCard = waiting !== undefined && issuedOn !== undefined && waiting.issuedOn === issuedOn
      if (isTheCard && card?.serial === waiting.serial)
        return setHeard({ kind: 'bad', so: say('give-same-card'), todo: say('give-same-card-todo') })
      return goOn(isTheCard ? { card: waiting, number: person } : { card, number })
    })
  }
  const giveTo = (giving: Giving) => {
    const { card, number } = now.current
    if (card && number) inTurn(() => give(card, number, giving))
  }
  return { ...hand, heard, busy, begin, onText, onCardQr, giveTo }
}
