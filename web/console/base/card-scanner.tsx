import { type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import { type CardReading, readCardQr } from '../../../src/names/card-qr.ts'
import { dayText } from '../../parts/formats.ts'
import { useSay } from './language.tsx'

export type ScannedCard = Exclude<CardReading, { kind: 'other' }>

/** A scanner that sends no Enter is done when it pauses so long, in milliseconds. */
const pause = 300

/**
 * Listens to what is typed or pasted within, before any field makes digits of it, and says when that was the line of a
 * card's QR code. A scanner is a keyboard: an input program between takes signs back and puts others in their place.
 */
export function useScanner(within: RefObject<HTMLElement | null>, onCard: (card: ScannedCard) => void): void {
  const typed = useRef('')
  const read = useEffectEvent((): boolean => {
    const reading = readCardQr(typed.current)
    typed.current = ''
    if (reading.kind === 'other') return false
    onCard(reading)
    return true
  })

  useEffect(() => {
    const element = within.current
    if (!element) return
    let waiting: ReturnType<typeof setTimeout> | undefined
    const onInput = ({ inputType, data, dataTransfer }: InputEvent) => {
      clearTimeout(waiting)
      if (inputType.startsWith('delete')) typed.current = [...typed.current].slice(0, -1).join('')
      else typed.current += data ?? dataTransfer?.getData('text/plain') ?? ''
      waiting = setTimeout(read, pause)
    }
    const onSubmit = (event: Event) => {
      clearTimeout(waiting)
      if (!read()) return
      event.preventDefault()
      event.stopPropagation()
    }
    element.addEventListener('beforeinput', onInput, true)
    element.addEventListener('submit', onSubmit, true)
    return () => {
      clearTimeout(waiting)
      element.removeEventListener('beforeinput', onInput, true)
      element.removeEventListener('submit', onSubmit, true)
    }
  }, [within])
}

/** What the card says, or what garbled it on the way and what to switch off. */
export function ScanNote({ card }: { card: ScannedCard }) {
  const say = useSay()
  const { name, birth } = card.kind === 'card' ? card : card.repaired
  const what = [name, birth && dayText(birth)].filter(Boolean).join(', ')
  if (card.kind === 'card')
    return (
      <p className="note" role="status">
        {say('scan-card', { what })}
      </p>
    )
  return (
    <div className="note waiting" role="status">
      <div>
        <p>{say(`scan-${card.by}`)}</p>
        <p className="quiet">
          {say(card.repaired.number ? 'scan-number-kept' : 'scan-number-lost')} {what && say('scan-says', { what })}
        </p>
      </div>
    </div>
  )
}
