import type { ReactNode } from 'react'
import { useSay } from '../base/language.tsx'

/** A column after the row's number; the first of them heads the row. `isFigures`: its digits are of their own width. */
export type NumberedColumn<Row> = {
  readonly head: string
  readonly cell: (row: Row) => ReactNode
  readonly isFigures?: boolean
}

type NumberedTableProps<Row> = {
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly columns: readonly NumberedColumn<Row>[]
  readonly className?: string
  /** A box at the end of each row, to tick by hand. */
  readonly ticked?: boolean
}

/** A list on paper: each row with its number. */
export function NumberedTable<Row>({ rows, keyOf, columns, className = '', ticked }: NumberedTableProps<Row>) {
  const say = useSay()
  return (
    <table className={`plain-table ${className}`.trim()}>
      <thead>
        <tr>
          <th scope="col" className="end">
            {say('row-number')}
          </th>
          {columns.map(({ head }) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
          {ticked && (
            <th scope="col" className="tick-head">
              {say('paper-tick')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={keyOf(row)}>
            <td className="end">{at + 1}</td>
            {columns.map(({ head, cell, isFigures }, place) =>
              place === 0 ? (
                <th key={head} scope="row">
                  {cell(row)}
                </th>
              ) : (
                <td key={head} {...(isFigures && { className: 'own-figures' })}>
                  {cell(row)}
                </td>
              ),
            )}
            {ticked && (
              <td className="tick-cell">
                <span className="paper-box" aria-hidden />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The same where it may be wider than a phone: what scrolls sideways scrolls by keyboard too. */
export function WideNumberedTable<Row>({ label, ...table }: NumberedTableProps<Row> & { readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={label} tabIndex={0}>
      <NumberedTable {...table} />
    </section>
  )
}
