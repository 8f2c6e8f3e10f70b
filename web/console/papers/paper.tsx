import { type ReactNode, useState } from 'react'
import { datedAt, instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useSession, useToday } from '../shell/session.tsx'

/**
 * The frame of every paper, as NĐ30/2020, annex I has it: who makes it at the left, state and motto at the right, place
 * and day, what it is in capitals, room for signatures; below, who printed it when and why. One title a paper.
 */

type PaperHeadProps = {
  readonly title: string
  /** What it is of, as of when, filtered by what, how many: a line each, under the title. */
  readonly lines?: readonly string[]
}

/** The two columns at the top of a paper. */
function Letterhead() {
  const say = useSay()
  const today = useToday()
  const { letterhead, demonstration } = useSession()
  return (
    <header className="paper-head">
      <div>
        {letterhead.above && <p className="capitals light">{letterhead.above}</p>}
        <p className="capitals ruled">{letterhead.name}</p>
        {demonstration && <p className="small">{say('paper-demo')}</p>}
      </div>
      <div>
        <p className="capitals">{say('paper-nation')}</p>
        <p className="ruled">
          <b>{say('paper-motto')}</b>
        </p>
        <p>
          <i>{datedAt(letterhead.town, today)}</i>
        </p>
      </div>
    </header>
  )
}

export function PaperHead({ title, lines = [] }: PaperHeadProps) {
  return (
    <>
      <Letterhead />
      <p className="paper-title">{title}</p>
      <div className="paper-lines">
        {lines.map(line => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </>
  )
}

/** Room for signatures: in which office each signs, and how. */
export function Signatures({ of }: { readonly of: readonly string[] }) {
  const say = useSay()
  return (
    <div className="paper-signatures">
      {of.map(who => (
        <div key={who}>
          <p className="capitals">{who}</p>
          <p>
            <i>{say('paper-sign')}</i>
          </p>
        </div>
      ))}
    </div>
  )
}

/** Who printed it when, and why where somebody's data are on it. */
export function PrintedLine({ why }: { readonly why?: string | undefined }) {
  const say = useSay()
  const { name } = useSession()
  const [at] = useState(() => instantText(new Date().toISOString()))
  return (
    <p className="paper-printed">
      {say('printed-by', { time: at.time, day: at.day, who: name })} {why && say('printed-why', { why })}
    </p>
  )
}

type PaperProps = PaperHeadProps & {
  /** Who signs it, nobody where it is empty; two who answer for a list, where nothing else is said. */
  readonly signs?: readonly string[] | undefined
  readonly why?: string | undefined
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** A paper whole. */
export function Paper({ title, lines, signs, why, className = '', children }: PaperProps) {
  const say = useSay()
  const signing = signs ?? [say('paper-preparer'), say('paper-commander')]
  return (
    <article className={`paper ${className}`.trim()}>
      <PaperHead title={title} {...(lines && { lines })} />
      {children}
      {signing.length > 0 && <Signatures of={signing} />}
      <PrintedLine why={why} />
    </article>
  )
}
