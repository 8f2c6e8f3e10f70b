import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { addDays, type Day } from '../../../src/platform/day.ts'
import { listOfficers } from '../../../src/staff/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { dayText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { AdministrationNav } from './administration-nav.tsx'
import type { Officer } from './officer.ts'
import { OfficerDeeds } from './officer-deeds.tsx'
import { NewOfficer } from './officer-forms.tsx'

/** The officers of one's units, with what they are where and until when. */
export function OfficersPage() {
  const say = useSay()
  const unit = useUnitName()
  const mayManage = useMay('staff.manage')
  const [adding, setAdding] = useState(false)
  const { data, error, refetch } = useAsk(listOfficers, {})
  return (
    <Page
      title={say('officers-title')}
      standing={
        <>
          <p>{unit}</p>
          {data && <p>{say('of-officers', { n: data.officers.length })}</p>}
        </>
      }
      strip={[unit, say('officers')]}
      margin={<AdministrationNav current="officers" />}
      foot={
        mayManage && (
          <Button look={['primary', 'wide']} icon={UserPlus} onPress={() => setAdding(true)}>
            {say('add-officer')}
          </Button>
        )
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-officers')} />}
      {data && <Officers officers={data.officers} mayManage={mayManage} />}
      {mayManage && <NewOfficer open={adding} onClose={() => setAdding(false)} />}
    </Page>
  )
}

function Officers({ officers, mayManage }: { officers: readonly Officer[]; mayManage: boolean }) {
  const say = useSay()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={say('officers')} tabIndex={0}>
      <table className="plain-table stacks">
        <thead>
          <tr>
            <th scope="col">{say('officer-name')}</th>
            <th scope="col">{say('login')}</th>
            <th scope="col">{say('role')}</th>
            <th scope="col">{say('period')}</th>
            {mayManage && (
              <th scope="col">
                <span className="unseen">{say('appoint')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {officers.map(officer => (
            <tr key={officer.id}>
              <th scope="row">
                <Name name={officer.name} />
                <br />
                <span className="small">{officer.unitName}</span>
              </th>
              <td>
                {officer.login}
                <br />
                <span className="small">
                  {[officer.contact.phone, officer.contact.email].filter(Boolean).join(', ')}
                </span>
                {!officer.left && officer.appointments.length > 0 && !officer.hasSecondFactor && (
                  <p>
                    <Chip kind="waiting">{say('no-second-factor')}</Chip>
                  </p>
                )}
              </td>
              <td>
                <Appointments officer={officer} />
              </td>
              <td>
                {officer.appointments.map(appointment => (
                  <p key={appointment.id}>
                    <Period {...appointment} />
                  </p>
                ))}
              </td>
              {mayManage && (
                <td className="end">
                  <OfficerDeeds officer={officer} others={officers} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Appointments({ officer }: { officer: Officer }) {
  const say = useSay()
  const { language } = useLanguage()
  if (officer.left) return <Chip kind="not-begun">{say('has-left')}</Chip>
  if (!officer.appointments.length) return <Chip kind="waiting">{say('no-appointment')}</Chip>
  return officer.appointments.map(({ id, roleName, unitName, schoolName, standIns }) => (
    <div key={id}>
      {roleName[language]}, {schoolName ?? unitName}
      {standIns.map(standIn => (
        <p key={standIn.id} className="small">
          {say('stand-ins')}: {standIn.officerName}, <Period {...standIn} />
        </p>
      ))}
    </div>
  ))
}

/** `toOn` is the first day on which it no longer holds; people are told the last day. */
function Period({ fromOn, toOn }: { fromOn?: string; toOn?: string }) {
  const say = useSay()
  const [from, to] = [fromOn && dayText(fromOn), toOn && dayText(addDays(toOn as Day, -1))]
  if (from && to) return say('from-to', { from, to })
  if (from) return say('from-on', { from })
  return to ? say('until-on', { to }) : say('since-ever')
}
