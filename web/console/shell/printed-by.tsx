import { useState } from 'react'
import { instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useSession, useUnitName } from './session.tsx'

/** The head of every sheet of paper: unit, what it is, who printed it when. On the screen it is not seen. */
export function PrintedBy({ title, lines = [] }: { title: string; lines?: readonly string[] }) {
  const say = useSay()
  const { name } = useSession()
  const unit = useUnitName()
  const [at] = useState(() => instantText(new Date().toISOString()))
  return (
    <header className="paper sheet-head">
      <div>
        <p>
          <strong>{unit}</strong>
        </p>
        <h2>{title}</h2>
        {lines.map(line => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <p className="small">{say('printed-by', { at: `${at.day} ${at.time}`, who: name })}</p>
    </header>
  )
}

/** Room for signatures at the foot of a sheet. */
export function SheetSignatures({ of }: { readonly of: readonly string[] }) {
  return (
    <div className="sheet-signatures">
      {of.map(who => (
        <p key={who}>{who}</p>
      ))}
    </div>
  )
}
