import { dayText, numberText, weekdayText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { CampaignRuler } from '../campaign/campaign-ruler.tsx'
import { PaperPage } from '../papers/paper-page.tsx'
import { Spoken } from '../reports/read-aloud.tsx'
import { useToday, useUnitName } from '../shell/session.tsx'
import { useDue } from './due.ts'
import type { DueItem } from './due-item.ts'
import { useFirstCampaign } from './first-campaign.ts'
import { useSevenDays } from './sessions-today.tsx'

/** The unit's morning sheet: where it stands, today's sessions, what is to be done, on one A4. */
export function MorningPaperPage() {
  const { say, language } = useLanguage()
  const today = useToday()
  const unit = useUnitName()
  const first = useFirstCampaign()
  const { due } = useDue()
  const title = say('morning-title', { day: dayText(today) })
  return (
    <PaperPage
      title={title}
      lines={[`${unit}, ${weekdayText(today, language)}`]}
      back={{ to: at('/hom-nay'), text: say('morning-back') }}
      error={null}
      signs={[say('morning-signs'), say('paper-commander')]}
    >
      <div className="a4">
        {first.campaign && first.sheet && (
          <>
            <p>
              <b>{first.campaign.title}</b>, {say(`metric-${first.sheet.metric}`)}
            </p>
            <Spoken sheet={first.sheet} />
            <CampaignRuler sheet={first.sheet} />
          </>
        )}
        <Sessions />
        <Due due={due} />
      </div>
    </PaperPage>
  )
}

function Sessions() {
  const say = useSay()
  const today = useToday()
  const { data } = useSevenDays()
  if (!data) return null
  const sessions = data.sessions.filter(({ day, state }) => day === today && state !== 'cancelled')
  return (
    <section>
      <h2 className="a4-part">{say('today-sessions')}</h2>
      {sessions.length === 0 && <p>{say('today-sessions-none')}</p>}
      {sessions.length > 0 && (
        <table className="plain-table">
          <tbody>
            {sessions.map(({ id, startsAt, endsAt, siteName, invited, officers }) => (
              <tr key={id}>
                <td>
                  {startsAt}–{endsAt}
                </td>
                <th scope="row">{siteName}</th>
                <td className="end">{numberText(invited)}</td>
                <td>{officers.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** What is due, with a box to tick by hand. */
function Due({ due }: { due: readonly DueItem[] }) {
  const say = useSay()
  return (
    <section>
      <h2 className="a4-part">{say('morning-due')}</h2>
      {due.length === 0 && <p>{say('due-none')}</p>}
      {due.length > 0 && (
        <table className="plain-table sheet-lines">
          <thead>
            <tr>
              <th scope="col">{say('due-when')}</th>
              <th scope="col" className="end">
                {say('due-count')}
              </th>
              <th scope="col">{say('due-what')}</th>
              <th scope="col">{say('morning-done')}</th>
            </tr>
          </thead>
          <tbody>
            {due.map(({ key, when, until, count, what, about }) => (
              <tr key={key}>
                <td>{until || (when === 'undated' ? '' : say(`group-${when}`))}</td>
                <td className="end">
                  <b>{numberText(count)}</b>
                </td>
                <th scope="row">
                  {what}
                  <span className="small"> {about}</span>
                </th>
                <td>
                  <span className="tick-box" aria-hidden />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
