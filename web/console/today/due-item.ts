export type DueItem = {
  readonly key: string
  readonly when: 'overdue' | 'today' | 'later' | 'undated'
  /** The last day, dd/MM; empty where there is none. */
  readonly until: string
  readonly count: number
  readonly what: string
  readonly about: string
  readonly to: string
  readonly deed: string
}
