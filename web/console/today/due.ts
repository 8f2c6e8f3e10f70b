import { countFollowUps } from '../../../src/follow-ups/contract.ts'
import { followUpOwners } from '../../../src/follow-ups/follow-up.ts'
import { listCorrections } from '../../../src/register/corrections/contract.ts'
import { listCollections } from '../../../src/register/establishing/contract.ts'
import { listMerges } from '../../../src/register/merging/contract.ts'
import { listRolls } from '../../../src/rolls/contract.ts'
import { listReferredRows } from '../../../src/rolls/review/contract.ts'
import { listProposals } from '../../../src/staff/proposals/contract.ts'
import { dayInYearText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { followUpsAt } from '../follow-ups/follow-up.ts'
import { queueAt } from '../review/queue.ts'
import { rollAt } from '../review/roll.ts'
import { useMay, useSession } from '../shell/session.tsx'
import { useCampaignDue, useDirectivesDue } from './due-campaign.ts'
import { useCardsDue } from './due-cards.ts'
import { useDataProtectionDue } from './due-data-protection.ts'
import { useEnrolmentDue } from './due-enrolment.ts'
import { useInspectionDue } from './due-inspection.ts'
import type { DueItem } from './due-item.ts'

/** What waits for this officer, by the clock: overdue, today, soon, without a day. */
export function useDue(): {
  readonly due: readonly DueItem[]
  readonly error: Error | null
  readonly waiting: boolean
} {
  const corrections = useCorrectionsDue()
  const merges = useMergesDue()
  const collections = useCollectionsDue()
  const followUps = useFollowUpsDue()
  const held = useHeldRollsDue()
  const rolls = useRollsDue()
  const referred = useReferredDue()
  const directives = useDirectivesDue()
  const campaign = useCampaignDue()
  const enrolment = useEnrolmentDue()
  const cards = useCardsDue()
  const proposals = useProposalsDue()
  const inspection = useInspectionDue()
  const dataProtection = useDataProtectionDue()
  const all = [
    inspection,
    dataProtection,
    corrections,
    merges,
    enrolment,
    directives,
    followUps,
    cards,
    campaign,
    collections,
    proposals,
    referred,
    held,
    rolls,
  ]
  return {
    due: all.flatMap(({ items }) => items),
    error: all.find(({ error }) => error)?.error ?? null,
    waiting: all.some(({ waiting }) => waiting),
  }
}

function useCorrectionsDue() {
  const say = useSay()
  const may = useMay('register.decide')
  const { data, error, isLoading } = useAsk(listCorrections, { query: { which: 'to-decide' } }, { when: may })
  const items = (['overdue', 'today', 'later'] as const).flatMap((when): DueItem[] => {
    const those = data?.corrections.filter(({ due }) => due === when) ?? []
    const first = those[0]
    if (!first) return []
    return [
      {
        key: `corrections-${when}`,
        when,
        until: dayInYearText(first.dueOn),
        count: those.length,
        what: say(`due-corrections-${when}`),
        about: say('due-corrections-about'),
        to: at(those.length === 1 ? `/dan-cu/dinh-chinh/${first.id}` : '/dan-cu/dinh-chinh'),
        deed: say('open-files'),
      },
    ]
  })
  return { items, error, waiting: isLoading }
}

/** Records that another officer holds for one person's. */
function useMergesDue() {
  const say = useSay()
  const own = useSession().id
  const { data, error, isLoading } = useAsk(listMerges, { query: {} }, { when: useMay('register.decide') })
  const those = data?.merges.filter(({ proposedBy }) => proposedBy.id !== own) ?? []
  const first = those[0]
  const items: readonly DueItem[] = first
    ? [
        {
          key: 'merges',
          when: first.late ? 'overdue' : 'later',
          until: dayInYearText(first.dueOn),
          count: those.length,
          what: say('due-merges'),
          about: say('due-merges-about'),
          to: at(those.length === 1 ? `/dan-cu/hop-nhat/${first.id}` : '/dan-cu/hop-nhat'),
          deed: say('open-files'),
        },
      ]
    : []
  return { items, error, waiting: isLoading }
}

function useCollectionsDue() {
  const say = useSay()
  const may = useMay('register.establish')
  const { data, error, isLoading } = useAsk(listCollections, { query: {} }, { when: may })
  const count = data?.collections.length ?? 0
  const item: DueItem = {
    key: 'collections',
    when: 'undated',
    until: '',
    count,
    what: say('due-collections'),
    about: say('due-collections-about'),
    to: at('/dan-cu/lap-so'),
    deed: say('establish'),
  }
  return { items: count ? [item] : [], error, waiting: isLoading }
}

/** What another officer proposed about officers, and this one may accept. */
function useProposalsDue() {
  const say = useSay()
  const { data, error, isLoading } = useAsk(listProposals, {}, { when: useMay('staff.accept') })
  const count = data?.proposals.filter(({ mayAccept }) => mayAccept).length ?? 0
  const item: DueItem = {
    key: 'staff-proposals',
    when: 'undated',
    until: '',
    count,
    what: say('due-staff-proposals'),
    about: say('due-staff-proposals-about'),
    to: at('/quan-tri/de-nghi'),
    deed: say('due-staff-proposals-do'),
  }
  return { items: count ? [item] : [], error, waiting: isLoading }
}

/** Each side's follow-ups, by the clock; the ward's and the schools' to whoever can act on them. */
function useFollowUpsDue() {
  const say = useSay()
  const [mayDecide, mayImport] = [useMay('register.decide'), useMay('rolls.import')]
  const { data, error, isLoading } = useAsk(countFollowUps, { query: {} }, { when: useMay('rolls.read') })
  const items = (data?.counts ?? [])
    .flatMap(({ kind, owner, ...counts }) => {
      const whose = followUpOwners.find(one => one === owner)
      return kind === 'roll-defect' && whose ? [{ owner: whose, ...counts }] : []
    })
    .filter(({ owner }) => (owner === 'ward' ? mayDecide : mayImport))
    .flatMap(({ owner, nextOn, ...counts }) =>
      (['overdue', 'today', 'later'] as const)
        .filter(when => counts[when] > 0)
        .map(
          (when): DueItem => ({
            key: `follow-ups-${owner}-${when}`,
            when,
            // The soonest last day is that of the first group there is.
            until:
              (when === 'overdue' || counts.overdue === 0) && (when !== 'later' || counts.today === 0)
                ? dayInYearText(nextOn)
                : '',
            count: counts[when],
            what: say(`due-follow-ups-${owner}`),
            about: say('due-follow-ups-about'),
            to: followUpsAt({ ai: owner }),
            deed: say('open-follow-ups'),
          }),
        ),
    )
  return { items, error, waiting: isLoading }
}

/** Rolls of strangers wait for an officer of the police, who accepts them or not. */
function useHeldRollsDue() {
  const say = useSay()
  const may = useMay('rolls.review')
  const { data, error, isLoading } = useAsk(listRolls, { query: { state: 'held' } }, { when: may })
  const items = (data?.rolls ?? []).map(
    ({ id, school, rows, heldFor }): DueItem => ({
      key: `held-${id}`,
      when: 'undated',
      until: '',
      count: rows,
      what: say(heldFor === 'unlike' ? 'due-unlike-roll' : 'due-held-roll', { school: school.name }),
      about: say(heldFor === 'unlike' ? 'due-unlike-roll-about' : 'due-held-roll-about'),
      to: rollAt(id),
      deed: say(heldFor === 'unlike' ? 'due-unlike-roll-do' : 'due-held-roll-do'),
    }),
  )
  return { items, error, waiting: isLoading }
}

function useReferredDue() {
  const say = useSay()
  const may = useMay('rolls.review')
  const { data, error, isLoading } = useAsk(listReferredRows, { query: { which: 'to-me' } }, { when: may })
  const count = data?.rows.length ?? 0
  const item: DueItem = {
    key: 'referred',
    when: 'undated',
    until: '',
    count,
    what: say('due-referred'),
    about: say('due-referred-about'),
    to: queueAt({ nhom: 'to-me' }),
    deed: say('due-referred-do'),
  }
  return { items: count ? [item] : [], error, waiting: isLoading }
}

function useRollsDue() {
  const say = useSay()
  const may = useMay('rolls.review')
  const { data, error, isLoading } = useAsk(listRolls, { query: { inForce: true, state: 'reconciled' } }, { when: may })
  const items = (data?.rolls ?? [])
    .filter(({ counts }) => counts.review > 0)
    .map(
      ({ id, school, counts, schoolYear }): DueItem => ({
        key: id,
        when: 'undated',
        until: '',
        count: counts.review,
        what: say('due-rolls', { school: school.name }),
        about: say('school-year', { year: schoolYear }),
        to: at(`/ra-soat/${id}`),
        deed: say('review-on'),
      }),
    )
  return { items, error, waiting: isLoading }
}
