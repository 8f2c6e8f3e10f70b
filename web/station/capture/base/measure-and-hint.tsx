import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Chip } from '../../../parts/chip.tsx'
import { tick } from './portrait-limits.ts'

export type MeasuredProps = {
  readonly label: string
  /** 0 to 100; undefined where nothing was measured. */
  readonly score: number | undefined
  readonly minimum?: number
  readonly verdict: 'good' | 'poor' | 'not-done'
  readonly chip: ReactNode
  /** The whole in one sentence, for those who do not see the bar. */
  readonly said: string
  /** Whether it is its turn. */
  readonly now?: boolean
  /** What can be done about it. */
  readonly children?: ReactNode
}

const kinds = { good: 'done', poor: 'waiting', 'not-done': 'not-begun' } as const

/** A measure: its name, the verdict in words, and the ruler with the tick at the minimum. */
export function Measured({ label, score, minimum = tick, verdict, chip, said, now, children }: MeasuredProps) {
  return (
    <li className={`measured ${verdict}${now ? ' now' : ''}`}>
      <span className="measured-name">{label}</span>
      <Chip kind={kinds[verdict]}>{chip}</Chip>
      <span className="measured-bar" role="img" aria-label={said}>
        {score !== undefined && <span className="measured-done" style={{ width: `${score}%` }} />}
        <span className="measured-tick" style={{ left: `${minimum}%` }} />
      </span>
      {children}
    </li>
  )
}

export type HintProps = {
  readonly kind: 'done' | 'waiting' | 'late' | 'moving'
  readonly icon: LucideIcon
  readonly so: string
  readonly todo?: ReactNode
  readonly code?: string | undefined
}

/** The one instruction: what is so, and what to do. Said aloud when it changes. */
export function Hint({ kind, icon: Icon, so, todo, code }: HintProps) {
  return (
    <div className={`hint-now ${kind}`} role="status">
      <Icon size={24} aria-hidden />
      <div>
        <p className="hint-so">{so}</p>
        {todo && <p>{todo}</p>}
        {code && <p className="hint-code">{code}</p>}
      </div>
    </div>
  )
}
