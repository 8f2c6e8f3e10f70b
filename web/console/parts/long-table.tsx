import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useKeys } from '../base/keys.tsx'
import { useLanguage, useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { keptRow, useKeptScroll } from './rows/kept-scroll.ts'
import { OwnPaperNotice, PrintedRows, usePrinting } from './rows/printed-rows.tsx'
import { chooseRow, opensRow, takesRows } from './rows/row-choice.tsx'
import { RowLine } from './rows/row-line.tsx'
import { NumberHead, numberWidth } from './rows/row-number.tsx'
import { tracksOf } from './rows/tracks.ts'
import { type Column, ColumnHead, classOf, type Sort } from './table.tsx'

export type LongTableProps<Row> = {
  readonly label: string
  readonly total: number
  /** The row at a place, 0 the first; `undefined` where it has not been fetched yet. */
  readonly rowAt: (at: number) => Row | undefined
  readonly columns: readonly Column<Row>[]
  readonly onOpen?: (row: Row) => void
  /** Of a row that can be chosen; undefined for one that cannot. */
  readonly idOf?: (row: Row) => string | undefined
  readonly selected?: ReadonlySet<string>
  readonly onSelect?: (selected: ReadonlySet<string>) => void
  /** What the list shows, in one text: whoever comes back to it finds it where they left it. */
  readonly keptAs?: string
  /** Which rows are in sight, so that their pages can be fetched. */
  readonly onSight: (first: number, last: number) => void
  /** Rows come sorted; the table asks for another order. */
  readonly sort?: Sort
  readonly onSort?: (sort: Sort) => void
  /** Brought into sight when it changes. */
  readonly showRow?: number | undefined
  /** Which button prints the list's own paper; without one the list is printed as the page is. */
  readonly paper?: string
}

/** Where each key takes the cursor. */
const moves: Record<string, (from: number, perPage: number, last: number) => number> = {
  ArrowDown: from => from + 1,
  ArrowUp: from => from - 1,
  PageDown: (from, perPage) => from + perPage,
  PageUp: (from, perPage) => from - perPage,
  Home: () => 0,
  End: (_from, _perPage, last) => last,
}

/** The row that the keyboard stands on: arrows or J and K, Home, End, Page; X chooses, Enter opens. */
function useCursor<Row>(
  { total, rowAt, onOpen, showRow, idOf, selected, onSelect, keptAs }: LongTableProps<Row>,
  perPage: () => number,
  reveal: (at: number) => void,
) {
  const say = useSay()
  const [at, setAt] = useState(() => keptRow(keptAs))
  const anchor = useRef<number>(undefined)
  const cursor = Math.min(at, Math.max(0, total - 1))
  const go = (to: number) => {
    const next = Math.max(0, Math.min(total - 1, to))
    setAt(next)
    reveal(next)
  }
  const choose = (to: number, isRange: boolean) => {
    const from = isRange ? (anchor.current ?? to) : to
    // Only rows that are here can be chosen; places before them stand for the others.
    const first = Math.min(from, to)
    const ids = Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => {
      const row = rowAt(first + i)
      return row && idOf?.(row)
    })
    onSelect?.(chooseRow(selected, ids, to - first, isRange ? from - first : undefined))
    if (!isRange || anchor.current === undefined) anchor.current = to
  }
  const latest = useRef(go)
  latest.current = go
  useEffect(() => {
    if (showRow !== undefined) latest.current(showRow)
  }, [showRow])
  useKeys([
    { key: 'j', said: say('key-next'), run: () => go(cursor + 1) },
    { key: 'k', said: say('key-previous'), run: () => go(cursor - 1) },
    ...(onSelect ? [{ key: 'x', said: say('key-select'), run: () => choose(cursor, false) }] : []),
  ])
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const to = moves[event.key]?.(cursor, perPage(), total - 1)
    const isSpace = event.key === ' ' && onSelect !== undefined
    if (to === undefined && event.key !== 'Enter' && !isSpace) return
    event.preventDefault()
    const row = rowAt(cursor)
    if (to !== undefined && takesRows(event) && onSelect) {
      const next = Math.max(0, Math.min(total - 1, to))
      if (anchor.current === undefined || (row && !selected?.has(idOf?.(row) ?? ''))) choose(cursor, false)
      choose(next, true)
      go(next)
    } else if (to !== undefined) go(to)
    else if (isSpace) choose(cursor, false)
    else if (row) onOpen?.(row)
  }
  return { cursor, setCursor: setAt, choose, onKeyDown }
}

/**
 * A table whose rows are never all here: it knows how many there are and asks for those in sight. Nothing in it grows
 * with its length.
 */
export function LongTable<Row>(props: LongTableProps<Row>) {
  const { label, total, rowAt, columns, onOpen, onSight, idOf, selected, onSelect, keptAs, sort, onSort } = props
  const narrow = useNarrow()
  const isPrinting = usePrinting()
  const { language } = useLanguage()
  const id = useId()
  const scroll = useRef<HTMLDivElement>(null)
  const height = narrow ? 56 : 36
  const shown = narrow && columns.some(({ onPhone }) => onPhone) ? columns.filter(({ onPhone }) => onPhone) : columns
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 8,
    scrollPaddingStart: 30,
  })
  // Rows become taller as the window becomes narrow.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew for another height alone
  useLayoutEffect(() => virtual.measure(), [height])
  const perPage = () => Math.max(1, Math.floor(((scroll.current?.clientHeight ?? 0) - 30) / height))
  const { cursor, setCursor, choose, onKeyDown } = useCursor(props, perPage, at => virtual.scrollToIndex(at))
  const place = useRef(cursor)
  place.current = cursor
  useKeptScroll(keptAs, scroll, place)
  const items = virtual.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  useEffect(() => onSight(first, last), [onSight, first, last])
  const before = [...(onSelect ? ['22px'] : []), ...(narrow ? [] : [numberWidth(total)])]
  const tracks = tracksOf(shown, { narrow, language, before })
  return (
    <>
      {isPrinting && props.paper && <OwnPaperNotice button={props.paper} />}
      {isPrinting && !props.paper && (
        <PrintedRows rows={Array.from({ length: total }, (_, at) => rowAt(at))} columns={columns} />
      )}
      <div className="table">
        {/* biome-ignore lint/a11y/useSemanticElements: a <table> cannot lay out virtual rows */}
        <div
          ref={scroll}
          className="scroll"
          role="grid"
          aria-label={label}
          aria-rowcount={total + 1}
          aria-colcount={shown.length + before.length}
          aria-multiselectable={onSelect ? true : undefined}
          aria-activedescendant={total ? `${id}-${cursor}` : undefined}
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          <div className="inner">
            <Headline
              columns={shown}
              tracks={tracks}
              chooses={!!onSelect}
              numbered={!narrow}
              sort={sort}
              onSort={onSort}
            />
            <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
              {items.map(({ index, start }) => {
                const row = rowAt(index)
                const personId = row && idOf?.(row)
                const isSelected = !!personId && !!selected?.has(personId)
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
                    isNumbered={!narrow}
                    isSelected={isSelected}
                    onToggle={onSelect && (isRange => choose(index, isRange))}
                    onClick={event => {
                      setCursor(index)
                      if (row && opensRow(event)) onOpen?.(row)
                    }}
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

function Headline<Row>({
  columns,
  tracks,
  chooses,
  numbered,
  sort,
  onSort,
}: {
  columns: readonly Column<Row>[]
  tracks: ReturnType<typeof tracksOf>
  chooses: boolean
  numbered: boolean
  sort: Sort | undefined
  onSort: ((sort: Sort) => void) | undefined
}) {
  const say = useSay()
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid holds the focus
    <div role="row" className="line headline" aria-rowindex={1} style={tracks}>
      {chooses && (
        // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid holds the focus
        <div role="columnheader" className="cell box-cell">
          <span className="unseen">{say('selected')}</span>
        </div>
      )}
      {numbered && <NumberHead />}
      {columns.map(column => (
        <ColumnHead
          key={column.id}
          column={column}
          sorted={sort && { id: sort.by, desc: sort.desc }}
          toggle={onSort && (id => onSort({ by: id, desc: sort?.by === id ? !sort.desc : false }))}
        />
      ))}
    </div>
  )
}
