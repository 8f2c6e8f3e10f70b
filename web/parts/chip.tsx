import { ArrowRight, Check, Clock3, type LucideIcon, Minus, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

/** Five kinds of status, and no other (docs/design.md, Tokens). */
export type ChipKind = 'done' | 'moving' | 'waiting' | 'late' | 'not-begun'

const icons: Record<ChipKind, LucideIcon> = {
  done: Check,
  moving: ArrowRight,
  waiting: Clock3,
  late: TriangleAlert,
  'not-begun': Minus,
}

/** Icon, word and colour together; never colour alone. At most one chip column a table. */
export function Chip({ kind, icon, children }: { kind: ChipKind; icon?: LucideIcon; children: ReactNode }) {
  const Icon = icon ?? icons[kind]
  return (
    <span className={`chip ${kind}`}>
      <Icon size={14} aria-hidden />
      {children}
    </span>
  )
}
