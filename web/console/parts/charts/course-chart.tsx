import { useId } from 'react'
import { dayMarkText, numberText } from '../../../parts/formats.ts'
import { useSay } from '../../base/language.tsx'
import { useWidth } from '../use-width.ts'
import { gridOf, monthsOf, type Point, type Scale, scaleOf } from './course-scale.ts'

export type CourseChartProps = {
  /** Day by day, the oldest first; at least one. */
  readonly days: readonly Point[]
  /** Where the plan of the batches stands on their due days. */
  readonly plan: readonly Point[]
  readonly target: number | null
  readonly dueOn: string | null
  readonly forecast: { readonly low: number; readonly mid: number; readonly high: number } | null
  readonly neededPerDay: number | null
  /** The whole of it in words, for who does not see it. */
  readonly told: string
}

const dm = dayMarkText
const room = { top: 12, bottom: 26 } as const

/**
 * Progress against the target: what was, what was planned, what would be needed, and what the pace promises. Form
 * first, hue second.
 */
export function CourseChart(props: CourseChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>(640)
  const narrow = width < 480
  const right = narrow ? 4 : 92
  const height = narrow ? 210 : 206
  const plot = { w: Math.max(120, width - right - 8), h: height - room.top - room.bottom }
  const scale = scaleOf({ ...props, high: props.forecast?.high ?? null }, plot.w, plot.h)
  return (
    <div ref={ref} className="course">
      <svg width={width} height={height} role="img" aria-label={props.told}>
        <g transform={`translate(8 ${room.top})`}>
          <Grid scale={scale} plot={plot} />
          <Lines {...props} scale={scale} />
          <Labels {...props} scale={scale} plot={plot} narrow={narrow} />
        </g>
      </svg>
      {narrow && <Ends {...props} />}
    </div>
  )
}

type Drawn = CourseChartProps & { readonly scale: Scale }
type Plot = { readonly w: number; readonly h: number }

function Grid({ scale: { x, y, first, last, top }, plot }: { scale: Scale; plot: Plot }) {
  const months = monthsOf(first, last, Math.floor(plot.w / 90)).filter(day => x(last) - x(day) > 44 || day === last)
  return (
    <g>
      {gridOf(top).map(value => (
        <g key={value}>
          <line className="grid-line" x1={0} x2={plot.w} y1={y(value)} y2={y(value)} />
          <text className="axis" x={0} y={y(value) - 4}>
            {numberText(value)}
          </text>
        </g>
      ))}
      <line className="base" x1={0} x2={plot.w} y1={plot.h} y2={plot.h} />
      {months.map(day => (
        <text key={day} className="axis" x={x(day)} y={plot.h + 18} textAnchor={x(day) < 16 ? 'start' : 'middle'}>
          {dm(day)}
        </text>
      ))}
      <text className="axis last" x={plot.w} y={plot.h + 18} textAnchor="end">
        {dm(last)}
      </text>
    </g>
  )
}

const path = (points: readonly Point[], { x, y }: Scale) =>
  points.map(({ day, total }, at) => `${at ? 'L' : 'M'}${x(day).toFixed(1)} ${y(total).toFixed(1)}`).join('')

function Lines({ days, plan, target, dueOn, forecast, neededPerDay, scale }: Drawn) {
  const hatch = useId()
  const { x, y } = scale
  const now = days.at(-1)!
  const ahead = dueOn !== null && dueOn > now.day
  const due = dueOn ?? now.day
  return (
    <g>
      <defs>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" fill="#e4f0ed" />
          <rect width="1.6" height="5" fill="#4e958c" />
        </pattern>
      </defs>
      {target !== null && <line className="target-line" x1={0} x2={x(due)} y1={y(target)} y2={y(target)} />}
      {plan.length > 0 && (
        <path className="plan-line" d={path([{ day: days[0]!.day, total: days[0]!.total }, ...plan], scale)} />
      )}
      {forecast && ahead && (
        <>
          <path
            d={`M${x(now.day)} ${y(now.total)}L${x(due)} ${y(forecast.high)}L${x(due)} ${y(forecast.low)}Z`}
            fill={`url(#${hatch})`}
            className="band"
          />
          <line className="mid-line" x1={x(now.day)} y1={y(now.total)} x2={x(due)} y2={y(forecast.mid)} />
        </>
      )}
      {target !== null && ahead && !!neededPerDay && (
        <line className="needed-line" x1={x(now.day)} y1={y(now.total)} x2={x(due)} y2={y(target)} />
      )}
      <path className="done-line" d={path(days, scale)} />
      {plan.slice(0, -1).map(({ day, total }) => (
        <rect key={day} className="milestone" x={x(day) - 3} y={y(total) - 3} width={6} height={6} />
      ))}
      <circle className="now" cx={x(now.day)} cy={y(now.total)} r={4} />
    </g>
  )
}

function Labels({ plot, narrow, ...drawn }: Drawn & { plot: Plot; narrow: boolean }) {
  return (
    <g className="labels">
      {!narrow && <EndLabels {...drawn} plot={plot} />}
      <PaceLabels {...drawn} plot={plot} narrow={narrow} />
      <NowLabel {...drawn} plot={plot} />
    </g>
  )
}

/** At the right edge: the target, and both ends of the forecast. */
function EndLabels({ days, target, dueOn, forecast, scale: { y }, plot }: Drawn & { plot: Plot }) {
  const say = useSay()
  const ahead = dueOn !== null && dueOn > days.at(-1)!.day
  const x = plot.w + 8
  const yMid = forecast ? Math.max(y(forecast.mid), target === null ? 0 : y(target) + 40) - 8 : 0
  return (
    <>
      {target !== null && (
        <text x={x} y={y(target)}>
          <tspan>{say('course-target')}</tspan>
          <tspan className="strong" x={x} dy={15}>
            {numberText(target)}
          </tspan>
        </text>
      )}
      {forecast && ahead && (
        <text className="jade" x={x} y={yMid}>
          <tspan>{say('course-forecast')}</tspan>
          <tspan className="strong" x={x} dy={15}>
            {numberText(forecast.low)}
          </tspan>
          <tspan className="strong" x={x} dy={15}>
            –{numberText(forecast.high)}
          </tspan>
        </text>
      )}
    </>
  )
}

/**
 * What each day would have to bring, under its line where the forecast leaves it room; and the plan, before its last
 * milestone but one.
 */
function PaceLabels({
  days,
  plan,
  target,
  dueOn,
  forecast,
  neededPerDay,
  scale,
  plot,
  narrow,
}: Drawn & { plot: Plot; narrow: boolean }) {
  const say = useSay()
  const { x, y } = scale
  const now = days.at(-1)!
  const ahead = dueOn !== null && dueOn > now.day
  const yTarget = y(target ?? 0)
  const [from, to] = [x(now.day), x(dueOn ?? now.day)]
  const at = { x: from + (to - from) * 0.62, y: y(now.total) + (yTarget - y(now.total)) * 0.62 }
  const roomy = target !== null && forecast !== null && y(now.total + (forecast.high - now.total) * 0.62) - at.y > 40
  const before = plan[Math.min(1, plan.length - 2)]
  const milestones = plan.slice(0, -1).slice(0, 4)
  return (
    <>
      {ahead && !!neededPerDay && roomy && (
        <text
          className="late halo"
          x={Math.min(at.x + 8 + (narrow ? 120 : 140), plot.w - 2)}
          y={at.y + 22}
          textAnchor="end"
        >
          {say('course-needed', { n: numberText(neededPerDay) })}
        </text>
      )}
      {!narrow && before && x(before.day) > 200 && y(before.total) - yTarget > 18 && (
        <text className="quiet-text halo" x={x(before.day) - 12} y={y(before.total) - 4} textAnchor="end">
          {say('course-plan', { days: milestones.map(({ day }) => dm(day)).join(', ') })}
        </text>
      )}
    </>
  )
}

/**
 * Today's figure beside its point: below it, or above where the base is near, and to the left where there is no room at
 * the right.
 */
function NowLabel({ days, scale: { x, y }, plot }: Drawn & { plot: Plot }) {
  const say = useSay()
  const now = days.at(-1)!
  const from = x(now.day)
  const isLow = plot.h - y(now.total) < 26
  const isLeft = from > plot.w * 0.72 || (isLow && from > 150)
  return (
    <text
      className="strong halo"
      x={from + (isLeft ? -8 : 8)}
      y={y(now.total) + (isLow ? -10 : 18)}
      textAnchor={isLeft ? 'end' : 'start'}
    >
      {say('course-today', { n: numberText(now.total), day: dm(now.day) })}
    </text>
  )
}

/** On a phone the ends stand below the picture. */
function Ends({ target, forecast, dueOn }: CourseChartProps) {
  const say = useSay()
  return (
    <p className="small figures">
      {target !== null && say('ruler-target', { n: numberText(target) })}
      {forecast &&
        dueOn &&
        ` · ${say('ruler-forecast', {
          due: dm(dueOn),
          low: numberText(forecast.low),
          high: numberText(forecast.high),
        })}`}
    </p>
  )
}
