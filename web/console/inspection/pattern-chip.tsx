import { Chip } from '../../parts/chip.tsx'
import { useSay } from '../base/language.tsx'
import { askedMark, type OfficerRow, ruleMarks } from './inspection.ts'

/** What stands out of an officer, in one chip; once everything was asked it waits for an answer. */
export function PatternChip({ patterns }: { patterns: OfficerRow['patterns'] }) {
  const say = useSay()
  const order = patterns.toSorted(
    (a, b) => Number(ruleMarks[b.rule].kind === 'late') - Number(ruleMarks[a.rule].kind === 'late'),
  )
  const [first, second] = order
  if (!first) return null
  const isAsked = patterns.every(({ state }) => state !== 'open')
  const { kind, icon } = ruleMarks[first.rule]
  const words = [first, ...(second ? [second] : [])].map(({ rule, count }) => say(`chip-${rule}`, { n: count }))
  const more = patterns.length > 2 ? ` ${say('chip-more', { n: patterns.length - 2 })}` : ''
  return (
    <Chip kind={isAsked ? 'moving' : kind} icon={isAsked ? askedMark : icon}>
      {words.join(', ')}
      {more}
    </Chip>
  )
}
