import { useParams } from '@tanstack/react-router'
import { showRoll } from '../../../src/rolls/contract.ts'
import { listReleasedNumbers } from '../../../src/rolls/releasing/contract.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { NumberedTable } from '../papers/numbered-table.tsx'
import { PaperPage } from '../papers/paper-page.tsx'
import { State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { useToday } from '../shell/session.tsx'
import { releasesAt } from './releases.ts'

/** The numbers that the police gave a school, on A4. */
export function ReleasesPaperPage() {
  const say = useSay()
  const today = useToday()
  const { id } = useParams({ from: '/ra-soat/$id/cap-so/in' })
  const roll = useAsk(showRoll, { params: { id } })
  const { data, error, refetch } = useAsk(listReleasedNumbers, { params: { id } })
  const title = say('releases-paper-title', { school: roll.data?.school.name ?? '' })
  const lines = [
    say('as-of', { day: dayText(today) }),
    ...(data ? [say('releases-count', { n: numberText(data.numbers.length) })] : []),
    say('releases-paper-care'),
  ]
  return (
    <PaperPage
      title={title}
      lines={lines}
      back={{ to: releasesAt(id), text: say('releases-given') }}
      error={error}
      retry={() => void refetch()}
      reading={data ? undefined : say('reading-list')}
    >
      {data?.numbers.length === 0 ? (
        <State so={say('releases-none')} />
      ) : (
        <NumberedTable
          rows={data?.numbers ?? []}
          keyOf={({ place }) => String(place)}
          columns={[
            { head: say('full-name'), cell: ({ name }) => <Name name={name} /> },
            { head: say('class'), cell: one => one.class ?? '' },
            { head: say('number'), cell: ({ number }) => number, isFigures: true },
            { head: say('releases-on'), cell: ({ releasedOn }) => dayText(releasedOn) },
          ]}
        />
      )}
    </PaperPage>
  )
}
