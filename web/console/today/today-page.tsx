import { Navigate } from '@tanstack/react-router'
import { Flag, Printer } from 'lucide-react'
import { needFigures } from '../../../src/campaign/contract.ts'
import { dayText, instantText, numberText, weekdayText } from '../../parts/formats.ts'
import { Said, useLanguage, useSay } from '../base/language.tsx'
import { at, onlyPlace } from '../base/navigation.ts'
import { listed } from '../base/search.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { type Campaign, campaignAt } from '../campaign/search.ts'
import { asQuery, examYears, listAt, withExamYears } from '../needs/filter.ts'
import { Figure, Sentence } from '../parts/figure.tsx'
import { Failed } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Ruler } from '../parts/ruler.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useRoleName, useSession, useToday, useUnitName } from '../shell/session.tsx'
import { CampaignSituation } from './campaign-situation.tsx'
import { useDue } from './due.ts'
import { DueList } from './due-list.tsx'
import { useFirstCampaign } from './first-campaign.ts'
import { SchoolsLackingMost } from './schools-lacking-most.tsx'
import { SessionsToday } from './sessions-today.tsx'

/** Are we on time, and what is to be done, by the clock. */
export function TodayPage() {
  const { say, language } = useLanguage()
  const unit = useUnitName()
  const today = useToday()
  const { due, error, waiting, counting } = useDue()
  const [count, pressing] = [due.length, due.filter(({ when }) => when === 'overdue' || when === 'today').length]
  const mayCount = useMay('campaign.figures')
  const figures = useAsk(
    needFigures,
    { query: { ...asQuery(withExamYears({}, today)), by: ['school', 'unit'] } },
    { when: mayCount, together: true },
  )
  const first = useFirstCampaign()
  const { rights } = useSession()
  const only = onlyPlace(rights)
  // A homeroom teacher's work is the class: an empty page would only stand before it.
  if (only && count === 0 && !waiting && !error) return <Navigate to={only.path} replace />
  // Nothing is due only where all of it was read.
  const none = waiting ? 'today-title-waiting' : error ? 'today-title-unread' : 'today-title-none'
  const title =
    count && !waiting ? say(pressing ? 'today-title-pressing' : 'today-title', { n: count, due: pressing }) : say(none)
  return (
    <Page
      title={title}
      standing={
        <>
          <p>
            {weekdayText(today, language)}, <b>{dayText(today)}</b>
          </p>
          {figures.dataUpdatedAt > 0 && (
            <p>{say('figures-at', { time: instantText(new Date(figures.dataUpdatedAt).toISOString()).time })}</p>
          )}
        </>
      }
      strip={[unit, `${weekdayText(today, language)} ${dayText(today)}`]}
      margin={<Post />}
      foot={<Foot campaign={first.campaign} />}
    >
      {figures.error && <Failed error={figures.error} retry={() => void figures.refetch()} />}
      {first.campaign && first.sheet && <CampaignSituation campaign={first.campaign} sheet={first.sheet} />}
      {first.error && <Failed error={first.error} retry={() => void first.refetch()} />}
      {first.none && figures.data && <Situation figures={figures.data} />}
      <div className={mayCount ? 'split today' : 'today'}>
        <DueList due={due} counting={counting} error={error} />
        {mayCount && (
          <div className="companion">
            <SessionsToday />
            {figures.data && <SchoolsLackingMost figures={figures.data} />}
          </div>
        )}
      </div>
    </Page>
  )
}

function Foot({ campaign }: { campaign: Campaign | undefined }) {
  const say = useSay()
  const mayPrint = useMay('rolls.read')
  return (
    <>
      {mayPrint && (
        <Go className="exit" to={at('/hom-nay/in')}>
          <Printer size={16} aria-hidden />
          {say('morning-print')}
        </Go>
      )}
      {campaign && (
        <Go className="exit" to={campaignAt({ cd: campaign.id })}>
          <Flag size={16} aria-hidden />
          {say('today-campaign')}
        </Go>
      )}
    </>
  )
}

function Post() {
  const say = useSay()
  const role = useRoleName()
  const { post } = useSession()
  const unit = useUnitName()
  return (
    <section>
      <dl>
        <dt>{say('unit')}</dt>
        <dd>{unit}</dd>
        {role && <dt>{say('acting-as')}</dt>}
        {role && <dd>{role}</dd>}
        {post?.standIn && <dd>{say('stands-in', { name: post.standIn.forName })}</dd>}
      </dl>
    </section>
  )
}

type FiguresAnswer = NonNullable<ReturnType<typeof useAsk<typeof needFigures>>['data']>

/** The state of things in one sentence; a ruler of how many lack nothing. */
function Situation({ figures: { all, of } }: { figures: FiguresAnswer }) {
  const complete = all.people - all.inNeed
  const link = (value: number, can?: string) => <Figure value={value} to={listAt({ can })} />
  if (!all.people) return null
  return (
    <>
      <Sentence>
        <Said
          of="today-sentence"
          parts={{
            year: of.schoolYear,
            unit: of.unit.name,
            born: listed(examYears(of.day)).join(', '),
            people: <b className="figures">{numberText(all.people)}</b>,
            need: link(all.inNeed),
            card: link(all.needs.card, 'card'),
            account: link(all.needs.account, 'account'),
            activation: link(all.needs.activation, 'activation'),
          }}
        />
      </Sentence>
      <div className="under-sentence">
        <Ruler done={complete} target={all.people} said={{ done: 'today-done', target: 'today-all' }} />
      </div>
    </>
  )
}
