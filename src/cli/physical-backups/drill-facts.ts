/** What a restored database is worth. */
export type DrillFindings = {
  readonly deeds: number
  readonly findings: number
  /** People and totals that a count from the facts found otherwise. */
  readonly differed: number
}

/** The last drill as its deed tells it, for doctor, the metrics and the administrator's first page. */
export type DrillFacts = {
  readonly outcome: 'ok' | 'findings' | 'failed'
  readonly seconds: number
  /** Why it failed: the code of the refusal. */
  readonly code?: string
  readonly base?: string
  /** The name of the file of the base backup, which is kept because of it. */
  readonly file?: string
} & Partial<DrillFindings & { readonly bytes: number; readonly lastSegment: string }>
