import { rowOutcomes } from '../../../src/rolls/roll.ts'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import type { Roll } from '../review/roll.ts'

/** The four outcomes as lengths of one bar; they sum to the rows that were read. */
export function OutcomeBar({ roll: { counts } }: { roll: Roll }) {
  const say = useSay()
  const told = rowOutcomes.map(outcome => `${say(`outcome-${outcome}`)} ${numberText(counts[outcome])}`).join(', ')
  return (
    <div className="outcomes" role="img" aria-label={told}>
      {rowOutcomes
        .filter(outcome => counts[outcome] > 0)
        .map(outcome => (
          <span key={outcome} className={`outcome-${outcome}`} style={{ flexGrow: counts[outcome], flexBasis: 0 }} />
        ))}
    </div>
  )
}
