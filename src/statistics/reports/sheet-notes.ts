import type { FigureFunnel } from '../contract.ts'

/** A figure that another source gives, beside ours of the same unit and day; `difference` = theirs minus ours. */
export type OutsideComparison = {
  readonly unit: { readonly name: string }
  readonly day: string
  readonly source: string
  readonly value: number
  readonly ours: number
  readonly difference: number
  readonly note: string | null
}

/** What a sheet says of itself, beside its figures. */
export type SheetPaper = {
  /** Who prints it; on paper and in the workbook, never in the evening text. */
  readonly author: string
  readonly printedAt: Date
  readonly isDemonstration: boolean
  /** Absent = a draft. `sha256` in hexadecimal. */
  readonly published?: { readonly code: string; readonly issue: number; readonly sha256: string } | undefined
  readonly funnel?: FigureFunnel | undefined
  readonly outside?: readonly OutsideComparison[] | undefined
  /** Names of the units that entered nothing on the day, of any level below; absent = those of the sheet itself. */
  readonly silentUnits?: readonly string[] | undefined
}
