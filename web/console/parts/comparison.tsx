import { ArrowLeftRight, Check, type LucideIcon, PenLine, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { differing, differingDays, inWords, isSwapped, type Pair, type Stretch } from '../base/differing-letters.ts'
import { useSay } from '../base/language.tsx'
import { PersonNumber } from './person-number.tsx'

type Span = readonly [from: number, to: number]

export type ComparedField = {
  readonly label: string
  readonly left: string | undefined
  readonly right: string | undefined
  readonly kind?: 'text' | 'day' | 'number'
  /** The letters that differ as the house found them, [from, to) in each; without it they are found here. */
  readonly marks?: { readonly left: readonly Span[]; readonly right: readonly Span[] }
  /** What the two amount to, where more is known than their letters tell. */
  readonly verdict?: { readonly kind: ChipKind; readonly said: string; readonly icon?: LucideIcon | undefined }
}

/** Where a personal number is parted: 3, 1, 2 and 6 digits. */
const groupEnds = [3, 4, 6] as const

/** The stretches of a twelve-digit number cut at its groups; `gap` stands before a group. */
function inGroups(side: readonly Stretch[]): (Stretch & { readonly gap?: boolean })[] {
  if (!/^\d{12}$/.test(side.map(({ text }) => text).join(''))) return [...side]
  let place = 0
  return side.flatMap(({ text, differs }) => {
    const cut: (Stretch & { gap?: boolean })[] = []
    for (const digit of text) {
      const begins = groupEnds.some(end => end === place)
      const last = cut.at(-1)
      if (last && !begins) cut[cut.length - 1] = { ...last, text: last.text + digit }
      else cut.push({ text: digit, differs, ...(begins && { gap: true }) })
      place++
    }
    return cut
  })
}

const Marked = ({ side }: { side: readonly Stretch[] }) =>
  inGroups(side).map(({ text, differs, gap }, at) => {
    const Tag = differs ? 'mark' : 'span'
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: stretches of one value
      <Tag key={at} className={gap ? 'gap' : undefined}>
        {text}
      </Tag>
    )
  })

/** A text cut at the spans that differ. */
function stretchesOf(text: string, spans: readonly Span[]): Stretch[] {
  const stretches: Stretch[] = []
  let at = 0
  for (const [from, to] of spans) {
    stretches.push({ text: text.slice(at, from), differs: false }, { text: text.slice(from, to), differs: true })
    at = to
  }
  return [...stretches, { text: text.slice(at), differs: false }].filter(stretch => stretch.text !== '')
}

function pairOf({ kind, marks }: ComparedField, left: string, right: string): Pair {
  if (marks) return { left: stretchesOf(left, marks.left), right: stretchesOf(right, marks.right) }
  return kind === 'day' ? differingDays(left, right) : differing(left, right)
}

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
  const pair = pairOf(field, left, right)
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
      <span className="unseen">: {inWords(pairOf(field, left, right))}</span>
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
