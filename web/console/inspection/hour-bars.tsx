import { useSay } from '../base/language.tsx'

const [width, height] = [168, 26]
const bar = width / 24

type Props = { readonly hours: readonly number[]; readonly night: { readonly from: number; readonly until: number } }

const isNight = (hour: number, { from, until }: Props['night']) =>
  from > until ? hour >= from || hour < until : hour >= from && hour < until

/** Readings by the hour: night shaded, the highest bar of each officer the same. Said in words too. */
export function HourBars({ hours, night }: Props) {
  const say = useSay()
  const most = Math.max(1, ...hours)
  const text = hours.flatMap((n, hour) => (n > 0 ? [say('inspection-hour-count', { hour, n })] : [])).join(', ')
  return (
    <svg
      className="hour-bars"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={say('inspection-hours-of', { text })}
    >
      <title>{text}</title>
      {hours.map((_, hour) =>
        isNight(hour, night) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
          <rect key={`n${hour}`} className="night" x={hour * bar} y={2} width={bar + 0.2} height={height - 3} />
        ) : null,
      )}
      {hours.map((n, hour) =>
        n > 0 ? (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
            key={hour}
            className={isNight(hour, night) ? 'at-night' : 'by-day'}
            x={hour * bar + 1}
            width={bar - 1.6}
            y={height - 1 - Math.max(2, (n / most) * (height - 4))}
            height={Math.max(2, (n / most) * (height - 4))}
          />
        ) : null,
      )}
      <line className="ground" x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
    </svg>
  )
}

/** The hours under which the bars stand. */
export const HourScale = () => (
  <span className="hour-scale figures" aria-hidden>
    {[0, 6, 12, 18, 24].map(hour => (
      <span key={hour}>{hour}</span>
    ))}
  </span>
)
