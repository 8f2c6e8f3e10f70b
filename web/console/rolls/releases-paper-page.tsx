import { useParams } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { showRoll } from '../../../src/rolls/contract.ts'
import { listReleasedNumbers } from '../../../src/rolls/releasing/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { NumberedTable } from '../shell/numbered-table.tsx'
import { Page } from '../shell/page.tsx'
import { PrintedBy } from '../shell/printed-by.tsx'
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
    <Page
      title={title}
      standing={lines.map(line => <p key={line}>{line}</p>)}
      foot={
        <>
          <Button look={['primary', 'wide']} icon={Printer} onPress={() => print()}>
            {say('print-a4')}
          </Button>
          <Go className="exit" to={releasesAt(id)}>
            {say('releases-given')}
          </Go>
        </>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data?.numbers.length === 0 && <State so={say('releases-none')} />}
      {!!data?.numbers.length && (
        <>
          <PrintedBy title={title} lines={lines} />
          <NumberedTable
            rows={data.numbers}
            keyOf={({ place }) => String(place)}
            columns={[
              { head: say('full-name'), cell: ({ name }) => <Name name={name} /> },
              { head: say('number'), cell: ({ number }) => number, isFigures: true },
              { head: say('releases-on'), cell: ({ releasedOn }) => dayText(releasedOn) },
            ]}
          />
        </>
      )}
    </Page>
  )
}
