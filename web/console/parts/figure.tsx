import type { ReactNode } from 'react'
import { Link as Go } from 'react-aria-components'
import { numberText } from '../../parts/formats.ts'

/** A number that opens the very list that it counts. The unit word stands beside it, outside the link. */
export const Figure = ({ value, to, label }: { value: number; to: string; label?: string }) => (
  <Go href={to} className="figure figures" {...(label && { 'aria-label': `${numberText(value)} ${label}` })}>
    {numberText(value)}
  </Go>
)

/** The state of things in one sentence, in place of cards. */
export const Sentence = ({ children }: { children: ReactNode }) => <p className="sentence">{children}</p>
