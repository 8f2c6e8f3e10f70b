import { type KeyboardEvent, type MouseEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react'
import { useSay } from '../../base/language.tsx'
import { goTo } from '../../base/router-handle.ts'
import { useWidth } from '../use-width.ts'
import { type Box, labelsOf, neighbour, outlineOf } from './tile-outline.ts'

export type Tile = {
  readonly key: string
  readonly col: number
  readonly row: number
  readonly group: string | null
  /** 1 (least) to 5; null where there is no data. */
  readonly level: number | null
  /** Among the lowest: its place in their order. */
  readonly mark?: number | undefined
  readonly to: string
  /** Name, counts and rate, as the tip says them. */
  readonly told: string
}

export type TileMapProps = {
  readonly label: string
  readonly tiles: readonly Tile[]
  readonly columns: number
  readonly rows: number
  readonly groups: readonly { readonly code: string; readonly name: string }[]
  readonly children?: ReactNode
}

const steps: Readonly<Record<string, readonly [dc: number, dr: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
}
const labelSize = 12.5

/** How large tiles are, where names stand and what room they take around the tiles, all in px. */
function useLayout({ tiles, columns, rows, groups }: TileMapProps, width: number) {
  const size = Math.max(9, Math.min(24, Math.floor(width / columns)))
  return useMemo(() => {
    const names = new Map(groups.map(({ code, name }) => [code, (name.length * labelSize * 0.56 + 6) / size]))
    // Tiles too small for a name beside them carry none; the tips name them all.
    const boxes = size < 16 ? new Map<string, Box>() : labelsOf(tiles, names, 16 / size, columns)
    const all = [...boxes.values()]
    return {
      size,
      boxes,
      outline: outlineOf(tiles, size),
      above: Math.max(2, ...all.map(({ y }) => -y * size)),
      below: Math.max(rows * size, ...all.map(({ y, h }) => (y + h) * size)),
      left: Math.max(1, ...all.map(({ x }) => -x * size)),
    }
  }, [tiles, columns, rows, groups, size])
}

/**
 * A tile a commune, placed as on the map, grouped by district. Tiles are links; arrow keys walk them, the tip says what
 * is known.
 */
export function TileMap(props: TileMapProps) {
  const { label, tiles, columns, groups, children } = props
  const say = useSay()
  const [ref, width] = useWidth<HTMLDivElement>(660)
  const [at, setAt] = useState(0)
  const [tipped, setTipped] = useState<number>()
  const links = useRef<(HTMLAnchorElement | null)[]>([])
  const id = useId()
  const { size, boxes, outline, above, below, left } = useLayout(props, width)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const next = neighbour(tiles, at, ...step)
    setAt(next)
    links.current[next]?.focus()
  }
  const show = (index: number | undefined, isFocus?: 'focus') => {
    if (isFocus && index !== undefined) setAt(index)
    setTipped(index)
  }
  const tip = tipped === undefined ? undefined : tiles[tipped]
  return (
    <div ref={ref} className="tile-map">
      {/* biome-ignore lint/a11y/useSemanticElements: an svg takes no fieldset */}
      <svg
        width={Math.min(width, columns * size + left + 1)}
        height={above + below + 2}
        role="group"
        aria-label={label}
        aria-describedby={`${id}-keys`}
        onKeyDown={onKeyDown}
      >
        <g transform={`translate(${left} ${above})`}>
          {tiles.map((tile, index) => (
            <TileLink
              key={tile.key}
              tile={tile}
              size={size}
              isNext={index === at}
              onTip={(on, by) => show(on ? index : undefined, by)}
              keep={element => {
                links.current[index] = element
              }}
            />
          ))}
          <path className="outline" d={outline} />
          {groups.map(({ code, name }) => (
            <GroupName key={code} name={name} box={boxes.get(code)} size={size} />
          ))}
        </g>
      </svg>
      {tip && (
        <Tip
          tile={tip}
          left={Math.min(Math.max(0, (tip.col + 0.5) * size + left - 110), Math.max(0, width - 220))}
          top={(tip.row + 1) * size + above + 6}
        />
      )}
      <p id={`${id}-keys`} className="unseen">
        {say('map-keys')}
      </p>
      {children}
    </div>
  )
}

type TileLinkProps = {
  readonly tile: Tile
  readonly size: number
  /** The one that the Tab key comes to. */
  readonly isNext: boolean
  readonly onTip: (on: boolean, by?: 'focus') => void
  readonly keep: (element: HTMLAnchorElement | null) => void
}

function TileLink({ tile, size, isNext, onTip, keep }: TileLinkProps) {
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    goTo(tile.to)
  }
  return (
    <a
      ref={keep}
      href={tile.to}
      aria-label={tile.mark === undefined ? tile.told : `${tile.mark}. ${tile.told}`}
      tabIndex={isNext ? 0 : -1}
      onFocus={() => onTip(true, 'focus')}
      onBlur={() => onTip(false)}
      onMouseEnter={() => onTip(true)}
      onMouseLeave={() => onTip(false)}
      onClick={go}
    >
      <TileShape tile={tile} size={size} />
    </a>
  )
}

const GroupName = ({ name, box, size }: { name: string; box: Box | undefined; size: number }) =>
  box ? (
    <text className="group-name" x={(box.x + box.w / 2) * size} y={box.y * size + 12} textAnchor="middle">
      {name}
    </text>
  ) : null

const Tip = ({ tile, left, top }: { tile: Tile; left: number; top: number }) => (
  <div className="tip" aria-hidden style={{ left, top }}>
    {tile.told}
  </div>
)

function TileShape({ tile: { col, row, level, mark }, size }: { tile: Tile; size: number }) {
  const [x, y, side] = [col * size + 0.5, row * size + 0.5, size - 1]
  if (mark !== undefined)
    return (
      <g>
        <rect className={`tile coverage-${level ?? 1}`} x={x} y={y} width={side} height={side} />
        <rect className="mark" x={x + 3} y={y + 3} width={side - 6} height={side - 6} />
        <text className="mark-number" x={x + side / 2} y={y + side / 2 + 4} textAnchor="middle">
          {mark}
        </text>
      </g>
    )
  return (
    <g>
      <rect
        className={level === null ? 'tile no-data' : `tile coverage-${level}`}
        x={x}
        y={y}
        width={side}
        height={side}
      />
      {level === null && <line className="no-data-stroke" x1={x + 1} y1={y + side - 1} x2={x + side - 1} y2={y + 1} />}
    </g>
  )
}
