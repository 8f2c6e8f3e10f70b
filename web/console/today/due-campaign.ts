import { directiveDuties } from '../../../src/campaign/directives/contract.ts'
import { dayInYearText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { type CampaignSearch, type FunnelAnswer, peopleAt, type QuickSheet, type Step } from '../campaign/search.ts'
import { reportsAt } from '../reports/search.ts'
import { useMay, useToday } from '../shell/session.tsx'
import type { DueItem } from './due-item.ts'
import { useFirstCampaign } from './first-campaign.ts'

const named = 3

/** Units below that entered nothing today, by name as far as there is room. */
function silentItem(say: Say, sheet: QuickSheet, of: CampaignSearch): DueItem[] {
  const silent = sheet.below.filter(row => row.silent).map(({ unit }) => unit.name)
  if (silent.length === 0) return []
  const more = silent.length - named
  return [
    {
      key: 'silent',
      when: 'today',
      until: '',
      count: silent.length,
      what: say('due-silent'),
      about: [...silent.slice(0, named), ...(more > 0 ? [say('more-filters', { n: more })] : [])].join(', '),
      to: reportsAt(of),
      deed: say('due-silent-do'),
    },
  ]
}

const waitingSteps = [
  { step: 'card-handed-over', what: 'due-hand-over' },
  { step: 'account-activated', what: 'due-activate' },
] as const satisfies readonly { step: Step; what: string }[]

/** Cards that wait to be handed over, and accounts that wait to be activated: each with its people. */
const waitingItems = (say: Say, { ways }: FunnelAnswer, of: CampaignSearch, title: string): DueItem[] =>
  waitingSteps.flatMap(({ step, what }) => {
    const reached = ways.flatMap(({ steps }) => steps).find(({ metric }) => metric === step)
    const count = reached?.listed ?? reached?.stopped ?? 0
    if (count <= 0) return []
    return [
      {
        key: step,
        when: 'undated',
        until: '',
        count,
        what: say(what),
        about: say('due-campaign-about', { title }),
        to: peopleAt({ ...of, cs: step, kieu: 'stopped' }),
        deed: say('due-open-list'),
      },
    ]
  })

export function useCampaignDue() {
  const say = useSay()
  const mayList = useMay('campaign.lists')
  const { campaign, sheet, funnel, error, waiting } = useFirstCampaign()
  const of: CampaignSearch = { cd: campaign?.id }
  const items = [
    ...(sheet ? silentItem(say, sheet, of) : []),
    ...(funnel && campaign && mayList ? waitingItems(say, funnel, of, campaign.title) : []),
  ]
  return { items, error, waiting }
}

/** Directives that one's unit still owes something on, by the clock. */
export function useDirectivesDue() {
  const say = useSay()
  const today = useToday()
  const { data, error, isLoading } = useAsk(directiveDuties, {}, { when: useMay('directives.answer') })
  const mine = data?.mine
  const count = mine ? mine.toAcknowledge + mine.toAnswer : 0
  const nextOn = mine?.nextOn
  const item: DueItem = {
    key: 'directives',
    when: mine?.overdue ? 'overdue' : nextOn === undefined ? 'undated' : nextOn <= today ? 'today' : 'later',
    until: nextOn ? dayInYearText(nextOn) : '',
    count,
    what: say('due-directives'),
    about: say('due-directives-about', { n: mine?.unread ?? 0, answers: mine?.toAnswer ?? 0 }),
    to: at('/chien-dich/chi-dao'),
    deed: say('due-directives-do'),
  }
  return { items: count > 0 ? [item] : [], error, waiting: isLoading }
}
