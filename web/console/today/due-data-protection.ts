import { listBreaches } from '../../../src/data-protection/breaches/contract.ts'
import { countDataRequests } from '../../../src/data-protection/requests/contract.ts'
import { dayInYearText, instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { breachesPath, requestsAt } from '../data-protection/search.ts'
import { useMay } from '../shell/session.tsx'
import type { DueItem } from './due-item.ts'

/** What people ask about their own data, and breaches whose 72 hours run: of who answers, and of their superiors. */
export function useDataProtectionDue() {
  const all = [useRequestsDue(), useBreachesDue()]
  return {
    items: all.flatMap(({ items }) => items),
    error: all.find(({ error }) => error)?.error ?? null,
    waiting: all.some(({ waiting }) => waiting),
  }
}

function useRequestsDue() {
  const say = useSay()
  const { data, error, isLoading } = useAsk(countDataRequests, {}, { when: useMay('protection.answer') })
  const { open = 0, overdue = 0, soon = 0, toAcknowledge = 0, nextOn } = data ?? {}
  const groups = [
    { name: 'overdue', when: 'overdue', count: overdue },
    { name: 'soon', when: 'today', count: soon },
    { name: 'later', when: 'later', count: open - overdue - soon },
  ] as const
  const first = groups.find(({ count }) => count > 0)?.name
  const items = groups
    .filter(({ count }) => count > 0)
    .map(
      ({ name, when, count }): DueItem => ({
        key: `data-requests-${name}`,
        when,
        // The soonest last day is that of the first group there is.
        until: name === first && nextOn ? dayInYearText(nextOn) : '',
        count,
        what: say(`due-data-requests-${name}`),
        about: toAcknowledge > 0 ? say('due-data-requests-about', { n: toAcknowledge }) : '',
        to: requestsAt(),
        deed: say('due-data-requests-do'),
      }),
    )
  return { items, error, waiting: isLoading }
}

function useBreachesDue() {
  const say = useSay()
  const { data, error, isLoading } = useAsk(listBreaches, {}, { when: useMay('protection.breaches') })
  const { count = 0, overdue = 0, nextBy } = data?.unnotified ?? {}
  const item: DueItem = {
    key: 'breaches',
    when: overdue > 0 ? 'overdue' : 'today',
    until: nextBy ? instantText(nextBy).dayInYear : '',
    count,
    what: say('due-breaches'),
    about: nextBy ? say('due-breaches-about', instantText(nextBy)) : '',
    to: breachesPath,
    deed: say('due-breaches-do'),
  }
  return { items: count > 0 ? [item] : [], error, waiting: isLoading }
}
