import type { KeyboardEvent, MouseEvent } from 'react'

/** The box at the beginning of a row; with Shift it takes all rows from the last one that was pressed. */
export function BoxCell({ on, onToggle }: { on: boolean; onToggle: (isRange: boolean) => void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: X and the space bar do the same
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
    <div
      role="gridcell"
      className="cell box-cell"
      onMouseDown={event => event.shiftKey && event.preventDefault()}
      onClick={event => {
        event.stopPropagation()
        onToggle(event.shiftKey)
      }}
    >
      <span className={on ? 'box on' : 'box'} aria-hidden />
    </div>
  )
}

/** Chooses a row, or takes it out; a range takes what the last one that was pressed became. */
export function chooseRow(
  selected: ReadonlySet<string> | undefined,
  ids: readonly (string | undefined)[],
  at: number,
  from?: number,
): ReadonlySet<string> {
  const next = new Set(selected)
  const here = ids[at]
  if (!here) return next
  const isOn = from === undefined ? !next.has(here) : next.has(ids[from] ?? '')
  const [first, last] = [Math.min(at, from ?? at), Math.max(at, from ?? at)]
  for (const id of ids.slice(first, last + 1)) {
    if (id === undefined) continue
    if (isOn) next.add(id)
    else next.delete(id)
  }
  return next
}

/** A press on a row opens it, but not on a link or a button in it, and not while text is being marked. */
export const opensRow = (event: MouseEvent<HTMLElement>): boolean =>
  !(event.target as HTMLElement).closest('a, button, input') &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.shiftKey &&
  !window.getSelection()?.toString()

/** Shift and an arrow take the rows that the cursor goes over. */
export const takesRows = (event: KeyboardEvent): boolean =>
  event.shiftKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')
