import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDownAZ, ArrowUpZA } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useKeys } from '../base/keys.tsx'
import { useLanguage, useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { keptRow, useKeptScroll } from './rows/kept-scroll.ts'
import { OwnPaperNotice, PrintedRows, usePrinting } from './rows/printed-rows.tsx'
import { chooseRow, opensRow, takesRows } from './rows/row-choice.tsx'
import { RowLine } from './rows/row-line.tsx'
import { NumberHead, numberWidth } from './rows/row-number.tsx'
import { tracksOf } from './rows/tracks.ts'

export type Column<Row> = {
  readonly id: string
  readonly head: string
  /** A track of a CSS grid: `112px`, `minmax(140px, 2fr)`. */
  readonly width: string
  readonly show: (row: Row) => ReactNode
  /** What it sorts by; for names the stored key, so that Vietnamese order holds. Left out: it does not sort. */
  readonly sortBy?: (row: Row) => string | number
  /** Figures stand at the right. */
  readonly end?: boolean
  /** It shows a day, which is longer in English: 15 September 2023. */
  readonly isDay?: boolean | 'in-year'
  /** Class names and the like keep the font's own digits. */
  readonly ownFigures?: boolean
  /** Two lines, so that long names are read whole; places in smaller letters. */
  readonly wraps?: 'as-written' | 'smaller'
  /** Shown below 1024 px too. */
  readonly onPhone?: boolean
}

export type Sort = { readonly by: string; readonly desc: boolean }

export type TableProps<Row> = {
  readonly label: string
  /** All rows in their place; `undefined` where a row has not been fetched yet. */
  readonly rows: readonly (Row | undefined)[]
  readonly columns: readonly Column<Row>[]
  readonly idOf: (row: Row) => string
  readonly onOpen?: (row: Row) => void
  /** One press anywhere on a row opens it; else two. */
  readonly opensAtOnce?: boolean
  /** Rows carry their numbers. */
  readonly numbered?: boolean
  /** What the list shows, in one text: whoever comes back to it finds it where they left it. */
  readonly keptAs?: string
  readonly selected?: ReadonlySet<string>
  readonly onSelect?: (selected: ReadonlySet<string>) => void
  /** Which rows are in sight, so that missing ones can be fetched. */
  readonly onSight?: (first: number, last: number) => void
  /** Given both, rows come sorted and the table only asks; else it sorts them itself. */
  readonly sort?: Sort
  readonly onSort?: (sort: Sort) => void
  /** Which button prints the list's own paper; without one the list is printed as the page is. */
  readonly paper?: string
}

/** A row, or the place of one that is still to come. */
type Slot<Row> = { readonly row: Row | undefined }

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })

/** Keys compare as they are: they were made to sort so. */
const byValue = (a: unknown, b: unknown) =>
  a === b ? 0 : a === undefined || (b !== undefined && (a as string) < (b as string)) ? -1 : 1

function useRows<Row>({ rows, columns, sort, onSort }: Pick<TableProps<Row>, 'rows' | 'columns' | 'sort' | 'onSort'>) {
  const [own, setOwn] = useState<SortingState>([])
  const data = useMemo<Slot<Row>[]>(() => rows.map(row => ({ row })), [rows])
  const helper = createColumnHelper<typeof features, Slot<Row>>()
  const defined = useMemo(
    () =>
      columns.map(({ id, sortBy }) =>
        helper.accessor(({ row }): unknown => row && sortBy?.(row), {
          id,
          enableSorting: !!sortBy,
          sortFn: (a, b, column) => byValue(a.getValue(column), b.getValue(column)),
        }),
      ),
    [columns, helper.accessor],
  )
  const sorting: SortingState = onSort && sort ? [{ id: sort.by, desc: sort.desc }] : own
  const table = useTable({
    features,
    columns: defined,
    data,
    state: { sorting },
    manualSorting: !!onSort,
    onSortingChange: setOwn,
  })
  const toggle = (id: string) => {
    const now = sorting[0]
    const next = { by: id, desc: now?.id === id ? !now.desc : false }
    if (onSort) onSort(next)
    else setOwn([{ id: next.by, desc: next.desc }])
  }
  return { slots: table.getRowModel().rows, sorted: sorting[0], toggle }
}

type Slots<Row> = readonly { readonly original: Slot<Row> }[]

/** Where each key takes the cursor, from the row it stands on. */
const moves: Record<string, (from: number, perPage: number, last: number) => number> = {
  ArrowDown: from => from + 1,
  ArrowUp: from => from - 1,
  PageDown: (from, perPage) => from + perPage,
  PageUp: (from, perPage) => from - perPage,
  Home: () => 0,
  End: (_from, _perPage, last) => last,
}

/** The row that the keyboard stands on: arrows or J and K, Home, End, Page; X selects, Enter opens. */
function useCursor<Row>(
  slots: Slots<Row>,
  perPage: () => number,
  reveal: (at: number) => void,
  props: TableProps<Row>,
) {
  const say = useSay()
  const [at, setAt] = useState(() => keptRow(props.keptAs))
  const anchor = useRef<number>(undefined)
  const last = slots.length - 1
  const cursor = Math.min(at, Math.max(last, 0))
  const go = (to: number) => {
    const next = Math.max(0, Math.min(last, to))
    setAt(next)
    reveal(next)
  }
  const here = () => slots[cursor]?.original.row
  const idAt = (place: number) => {
    const row = slots[place]?.original.row
    return row ? props.idOf(row) : ''
  }
  const open = () => {
    const row = here()
    if (row) props.onOpen?.(row)
  }
  const choose = (to: number, isRange: boolean) => {
    const ids = slots.map(({ original: { row } }) => row && props.idOf(row))
    props.onSelect?.(chooseRow(props.selected, ids, to, isRange ? anchor.current : undefined))
    if (!isRange || anchor.current === undefined) anchor.current = to
  }
  const select = () => choose(cursor, false)
  useKeys([
    { key: 'j', said: say('key-next'), run: () => go(cursor + 1) },
    { key: 'k', said: say('key-previous'), run: () => go(cursor - 1) },
    ...(props.onSelect ? [{ key: 'x', said: say('key-select'), run: select }] : []),
  ])
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const to = moves[event.key]?.(cursor, perPage(), last)
    if (to === undefined && event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    if (to !== undefined && takesRows(event) && props.onSelect) {
      const next = Math.max(0, Math.min(last, to))
      if (anchor.current === undefined || !props.selected?.has(idAt(cursor))) choose(cursor, false)
      choose(next, true)
      return go(next)
    }
    if (to !== undefined) return go(to)
    if (event.key === 'Enter') open()
    else select()
  }
  return { cursor, setCursor: setAt, choose, onKeyDown }
}

/** Dense, virtual, worked by keyboard from end to end. 100.000 rows scroll as 100 do. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, idOf, onOpen, opensAtOnce, numbered, keptAs, selected, onSelect, onSight } = props
  const narrow = useNarrow()
  const isPrinting = usePrinting()
  const { language } = useLanguage()
  const id = useId()
  const scroll = useRef<HTMLDivElement>(null)
  const height = narrow ? 56 : 36
  const shown = narrow && columns.some(({ onPhone }) => onPhone) ? columns.filter(({ onPhone }) => onPhone) : columns
  const { slots, sorted, toggle } = useRows(props)
  const virtual = useVirtualizer({
    count: slots.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 8,
    scrollPaddingStart: 30,
  })
  // Rows become taller as the window becomes narrow.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew for another height alone
  useLayoutEffect(() => virtual.measure(), [height])
  const perPage = () => Math.max(1, Math.floor(((scroll.current?.clientHeight ?? 0) - 30) / height))
  const { cursor, setCursor, choose, onKeyDown } = useCursor(slots, perPage, at => virtual.scrollToIndex(at), props)
  const row = useRef(cursor)
  row.current = cursor
  useKeptScroll(keptAs, scroll, row)
  const items = virtual.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  useEffect(() => onSight?.(first, last), [onSight, first, last])

  const before = [...(onSelect ? ['22px'] : []), ...(numbered && !narrow ? [numberWidth(slots.length)] : [])]
  const tracks = tracksOf(shown, { narrow, language, before })
  return (
    <>
      {isPrinting && props.paper && <OwnPaperNotice button={props.paper} />}
      {isPrinting && !props.paper && <PrintedRows rows={slots.map(({ original }) => original.row)} columns={columns} />}
      <div className="table">
        {/* biome-ignore lint/a11y/useSemanticElements: a <table> cannot lay out virtual rows */}
        <div
          ref={scroll}
          className="scroll"
          role="grid"
          aria-label={label}
          aria-rowcount={slots.length + 1}
          aria-colcount={shown.length + (onSelect ? 1 : 0) + (numbered && !narrow ? 1 : 0)}
          aria-multiselectable={onSelect ? true : undefined}
          aria-activedescendant={slots.length ? `${id}-${cursor}` : undefined}
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          <div className="inner">
            <Headline
              {...props}
              numbered={!!numbered && !narrow}
              columns={shown}
              tracks={tracks}
              sorted={sorted}
              toggle={toggle}
              slots={slots}
            />
            <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
              {items.map(({ index, start }) => {
                const row = slots[index]?.original.row
                const isSelected = !!row && !!selected?.has(idOf(row))
                return (
                  <RowLine
                    key={index}
                    tableId={id}
                    index={index}
                    start={start}
                    tracks={tracks}
                    row={row}
                    columns={shown}
                    classOf={classOf}
                    isUnderCursor={index === cursor}
                    isNumbered={!!numbered && !narrow}
                    isSelected={isSelected}
                    onToggle={onSelect && (isRange => row && choose(index, isRange))}
                    onClick={event => {
                      setCursor(index)
                      if (opensAtOnce && row && opensRow(event)) onOpen?.(row)
                    }}
                    onDoubleClick={() => !opensAtOnce && row && onOpen?.(row)}
                  />
                )
              })}
            </div>
          </div>
        </div>
      </div>
    </>
  )
}

type CellLook = { readonly end?: boolean; readonly ownFigures?: boolean; readonly wraps?: Column<never>['wraps'] }

export const classOf = ({ end, ownFigures, wraps }: CellLook) =>
  ['cell', end && 'end', ownFigures && 'own-figures', wraps && `wraps ${wraps}`].filter(Boolean).join(' ')

/** The head of a column; one that has an order is a button, which turns it. */
export function ColumnHead<Row>({
  column,
  sorted,
  toggle,
}: {
  column: Column<Row>
  sorted: { readonly id: string; readonly desc: boolean } | undefined
  toggle: ((id: string) => void) | undefined
}) {
  const { id, head, sortBy } = column
  const isSorted = sorted?.id === id
  const Icon = isSorted && sorted.desc ? ArrowUpZA : ArrowDownAZ
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as the row
    <div
      role="columnheader"
      className={classOf(column)}
      aria-sort={isSorted ? (sorted.desc ? 'descending' : 'ascending') : undefined}
    >
      {sortBy && toggle ? (
        <button type="button" onClick={() => toggle(id)}>
          {head}
          {isSorted && <Icon size={14} aria-hidden />}
        </button>
      ) : (
        head
      )}
    </div>
  )
}

type HeadlineProps<Row> = TableProps<Row> & {
  readonly tracks: { readonly gridTemplateColumns: string }
  readonly sorted: { readonly id: string; readonly desc: boolean } | undefined
  readonly toggle: (id: string) => void
  readonly slots: Slots<Row>
}

function Headline<Row>({
  columns,
  numbered,
  tracks,
  sorted,
  toggle,
  slots,
  selected,
  onSelect,
  idOf,
}: HeadlineProps<Row>) {
  const say = useSay()
  const all = !!selected && slots.length > 0 && selected.size >= slots.length
  const selectAll = () =>
    onSelect?.(all ? new Set() : new Set(slots.flatMap(({ original: { row } }) => (row ? [idOf(row)] : []))))
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid holds the focus
    <div role="row" className="line headline" aria-rowindex={1} style={tracks}>
      {onSelect && (
        // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as the row
        <div role="columnheader" className="cell box-cell">
          {/* biome-ignore lint/a11y/useSemanticElements: drawn as the rows' boxes are */}
          <button type="button" role="checkbox" aria-checked={all} aria-label={say('select-all')} onClick={selectAll}>
            <span className={all ? 'box on' : selected?.size ? 'box some' : 'box'} aria-hidden />
          </button>
        </div>
      )}
      {numbered && <NumberHead />}
      {columns.map(column => (
        <ColumnHead key={column.id} column={column} sorted={sorted} toggle={toggle} />
      ))}
    </div>
  )
}

/** What can be done to the selected rows; stands at the foot only while some are. */
export function ActionBar({ count, children, end }: { count: number; children?: ReactNode; end?: ReactNode }) {
  const say = useSay()
  return (
    <div className="action-bar">
      {count > 0 && (
        <>
          <span className="figures">
            <strong>{count}</strong> {say('selected')}
          </span>
          {children}
        </>
      )}
      {end && <div className="end">{end}</div>}
    </div>
  )
}
