/** What a list is asked for: so many rows, after one that was shown. */
export type Page = { readonly after?: string | undefined; readonly limit?: number | undefined }

/** A page of what a store gives with one row more than was asked for: `next` where there is more. */
export function paged<Row>(rows: readonly Row[], { limit = 100 }: Page, idOf: (row: Row) => string): { rows: Row[]; next?: string } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, ...(rows.length > limit && last && { next: idOf(last) }) }
}
