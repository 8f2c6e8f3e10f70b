import { listDuties } from '../../../src/staff/duties/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { AdministrationNav } from './administration-nav.tsx'

type Duties = Answer<typeof listDuties>

/** Who may do each duty today, with how many officers hold such a post: a duty without anybody stands out. */
export function DutiesPage() {
  const say = useSay()
  const unit = useUnitName()
  const { data, error, refetch } = useAsk(listDuties, {})
  return (
    <Page
      title={say('duties-title')}
      standing={<p>{unit}</p>}
      strip={[unit, data ? say('duties-on', { day: dayText(data.day) }) : say('duties')]}
      margin={<AdministrationNav current="duties" />}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-duties')} />}
      {data && data.dissolved.length > 0 && <Dissolved posts={data.dissolved} />}
      {data && <DutyTable duties={data.duties} />}
    </Page>
  )
}

function Dissolved({ posts }: { posts: Duties['dissolved'] }) {
  const say = useSay()
  const { language } = useLanguage()
  return (
    <section className="note waiting">
      <p>{say('duties-dissolved')}</p>
      <ul>
        {posts.map(({ officerId, officerName, roleName, unitName }) => (
          <li key={`${officerId} ${unitName}`}>
            <Name name={officerName} />: {roleName[language]}, {unitName}
          </li>
        ))}
      </ul>
    </section>
  )
}

function DutyTable({ duties }: { duties: Duties['duties'] }) {
  const say = useSay()
  const { language } = useLanguage()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={say('duties')} tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{say('duty')}</th>
            <th scope="col">{say('duty-holders')}</th>
          </tr>
        </thead>
        <tbody>
          {duties.map(({ duty, name, holders }) => (
            <tr key={duty}>
              <th scope="row">{name[language]}</th>
              <td>
                {holders.every(({ officers }) => officers === 0) && <Chip kind="late">{say('duty-of-nobody')}</Chip>}
                {holders.map(({ role, roleName, level, officers }) => (
                  <div key={`${role} ${level}`} {...(officers === 0 && { className: 'quiet' })}>
                    {say('duty-held', { role: roleName[language], level: say(`at-${level}`), n: numberText(officers) })}
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
