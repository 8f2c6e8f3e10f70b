import { Chip } from '../../parts/chip.tsx'
import { dayInYearText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import type { Addressee, Step } from './directive.ts'

type Standing = { readonly due: Addressee['due']; readonly step: Step; readonly dueOn: string }

/**
 * How a unit stands to a directive: overdue before all, then how far it has come; what is closed or superseded urges
 * nobody.
 */
export function DirectiveChip({ due, step, dueOn }: Standing) {
  const say = useSay()
  if (due === 'done') return <Chip kind="done">{say(`directive-step-${step}`)}</Chip>
  if (due === 'closed') return <Chip kind="not-begun">{say(`directive-step-${step}`)}</Chip>
  if (due === 'overdue') return <Chip kind="late">{say('directive-late', { day: dayInYearText(dueOn) })}</Chip>
  if (step === 'unread') return <Chip kind="waiting">{say('directive-step-unread')}</Chip>
  return <Chip kind="moving">{say(`directive-step-${step}`)}</Chip>
}
