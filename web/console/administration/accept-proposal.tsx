import { useState } from 'react'
import type { Endpoint } from '../../../src/platform/endpoint.ts'
import { acceptProposal } from '../../../src/staff/proposals/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { phoneText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import type { Proposal } from './officer.ts'
import { contactText, What } from './proposal-what.tsx'

type Delivery = 'phone' | 'email' | 'paper'

type AcceptProposalProps = {
  readonly proposal: Proposal
  readonly then: readonly Endpoint[]
  readonly onClose: () => void
}

/** The second officer reads what is proposed about whom, says how a link goes, and accepts. */
export function AcceptProposal({ proposal, then, onClose }: AcceptProposalProps) {
  const say = useSay()
  const accept = useDo(acceptProposal, then)
  const { id, officer, reached, givesLink, proposedBy } = proposal
  const ways: readonly Delivery[] = [
    ...(reached.phone ? ['phone' as const] : []),
    ...(reached.email ? ['email' as const] : []),
    'paper',
  ]
  const [delivery, setDelivery] = useState<string>(ways[0] ?? 'paper')
  const chosen = ways.find(one => one === delivery)
  const labels: Record<Delivery, string> = {
    phone: say('link-to-phone', { phone: phoneText(reached.phone ?? '') }),
    email: say('link-to-email', { email: reached.email ?? '' }),
    paper: say('link-to-paper'),
  }
  return (
    <Dialog open title={say('staff-proposal-accept-title', { name: officer.name })} onClose={onClose} grave>
      <What proposal={proposal} />
      <p className="small">{say('staff-proposal-made-by', { name: proposedBy.name })}</p>
      <p className="small">{say('officer-reached', { contact: contactText(reached) || say('officer-not-reached') })}</p>
      {givesLink && (
        <>
          <Field
            label={say('link-how')}
            value={delivery}
            onChange={setDelivery}
            choices={ways.map(way => [way, labels[way]] as const)}
          />
          <p className="quiet">{say('link-means')}</p>
        </>
      )}
      <p className="quiet">{say('staff-proposal-answer-for')}</p>
      <RefusedNote error={accept.error} />
      <div className="buttons">
        <Button
          look="grave"
          onPress={() =>
            accept.mutate(
              { params: { id }, body: givesLink && chosen ? { delivery: chosen } : {} },
              { onSuccess: onClose },
            )
          }
          {...(accept.isPending && { disabled: true })}
        >
          {say('staff-proposal-accept')}
        </Button>
        <Button onPress={onClose} autoFocus>
          {say('leave-it')}
        </Button>
      </div>
    </Dialog>
  )
}
