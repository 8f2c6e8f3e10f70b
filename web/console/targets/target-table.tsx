import type { ReactNode } from 'react'
import type { targetTree } from '../../../src/campaign/targets/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Go } from '../parts/place-link.tsx'

export type Targets = Answer<typeof targetTree>
export type TargetsOfUnit = Targets['whole']

/** A unit and those right below it: value, batches and versions, what is not handed down. */
export function TargetTable({
  whole,
  below,
  unitAt,
}: Omit<Targets, 'day' | 'metric'> & { unitAt: (id: string) => string }) {
  const say = useSay()
  const hasOver = [whole, ...below].some(({ over }) => over > 0)
  const heads = [
    'targets-value',
    'targets-people',
    'targets-done',
    ...(hasOver ? (['targets-over'] as const) : []),
    'targets-handed',
    'targets-left',
    'targets-population',
  ] as const
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={say('targets-title')} tabIndex={0}>
      <table className="plain-table targets-table">
        <thead>
          <tr>
            <th scope="col">{say('unit')}</th>
            {heads.map(head => (
              <th scope="col" className="end" key={head}>
                {say(head)}
              </th>
            ))}
            <th scope="col">{say('targets-batches')}</th>
          </tr>
        </thead>
        <tbody>
          <Line targets={whole} name={<b>{whole.unit.name}</b>} hasBelow={below.length > 0} hasOver={hasOver} />
          {below.map(one => (
            <Line
              key={one.unit.id}
              targets={one}
              name={<Go to={unitAt(one.unit.id)}>{one.unit.name}</Go>}
              hasBelow={one.unit.level !== 'commune'}
              hasOver={hasOver}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

type LineProps = {
  readonly targets: TargetsOfUnit
  readonly name: ReactNode
  readonly hasBelow: boolean
  readonly hasOver: boolean
}

function Line({ targets, name, hasBelow, hasOver }: LineProps) {
  const say = useSay()
  const { value, handedDown, notHandedDown, population, people, done, over } = targets
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="end">
        {value === null ? <span className="quiet">{say('targets-no-value')}</span> : <b>{numberText(value)}</b>}
      </td>
      <td className="end">{people === null ? '' : numberText(people)}</td>
      <td className="end">{done === null ? '' : numberText(done)}</td>
      {hasOver && <td className="end">{over > 0 && <span className="late-text">{numberText(over)}</span>}</td>}
      <td className="end">{hasBelow ? numberText(handedDown) : ''}</td>
      <td className="end">
        {hasBelow && value !== null ? (
          <span className={notHandedDown ? 'late-text' : ''}>{numberText(notHandedDown)}</span>
        ) : (
          ''
        )}
      </td>
      <td className="end">{numberText(population)}</td>
      <td>
        <Batches targets={targets} />
      </td>
    </tr>
  )
}

function Batches({ targets: { batches } }: { targets: TargetsOfUnit }) {
  const say = useSay()
  return (
    <ul className="batches">
      {batches.map(({ batch, value, version, assignedOn, dueOn, issuedBy, aboveReason }) => (
        <li key={batch}>
          {say('targets-batch-line', { batch, n: numberText(value), due: dayText(dueOn) })}
          <span className="small">
            {version > 1 && ` · ${say('targets-version', { n: version })}`} ·{' '}
            {say('targets-by', { who: issuedBy, day: dayText(assignedOn) })}
            {aboveReason && ` · ${say('targets-above-reason', { reason: aboveReason })}`}
          </span>
        </li>
      ))}
    </ul>
  )
}
