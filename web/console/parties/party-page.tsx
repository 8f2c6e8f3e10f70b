import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import {
  partyApprove,
  partyList,
  partyOne,
  partyRefuse,
  partySubmit,
  partySuspend,
} from '../../../src/parties/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { instantText } from '../../parts/formats.ts'
import { AdministrationNav } from '../administration/administration-nav.tsx'
import { useLanguage, useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/session.tsx'
import { ClientPart } from './client-part.tsx'
import type { Party } from './party.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { chipOf } from './state-chip.ts'

/** A relying party: who it is, what its clients may ask for, what waits, and how its sign-ins fare. */
export function PartyPage() {
  const { language, say } = useLanguage()
  const { id } = useParams({ strict: false })
  const { data: party, error, refetch } = useAsk(partyOne, { params: { id: id ?? '' } })
  const name = party && (language === 'vi' ? party.nameVi : party.nameEn)
  return (
    <Page
      title={name ?? say('parties')}
      standing={party && <Chip kind={chipOf[party.state]}>{say(`party-state-${party.state}`)}</Chip>}
      strip={party ? [say('parties'), say(`party-state-${party.state}`)] : [say('parties')]}
      margin={<AdministrationNav current="parties" />}
      foot={party && <PartyDeeds party={party} />}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!party && !error && <Loading what={say('parties-reading')} />}
      {party && (
        <>
          <Particulars party={party} />
          {party.clients.length === 0 && <State so={say('party-no-clients')} todo={say('party-no-clients-todo')} />}
          {party.clients.map(client => (
            <ClientPart key={client.clientId} client={client} party={party} />
          ))}
        </>
      )}
    </Page>
  )
}

function Particulars({ party }: { party: Party }) {
  const { language, say } = useLanguage()
  return (
    <section className="part">
      <h2 className="unseen">{say('party-name')}</h2>
      {party.reason && (
        <p className="note waiting">
          <b>{say('party-reason')}:</b> {party.reason}
        </p>
      )}
      <dl className="particulars party-facts">
        <Fact said={say(language === 'vi' ? 'party-name-en' : 'party-name-vi')}>
          {language === 'vi' ? party.nameEn : party.nameVi}
        </Fact>
        <Fact said={say('party-kind')}>{say(`party-kind-${party.kind}`)}</Fact>
        <Fact said={say('party-basis')}>
          {party.basis ? `${party.basis.text}, ${party.basis.article}` : say('party-basis-none')}
        </Fact>
        <Fact said={say('party-contact')}>
          {party.contact.name}, {party.contact.email}
        </Fact>
        <Fact said={say('party-registered')}>
          {say('party-registered-by', {
            who: party.registeredBy || say('party-engineer'),
            day: instantText(party.registeredAt).day,
          })}
        </Fact>
      </dl>
    </section>
  )
}

const Fact = ({ said, children }: { said: string; children: React.ReactNode }) => (
  <div>
    <dt>{said}</dt>
    <dd>{children}</dd>
  </div>
)

/** What may be done with the party itself, at the foot of the margin. */
function PartyDeeds({ party }: { party: Party }) {
  const say = useSay()
  const [mayManage, mayApprove] = [useMay('parties.manage'), useMay('parties.approve')]
  const [asking, setAsking] = useState<'refuse' | 'suspend'>()
  const then = [partyOne, partyList]
  const [submit, approve, refuse, suspend] = [
    useDo(partySubmit, then),
    useDo(partyApprove, then),
    useDo(partyRefuse, then),
    useDo(partySuspend, then),
  ]
  const { id, state } = party
  const decides = mayApprove && !party.own && (state === 'submitted' || state === 'suspended')
  const close = () => setAsking(undefined)
  const ask = asking === 'refuse' ? refuse : suspend
  return (
    <>
      <RefusedNote error={submit.error ?? approve.error} />
      {mayManage && (state === 'draft' || state === 'refused') && (
        <Button look={['primary', 'wide']} onPress={() => submit.mutate({ params: { id }, body: {} })}>
          {say('party-submit')}
        </Button>
      )}
      {decides && (
        <Button look={['primary', 'wide']} onPress={() => approve.mutate({ params: { id }, body: {} })}>
          {say(state === 'suspended' ? 'party-resume' : 'party-approve')}
        </Button>
      )}
      {decides && state === 'submitted' && (
        <Button look="wide" onPress={() => setAsking('refuse')}>
          {say('party-refuse')}
        </Button>
      )}
      {mayApprove && party.own && state === 'submitted' && <p className="quiet">{say('party-own')}</p>}
      {(mayManage || mayApprove) && state === 'approved' && (
        <Button look="wide" onPress={() => setAsking('suspend')}>
          {say('party-suspend')}
        </Button>
      )}
      {asking && (
        <ReasonDialog
          title={asking === 'refuse' ? say('party-refuse-asks') : say('party-suspend-asks', { name: party.nameVi })}
          {...(asking === 'suspend' && { means: say('party-suspend-means') })}
          deed={say(asking === 'refuse' ? 'party-refuse' : 'party-suspend')}
          error={ask.error}
          busy={ask.isPending}
          onDo={reason => ask.mutate({ params: { id }, body: { reason } }, { onSuccess: close })}
          onClose={close}
        />
      )}
    </>
  )
}
