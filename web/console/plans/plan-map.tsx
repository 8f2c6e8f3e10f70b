import { useMemo } from 'react'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { outlineOf } from '../parts/charts/tile-outline.ts'
import { useWidth } from '../parts/use-width.ts'
import { kindOf } from './lanes.ts'
import { type PlanWeek, planAt, type WeekSession } from './search.ts'

type MapProps = { readonly week: PlanWeek; readonly chosen: WeekSession | undefined; readonly planId: string }

/**
 * Where teams go in the week: a tile a commune, a mark where somebody is. The form of the mark says the kind as its
 * colour does; the lanes have the same as text.
 */
export function PlanMap({ week: { tiles, sessions, monday }, chosen, planId }: MapProps) {
  const say = useSay()
  const [ref, width] = useWidth<HTMLDivElement>(280)
  const drawn = useMemo(() => {
    const [left, top] = [Math.min(...tiles.map(({ col }) => col)), Math.min(...tiles.map(({ row }) => row))]
    return tiles.map(tile => ({ ...tile, col: tile.col - left, row: tile.row - top, group: tile.district }))
  }, [tiles])
  const at = Map.groupBy(sessions, ({ place }) => place)
  const marked = drawn.filter(({ code }) => at.has(code))
  if (marked.length === 0)
    return (
      <section className="plan-map">
        <h2 className="small-head">{say('plan-map-title')}</h2>
        <p className="quiet">{say('plan-map-none')}</p>
      </section>
    )
  const columns = Math.max(...drawn.map(({ col }) => col)) + 1
  const rows = Math.max(...drawn.map(({ row }) => row)) + 1
  const size = Math.max(6, Math.min(24, Math.floor((width - 2) / columns)))
  return (
    <section className="plan-map" ref={ref}>
      <h2 className="small-head">{say('plan-map-title')}</h2>
      {/* biome-ignore lint/a11y/useSemanticElements: an svg takes no fieldset */}
      <svg
        width={columns * size + 2}
        height={rows * size + 2}
        role="group"
        aria-label={say('plan-map-label', { n: marked.length })}
      >
        <g transform="translate(1 1)">
          {drawn.map(({ code, col, row }) => (
            <rect
              key={code}
              className="plan-tile"
              x={col * size + 0.5}
              y={row * size + 0.5}
              width={size - 1}
              height={size - 1}
            />
          ))}
          <path className="outline" d={outlineOf(drawn, size)} />
          {marked.map(({ code, name, col, row }) => {
            const here = at.get(code) ?? []
            const [first] = here
            const people = here.reduce((sum, one) => sum + one.people, 0)
            const told = say('plan-map-tile', { name, n: here.length, people: numberText(people) })
            const isChosen = chosen?.place === code
            return (
              <a
                key={code}
                href={planAt({ pa: planId, tuan: monday, buoi: first?.id })}
                aria-label={told}
                tabIndex={-1}
                onClick={event => {
                  event.preventDefault()
                  goTo(planAt({ pa: planId, tuan: monday, buoi: first?.id }))
                }}
              >
                <title>{told}</title>
                {isChosen && (
                  <rect
                    className="plan-here"
                    x={col * size - 1}
                    y={row * size - 1}
                    width={size + 2}
                    height={size + 2}
                  />
                )}
                <Mark
                  kind={first ? kindOf(first) : 'capture'}
                  x={(col + 0.5) * size}
                  y={(row + 0.5) * size}
                  size={size}
                />
              </a>
            )
          })}
        </g>
      </svg>
    </section>
  )
}

/** A square captures, a circle activates, a triangle raises. */
function Mark({ kind, x, y, size }: { kind: ReturnType<typeof kindOf>; x: number; y: number; size: number }) {
  const r = Math.max(2.5, size / 3.4)
  if (kind === 'activation') return <circle className="plan-mark activation" cx={x} cy={y} r={r} />
  if (kind === 'raising')
    return <path className="plan-mark raising" d={`M${x - r} ${y + r} L${x + r} ${y + r} L${x} ${y - r} Z`} />
  return <rect className="plan-mark capture" x={x - r} y={y - r} width={r * 2} height={r * 2} />
}
