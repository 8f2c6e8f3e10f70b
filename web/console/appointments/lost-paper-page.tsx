import { useSearch } from '@tanstack/react-router'
import { showCounterDay } from '../../../src/planning/queue/contract.ts'
import { parseDay } from '../../../src/platform/day.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { NumberedTable } from '../papers/numbered-table.tsx'
import { PaperPage } from '../papers/paper-page.tsx'
import { State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { useToday } from '../shell/session.tsx'
import { appointmentsAt } from './search.ts'

/** For whoever goes to families without a phone: who lost which hour, the hour instead, their home, a box to tick. */
export function LostPaperPage() {
  const say = useSay()
  const today = useToday()
  const { noi = '', ngay } = useSearch({ from: '/lich-luu-dong/lich-hen/in' })
  const day = (ngay && parseDay(ngay)) || today
  const { data, error } = useAsk(showCounterDay, { params: { id: noi, day } }, { when: noi !== '' })
  const lost = (data?.lost ?? []).filter(({ isTold }) => !isTold)
  return (
    <PaperPage
      title={say('lost-paper-title', { day: dayText(day) })}
      lines={data ? [data.counter.name, say('lost-paper-count', { n: numberText(lost.length) })] : []}
      back={{ to: appointmentsAt({ noi, ngay }), text: say('appointments-link') }}
      error={error}
      reading={data ? undefined : say('appointments-reading')}
      instead={data && lost.length === 0 && <State so={say('lost-paper-none')} />}
      signs={[say('lost-paper-signed')]}
    >
      <NumberedTable
        rows={lost}
        keyOf={({ id }) => id}
        columns={[
          { head: say('full-name'), cell: ({ name }) => <Name name={name} /> },
          { head: say('lost-home'), cell: ({ home }) => home ?? '' },
          { head: say('lost-hour'), cell: ({ startsAt, ticket }) => `${startsAt}, ${ticket}`, isFigures: true },
          {
            head: say('lost-instead'),
            cell: ({ next }) => (next ? `${next.startsAt}, ${dayText(next.day)}, ${next.ticket}` : say('lost-choose')),
            isFigures: true,
          },
        ]}
        ticked
      />
    </PaperPage>
  )
}
