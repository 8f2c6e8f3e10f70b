import { Check } from 'lucide-react'
import { directiveDuties } from '../../../src/campaign/directives/contract.ts'
import { markNoticesSeen, myNotices } from '../../../src/inspection/notices/contract.ts'
import { deedWords } from '../../../src/inspection/words-deed.ts'
import { textIn } from '../../../src/platform/pages/html.ts'
import { listReferredRows } from '../../../src/rolls/review/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { instantText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Figure } from '../parts/figure.tsx'
import { Failed, Loading, RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { queueAt } from '../review/queue.ts'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { askedAt, noticeAt } from './notice.ts'

type Notices = Answer<typeof myNotices>

/** What came back to the officer, and what their unit was asked, since they last looked: kinds and links, no names. */
export function NoticesPage() {
  const say = useSay()
  const unit = useUnitName()
  const { data, error, refetch } = useAsk(myNotices, {})
  const seen = useDo(markNoticesSeen, [myNotices])
  const since = data?.seenUntil && instantText(data.seenUntil)
  return (
    <Page
      title={say('notices-title')}
      standing={
        data && (
          <>
            <p>{unit}</p>
            <p>{since ? say('notices-since', { time: since.time, day: since.day }) : say('notices-never')}</p>
          </>
        )
      }
      strip={[unit, say('notices-short')]}
      foot={
        data && (
          <Button
            look={['primary', 'wide']}
            icon={Check}
            onPress={() => seen.mutate({ body: { until: data.readAt } })}
            {...(seen.isPending && { disabled: true })}
          >
            {say('notices-seen')}
          </Button>
        )
      }
    >
      <RefusedNote error={seen.error} />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data && <Returned returned={data.returned} />}
      {data && <Asked asked={data.asked} />}
    </Page>
  )
}

/** A deed in words, as everywhere where deeds are told. */
function useDeedWords() {
  const { language } = useLanguage()
  return (deed: string) =>
    (Object.hasOwn(deedWords, deed) && textIn(deedWords[deed as keyof typeof deedWords], language)) || deed
}

function Returned({ returned }: { returned: Notices['returned'] }) {
  const say = useSay()
  const words = useDeedWords()
  return (
    <section className="part">
      <h2 className="head">{say('notices-back')}</h2>
      <p className="quiet">{say(returned.length ? 'notices-back-about' : 'notices-back-none')}</p>
      <ul className="notices">
        {returned.map(({ id, at: instant, deed, subjectKind, subjectId, isNew }) => {
          const { day, time } = instantText(instant)
          return (
            <li key={id}>
              <span className="figures">
                {time} {day}
              </span>
              <span>
                <Go to={noticeAt(subjectKind, subjectId)}>{words(deed)}</Go>
              </span>
              {isNew && <Chip kind="waiting">{say('notices-new')}</Chip>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Asked({ asked }: { asked: Notices['asked'] }) {
  const say = useSay()
  const words = useDeedWords()
  const duties = useAsk(directiveDuties, {}, { when: useMay('directives.answer') })
  const referred = useAsk(listReferredRows, { query: { which: 'to-me' as const } }, { when: useMay('rolls.review') })
  const rows = [
    ...asked.map(({ deed, count }) => ({ key: deed, what: words(deed), count, to: askedAt(deed) })),
    {
      key: 'directives',
      what: say('notices-to-read'),
      count: duties.data?.mine.unread ?? 0,
      to: at('/chien-dich/chi-dao'),
    },
    {
      key: 'referred',
      what: say('notices-to-me'),
      count: referred.data?.rows.length ?? 0,
      to: queueAt({ nhom: 'to-me' }),
    },
  ].filter(({ count }) => count > 0)
  return (
    <section className="part">
      <h2 className="head">{say('notices-asked')}</h2>
      {rows.length === 0 && <p className="quiet">{say('notices-asked-none')}</p>}
      <ul className="notices">
        {rows.map(({ key, what, count, to }) => (
          <li key={key}>
            <span className="end">
              <Figure value={count} to={to} label={what} />
            </span>
            <span>{what}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
