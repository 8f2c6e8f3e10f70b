import type { ReactNode } from 'react'
import { numberText } from '../../parts/formats.ts'
import { Link } from '../../parts/link.tsx'

type FigureProps = { readonly value: number; readonly to: string; readonly label?: string; readonly isMore?: boolean }
/** A number that opens the very list that it counts. The unit word stands beside it, outside the link. */
export function Figure({ value, to, label, isMore }: FigureProps) {
  // Counted as far as the list is read; there are more.
  const text = numberText(value) + (isMore ? '+' : '')
  return (
    <Link href={to} className="figure figures" {...(label && { 'aria-label': `${text} ${label}` })}>
      {text}
    </Link>
  )
}

/** The state of things in one sentence, in place of cards. */
export const Sentence = ({ children }: { children: ReactNode }) => <p className="sentence">{children}</p>
