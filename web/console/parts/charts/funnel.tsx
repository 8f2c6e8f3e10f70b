import { CornerDownRight } from 'lucide-react'
import type { ReactNode } from 'react'

export type FunnelStep = {
  readonly key: string
  readonly label: string
  readonly value: number
  readonly figure: ReactNode
  readonly share: string
  /** How many stopped before it, and why; none for the first. */
  readonly stopped?: { readonly value: number; readonly figure: ReactNode; readonly said: string }
}

/** Bars from one left edge; between them how many stopped there and why. Only the largest loss is red. */
export function Funnel({ label, steps }: { label: string; steps: readonly FunnelStep[] }) {
  const whole = Math.max(1, steps[0]?.value ?? 0)
  const largest = Math.max(0, ...steps.map(({ stopped }) => stopped?.value ?? 0))
  return (
    <ol className="funnel" aria-label={label}>
      {steps.map(({ key, label: name, value, figure, share, stopped }) => (
        <li key={key}>
          {stopped && (
            <p className={stopped.value === largest && largest > 0 ? 'stopped most' : 'stopped'}>
              <CornerDownRight size={14} aria-hidden />
              {stopped.figure} {stopped.said}
            </p>
          )}
          <div className="bar-row">
            <span>{name}</span>
            <span className="track" aria-hidden>
              <span className="fill" style={{ width: `${Math.min(100, (value / whole) * 100)}%` }} />
            </span>
            <span className="end">{figure}</span>
            <span className="end quiet figures">{share}</span>
          </div>
        </li>
      ))}
    </ol>
  )
}
