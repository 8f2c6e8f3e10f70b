import { Plus } from 'lucide-react'
import { useState } from 'react'
import { partyList } from '../../../src/parties/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { AdministrationNav } from '../administration/administration-nav.tsx'
import { useLanguage, useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { type PartyHead, partyAt } from './party.ts'
import { PartyForm } from './party-form.tsx'
import { chipOf } from './state-chip.ts'

/** The relying parties: what waits for a decision stands first. */
export function PartiesPage() {
  const say = useSay()
  const unit = useUnitName()
  const mayManage = useMay('parties.manage')
  const [adding, setAdding] = useState(false)
  const { data, error, refetch } = useAsk(partyList, {})
  const register = mayManage && (
    <Button look={['primary', 'wide']} icon={Plus} onPress={() => setAdding(true)}>
      {say('party-register')}
    </Button>
  )
  return (
    <Page
      title={say('parties-title')}
      standing={<p>{unit}</p>}
      strip={[say('parties'), unit]}
      margin={<AdministrationNav current="parties" />}
      foot={register}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('parties-reading')} />}
      {data?.parties.length === 0 && <State so={say('parties-none')} todo={say('parties-none-todo')} />}
      {data && data.parties.length > 0 && <Parties parties={data.parties} />}
      {adding && <PartyForm onClose={() => setAdding(false)} />}
    </Page>
  )
}

function Parties({ parties }: { parties: readonly PartyHead[] }) {
  const { language, say } = useLanguage()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={say('parties')} tabIndex={0}>
      <table className="plain-table in-blocks parties-table">
        <thead>
          <tr>
            <th scope="col">{say('party-name')}</th>
            <th scope="col">{say('party-kind')}</th>
            <th scope="col">{say('party-basis')}</th>
            <th scope="col">{say('party-clients')}</th>
            <th scope="col">{say('party-state')}</th>
          </tr>
        </thead>
        <tbody>
          {parties.map(party => (
            <tr key={party.id}>
              <th scope="row">
                <Go to={partyAt(party.id)}>{language === 'vi' ? party.nameVi : party.nameEn}</Go>
              </th>
              <td data-said={say('party-kind')}>{say(`party-kind-${party.kind}`)}</td>
              <td data-said={say('party-basis')}>
                {party.basis ? `${party.basis.text}, ${party.basis.article}` : say('is-not-so')}
              </td>
              <td data-said={say('party-clients')}>
                {say('party-counts', { live: party.live, sandbox: party.sandbox })}
              </td>
              <td data-said={say('party-state')}>
                <StateOf party={party} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** One chip: what waits goes before how the party stands. */
function StateOf({ party: { state, waiting } }: { party: PartyHead }) {
  const say = useSay()
  if (state === 'approved' && waiting > 0)
    return <Chip kind="waiting">{say('party-versions-wait', { n: waiting })}</Chip>
  return <Chip kind={chipOf[state]}>{say(`party-state-${state}`)}</Chip>
}
