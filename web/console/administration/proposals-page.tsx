import { Printer } from 'lucide-react'
import { useState } from 'react'
import { listOfficers } from '../../../src/staff/contract.ts'
import {
  listProposals,
  printLinkPaper,
  refuseProposal,
  withdrawProposal,
} from '../../../src/staff/proposals/contract.ts'
import { Button } from '../../parts/button.tsx'
import { save } from '../../parts/call.ts'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { AcceptProposal } from './accept-proposal.tsx'
import { AdministrationNav } from './administration-nav.tsx'
import { BatchesSection } from './batches-section.tsx'
import type { Proposal } from './officer.ts'
import { What } from './proposal-what.tsx'

/** What is proposed about officers: who proposed it, until when another officer may accept it, what became of it. */
export function ProposalsPage() {
  const say = useSay()
  const unit = useUnitName()
  const { data, error, refetch } = useAsk(listProposals, {})
  return (
    <Page
      title={say('proposals-title')}
      standing={
        <>
          <p>{unit}</p>
          {data && <p>{say('proposals-waiting', { n: data.waiting })}</p>}
        </>
      }
      strip={[unit, say('proposals')]}
      margin={<AdministrationNav current="proposals" />}
    >
      <BatchesSection />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-proposals')} />}
      {data?.proposals.length === 0 && <State so={say('proposals-none')} todo={say('proposals-none-todo')} />}
      {data && data.proposals.length > 0 && <Proposals proposals={data.proposals} />}
    </Page>
  )
}

function Proposals({ proposals }: { proposals: readonly Proposal[] }) {
  const say = useSay()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={say('proposals')} tabIndex={0}>
      <table className="plain-table stacks">
        <thead>
          <tr>
            <th scope="col">{say('officer-name')}</th>
            <th scope="col">{say('staff-proposal-what')}</th>
            <th scope="col">{say('staff-proposal-by')}</th>
            <th scope="col">{say('staff-proposal-state')}</th>
            <th scope="col">
              <span className="unseen">{say('staff-proposal-decide')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {proposals.map(proposal => (
            <tr key={proposal.id}>
              <th scope="row">
                <Name name={proposal.officer.name} />
                <br />
                <span className="small">
                  {proposal.officer.login}, {proposal.officer.unitName}
                </span>
              </th>
              <td>
                <What proposal={proposal} />
              </td>
              <td>
                {proposal.proposedBy.atCommandLine
                  ? say('staff-proposal-at-command-line', { name: proposal.proposedBy.name })
                  : proposal.proposedBy.name}
                <br />
                <span className="small">{instantText(proposal.proposedAt).day}</span>
              </td>
              <td>
                <StateOf proposal={proposal} />
              </td>
              <td className="end">
                <Deeds proposal={proposal} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const chips: Record<Proposal['state'], ChipKind> = {
  pending: 'waiting',
  accepted: 'done',
  refused: 'not-begun',
  withdrawn: 'not-begun',
  expired: 'late',
}

function StateOf({ proposal: { state, expiresAt, decidedBy, link } }: { proposal: Proposal }) {
  const say = useSay()
  const { day, time } = instantText(expiresAt)
  return (
    <>
      <Chip kind={chips[state]}>{say(`staff-proposal-${state}`)}</Chip>
      <br />
      <span className="small">
        {state === 'pending' ? say('staff-proposal-until', { day, time }) : (decidedBy ?? '')}
        {link && `, ${say(`link-${link.delivery}`)}: ${say(`link-is-${link.state}`)}`}
      </span>
    </>
  )
}

function Deeds({ proposal }: { proposal: Proposal }) {
  const say = useSay()
  const mayDecide = useMay('staff.accept')
  const [accepting, setAccepting] = useState(false)
  const refuse = useDo(refuseProposal, [listProposals])
  const withdraw = useDo(withdrawProposal, [listProposals])
  const print = useDo(printLinkPaper, [listProposals])
  const { id, state, mayAccept, proposedBy, link } = proposal
  const params = { id }
  const busy = refuse.isPending || withdraw.isPending || print.isPending
  return (
    <>
      <div className="row-buttons">
        {state === 'pending' && mayAccept && (
          <Button look="row" onPress={() => setAccepting(true)}>
            {say('staff-proposal-accept')}
          </Button>
        )}
        {state === 'pending' && mayDecide && !proposedBy.self && (
          <Button look="row" onPress={() => refuse.mutate({ params })} {...(busy && { disabled: true })}>
            {say('staff-proposal-refuse')}
          </Button>
        )}
        {state === 'pending' && proposedBy.self && (
          <Button look="row" onPress={() => withdraw.mutate({ params })} {...(busy && { disabled: true })}>
            {say('staff-proposal-withdraw')}
          </Button>
        )}
        {link?.toPrint && (
          <Button
            look="row"
            icon={Printer}
            onPress={() => print.mutate({ params }, { onSuccess: save })}
            {...(busy && { disabled: true })}
          >
            {say('link-print')}
          </Button>
        )}
      </div>
      <RefusedNote error={refuse.error ?? withdraw.error ?? print.error} />
      {accepting && (
        <AcceptProposal proposal={proposal} then={[listProposals, listOfficers]} onClose={() => setAccepting(false)} />
      )}
    </>
  )
}
