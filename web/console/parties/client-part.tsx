import { useState } from 'react'
import { clientResume, clientSuspend, partyList, partyOne } from '../../../src/parties/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import { ClientFlights } from './client-flights.tsx'
import type { Client, Party } from './party.ts'
import { Quotas } from './quotas.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { VersionReview } from './version-review.tsx'

/** One client: what waits for a decision beside what is in force, its quotas, and how it fares. */
export function ClientPart({ client, party }: { client: Client; party: Party }) {
  const say = useSay()
  const inForce = client.versions.find(({ state }) => state === 'in-force')
  const submitted = client.versions.find(({ state }) => state === 'submitted')
  return (
    <section className="part client-part" aria-labelledby={`client-${client.clientId}`}>
      <h2 id={`client-${client.clientId}`}>
        {client.name} <span className="aside">{client.clientId}</span>{' '}
        <span className="aside">
          {say(client.sandbox ? 'party-sandbox' : 'party-live')} ·{' '}
          {inForce ? say('client-in-force', { n: inForce.number }) : say('client-not-in-force')}
        </span>
      </h2>
      {client.state === 'suspended' && (
        <p>
          <Chip kind="late">{say('client-suspended')}</Chip> {client.reason}
        </p>
      )}
      {(submitted ?? inForce) && (
        <VersionReview client={client} party={party} inForce={inForce} submitted={submitted} />
      )}
      <Quotas client={client} />
      <ClientFlights client={client} />
      <ClientDeeds client={client} />
    </section>
  )
}

function ClientDeeds({ client: { clientId, state } }: { client: Client }) {
  const say = useSay()
  const [mayManage, mayApprove] = [useMay('parties.manage'), useMay('parties.approve')]
  const [asking, setAsking] = useState(false)
  const then = [partyOne, partyList]
  const [suspend, resume] = [useDo(clientSuspend, then), useDo(clientResume, then)]
  const params = { clientId }
  return (
    <div className="buttons">
      {(mayManage || mayApprove) && state === 'active' && (
        <Button onPress={() => setAsking(true)}>{say('client-suspend')}</Button>
      )}
      {mayApprove && state === 'suspended' && (
        <Button onPress={() => resume.mutate({ params, body: {} })}>{say('client-resume')}</Button>
      )}
      <RefusedNote error={resume.error} />
      {asking && (
        <ReasonDialog
          title={say('client-suspend-asks', { id: clientId })}
          means={say('client-suspend-means')}
          deed={say('client-suspend')}
          error={suspend.error}
          busy={suspend.isPending}
          onDo={reason => suspend.mutate({ params, body: { reason } }, { onSuccess: () => setAsking(false) })}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}
