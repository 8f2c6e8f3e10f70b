import type { CSSProperties, MouseEvent, ReactNode } from 'react'
import { BoxCell } from './row-choice.tsx'
import { NumberCell } from './row-number.tsx'

type ShownColumn<Row> = { readonly id: string; readonly show: (row: Row) => ReactNode }

type RowLineProps<Row, Shown extends ShownColumn<Row>> = {
  /** Of the whole table; a row's own has its place behind it. */
  readonly tableId: string
  readonly index: number
  /** How far below the first row it lies, in pixels. */
  readonly start: number
  readonly tracks: CSSProperties
  /** Undefined while it is being read. */
  readonly row: Row | undefined
  readonly columns: readonly Shown[]
  readonly classOf: (column: Shown) => string
  readonly isUnderCursor: boolean
  readonly isNumbered: boolean
  readonly isSelected: boolean
  /** Of tables from which rows are chosen. */
  readonly onToggle?: ((isRange: boolean) => void) | undefined
  readonly onClick: (event: MouseEvent<HTMLElement>) => void
  readonly onDoubleClick?: () => void
}

/** A row of a grid that draws only what is in sight; the grid holds the focus and has the keys. */
export function RowLine<Row, Shown extends ShownColumn<Row>>(props: RowLineProps<Row, Shown>) {
  const { tableId, index, start, tracks, row, columns, classOf, isSelected, onToggle } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements: the grid holds the focus
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
    <div
      id={`${tableId}-${index}`}
      role="row"
      className={props.isUnderCursor ? 'line rowline under-cursor' : 'line rowline'}
      aria-rowindex={index + 2}
      aria-selected={onToggle ? isSelected : undefined}
      style={{ ...tracks, transform: `translateY(${start}px)` }}
      onClick={props.onClick}
      onDoubleClick={props.onDoubleClick}
    >
      {onToggle && <BoxCell on={isSelected} onToggle={onToggle} />}
      {props.isNumbered && <NumberCell at={index} />}
      {columns.map(column => (
        // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as the row
        <div role="gridcell" key={column.id} className={classOf(column)}>
          {row === undefined ? <span className="quiet">…</span> : column.show(row)}
        </div>
      ))}
    </div>
  )
}
