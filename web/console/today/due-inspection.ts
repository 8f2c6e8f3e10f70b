import { inspectionOverview, myQuestions } from '../../../src/inspection/contract.ts'
import { dayInYearText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { inspectionAt } from '../inspection/inspection.ts'
import { useMay } from '../shell/session.tsx'
import type { DueItem } from './due-item.ts'

/** What auditors ask this officer; and for an auditor, what stands out and nobody has explained. */
export function useInspectionDue() {
  const all = [useQuestionsDue(), usePatternsDue()]
  return {
    items: all.flatMap(({ items }) => items),
    error: all.find(({ error }) => error)?.error ?? null,
    waiting: all.some(({ waiting }) => waiting),
  }
}

function useQuestionsDue() {
  const say = useSay()
  const { data, error, isLoading } = useAsk(myQuestions, {})
  const waiting = data?.questions.filter(({ answer }) => !answer) ?? []
  const [first] = waiting
  const item: DueItem = {
    key: 'inspection-questions',
    when: first?.due ?? 'undated',
    until: first ? dayInYearText(first.dueOn) : '',
    count: waiting.length,
    what: say('due-inspection'),
    about: say('due-inspection-about'),
    to: at('/hom-nay/cau-hoi'),
    deed: say('due-inspection-do'),
  }
  return { items: first ? [item] : [], error, waiting: isLoading }
}

function usePatternsDue() {
  const say = useSay()
  const { data, error, isLoading } = useAsk(inspectionOverview, { query: {} }, { when: useMay('audit.ask') })
  const count = data?.rules.reduce((sum, { patterns }) => sum + patterns, 0) ?? 0
  const item: DueItem = {
    key: 'inspection-patterns',
    when: 'undated',
    until: '',
    count,
    what: say('due-patterns'),
    about: say('due-patterns-about'),
    to: inspectionAt(),
    deed: say('due-patterns-do'),
  }
  return { items: count > 0 ? [item] : [], error, waiting: isLoading }
}
