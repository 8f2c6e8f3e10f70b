import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { listFollowUps } from '../../../src/follow-ups/contract.ts'
import { call } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useLanguage } from '../base/language.tsx'
import { WideNumberedTable } from '../papers/numbered-table.tsx'
import { PaperPage } from '../papers/paper-page.tsx'
import { State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { useToday, useUnitName } from '../shell/session.tsx'
import { asFollowUpQuery, type FollowUp, type FollowUpSearch, followUpsAt } from './follow-up.ts'
import { useOwner } from './follow-ups-page.tsx'

/** More than this is no list for a hand. */
const most = 2000
const pageOf = 200

async function everything(search: FollowUpSearch, signal: AbortSignal) {
  const query = asFollowUpQuery(search)
  const rows: FollowUp[] = []
  for (;;) {
    const page = await call(listFollowUps, { query: { ...query, offset: rows.length, limit: pageOf }, signal })
    rows.push(...page.followUps)
    if (rows.length >= page.total || page.followUps.length === 0) return rows
    if (rows.length > most) return undefined
  }
}

/** Follow-ups on A4, the soonest due first: about whom, what, where, why, and room for what came of it. */
export function FollowUpsPaperPage() {
  const { say, language } = useLanguage()
  const unit = useUnitName()
  const today = useToday()
  const search = useSearch({ from: '/ra-soat/viec/in' })
  const owner = useOwner(search)
  const asked = { ...search, ai: owner }
  const { data, error, refetch, isPending } = useQuery({
    queryKey: [listFollowUps.path, 'paper', asked],
    queryFn: async ({ signal }) => ({ rows: await everything(asked, signal) }),
  })
  const rows = data?.rows
  const school = search.truong || search.danhsach ? rows?.[0]?.scope.name : undefined
  const lines = rows
    ? [
        `${unit}. ${say('as-of', { day: dayText(today) })}`,
        ...(school ? [say('follow-ups-of-school', { school })] : []),
        say('follow-ups-count', { n: numberText(rows.length) }),
      ]
    : []
  return (
    <PaperPage
      title={say(owner ? `follow-ups-paper-${owner}` : 'follow-ups')}
      lines={lines}
      back={{ to: followUpsAt(search), text: say('back-to-list') }}
      error={error}
      retry={() => void refetch()}
      reading={isPending ? say('follow-ups-reading') : undefined}
      instead={data && !rows && <State so={say('paper-too-long', { n: numberText(most) })} />}
    >
      <WideNumberedTable
        label={say('follow-ups')}
        rows={rows ?? []}
        keyOf={({ id }) => id}
        ticked
        columns={[
          { head: say('full-name'), cell: ({ name }) => <Name name={name} /> },
          { head: say('follow-up-what'), cell: ({ what }) => what[language] },
          {
            head: say('follow-up-where'),
            cell: ({ scope, part }) => [scope.name, part].filter(Boolean).join(', '),
            isFigures: true,
          },
          { head: say('follow-up-why'), cell: ({ why }) => why[language] },
          { head: say('follow-up-due'), cell: ({ dueOn }) => dayText(dueOn) },
        ]}
      />
    </PaperPage>
  )
}
