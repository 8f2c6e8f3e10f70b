import type { ReactNode } from 'react'

/** What a row is of, with what else must be read of it beneath where the other columns have no room. */
export function TwoLines({ children, second }: { children: ReactNode; second?: ReactNode }) {
  return second ? (
    <span className="two-lines">
      <span>{children}</span>
      <span className="small">{second}</span>
    </span>
  ) : (
    children
  )
}
