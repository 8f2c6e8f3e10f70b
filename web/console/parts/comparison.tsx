import { ArrowLeftRight, Check, type LucideIcon, PenLine, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { differing, differingDays, inWords, isSwapped, type Pair, type Stretch } from '../differing.ts'
import { useSay } from '../language.tsx'
import { Chip, type ChipKind } from './chip.tsx'
import { PersonNumber } from './person-number.tsx'

export type ComparedField = {
  readonly label: string
  readonly left: string | undefined
  readonly right: string | undefined
  readonly kind?: 'text' | 'day' | 'number'
  /** What the two amount to, where more is known than their letters tell. */
  readonly verdict?: { readonly kind: ChipKind; readonly said: string; readonly icon?: LucideIcon }
}

const Marked = ({ side }: { side: readonly Stretch[] }) =>
  // biome-ignore lint/suspicious/noArrayIndexKey: stretches of one value
  side.map(({ text, differs }, at) => (differs ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>))

const pairOf = (kind: ComparedField['kind'], left: string, right: string): Pair =>
  kind === 'day' ? differingDays(left, right) : differing(left, right)

/** Marks in one word help; where nearly all differs they would hide the value. */
const helps = ({ left, right }: Pair) => [left, right].some(side => side.some(({ differs }) => !differs))

function Values({ field }: { field: ComparedField }) {
  const say = useSay()
  const { left, right, kind } = field
  const missing = <span className="quiet">{say('not-given')}</span>
  if (!left || !right || left === right) {
    const shown = (value: string | undefined): ReactNode =>
      !value ? missing : kind === 'number' && value.length === 12 ? <PersonNumber number={value} /> : value
    return (
      <>
        <td className="value first">{shown(left)}</td>
        <td className="value">{shown(right)}</td>
      </>
    )
  }
  const pair = pairOf(kind, left, right)
  return (
    <>
      <td className="value first">{helps(pair) ? <Marked side={pair.left} /> : left}</td>
      <td className="value">{helps(pair) ? <Marked side={pair.right} /> : right}</td>
    </>
  )
}

function Verdict({ field }: { field: ComparedField }) {
  const say = useSay()
  const { left, right, kind, verdict } = field
  if (verdict)
    return (
      <Chip kind={verdict.kind} {...(verdict.icon && { icon: verdict.icon })}>
        {verdict.said}
      </Chip>
    )
  if (!left || !right) return <Chip kind="not-begun">{say('compare-missing')}</Chip>
  if (left === right)
    return (
      <Chip kind="done" icon={Check}>
        {say('compare-same')}
      </Chip>
    )
  if (kind === 'day' && isSwapped(left, right))
    return (
      <Chip kind="waiting" icon={ArrowLeftRight}>
        {say('compare-swapped')}
      </Chip>
    )
  return (
    <Chip kind="waiting" icon={kind === 'number' ? TriangleAlert : PenLine}>
      {say('compare-differs')}
      <span className="unseen">: {inWords(pairOf(kind, left, right))}</span>
    </Chip>
  )
}

/** Fields as rows, sources as columns, the verdict at the right; only differing letters are marked. */
export function Comparison({
  caption,
  sources,
  fields,
}: {
  caption: string
  sources: readonly [string, string]
  fields: readonly ComparedField[]
}) {
  const say = useSay()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={caption} tabIndex={0}>
      <table className="comparison">
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{sources[0]}</th>
            <th scope="col">{sources[1]}</th>
            <th scope="col">{say('compare')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(field => (
            <tr key={field.label}>
              <th scope="row">{field.label}</th>
              <Values field={field} />
              <td>
                <Verdict field={field} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
