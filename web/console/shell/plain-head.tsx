import { useState } from 'react'
import { dayText, instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useSession, useToday, useUnitName } from './session.tsx'

/**
 * The head of a page that is printed from the screen: unit, what it is, its day, who printed it. On the screen it is
 * not seen; a page with a paper of its own has none.
 */
export function PlainHead({ title }: { readonly title: string }) {
  const say = useSay()
  const unit = useUnitName()
  const today = useToday()
  const { name } = useSession()
  const [at] = useState(() => instantText(new Date().toISOString()))
  return (
    <header className="plain-head" aria-hidden>
      <p>
        <b>{unit}</b>
      </p>
      <p className="plain-title">{title}</p>
      <p>
        {say('print-plain', { day: dayText(today) })}. {say('printed-by', { time: at.time, day: at.day, who: name })}
      </p>
    </header>
  )
}
