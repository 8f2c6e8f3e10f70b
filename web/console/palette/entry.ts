import type { LucideIcon } from 'lucide-react'

/** The groups, in the order in which they stand. */
export const entryKinds = [
  'people',
  'schools',
  'rolls',
  'sessions',
  'applications',
  'cards',
  'accounts',
  'pages',
  'deeds',
] as const
export type EntryKind = (typeof entryKinds)[number]

/** What can be gone to, or done. */
export type Entry = {
  readonly id: string
  readonly kind: EntryKind
  readonly icon: LucideIcon
  readonly text: string
  readonly about?: string | undefined
  /** At the end of the row: a state, a code. */
  readonly aside?: string | undefined
  /** With Alt, while the palette is open. */
  readonly letter?: string | undefined
  /** The address; asked of the house where only it knows. */
  readonly go: () => string | Promise<string>
}

export type Group = { readonly kind: EntryKind; readonly entries: readonly Entry[]; readonly waits: boolean }
