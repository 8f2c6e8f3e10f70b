import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { dayText } from '../../parts/formats.ts'
import { useKeys } from '../base/keys.tsx'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { DeedDialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { useMay } from '../shell/session.tsx'
import type { Deciding } from './decide-application.ts'
import { type Application, applicationAt } from './search.ts'

/**
 * A proposal that waits: who proposed may take it back, another officer agrees or rejects, and whoever captured does
 * not agree.
 */
export function Proposal({ application, deciding }: { application: Application; deciding: Deciding }) {
  const say = useSay()
  const codes = useCodes()
  const [asking, setAsking] = useState(false)
  const mayCheck = useMay('enrolment.check')
  const proposal = application.openProposal
  const mine = !!proposal?.mine
  const mayAgree = mayCheck && !mine && !application.capturedByMe
  const mayReject = mayCheck && !mine
  const decide = (answer: 'agreed' | 'rejected' | 'withdrawn') => proposal && deciding.decide(proposal.id, answer)
  useKeys([
    ...(mayAgree ? [{ key: 'd', said: say('deed-agree'), run: () => setAsking(true), decides: true }] : []),
    ...(mayReject ? [{ key: 't', said: say('deed-reject'), run: () => void decide('rejected'), decides: true }] : []),
  ])
  if (!proposal) return null
  const other = application.others.find(({ id }) => id === proposal.otherId)
  return (
    <>
      <div className="note waiting">
        <p>
          {say(`proposal-${proposal.kind}`, { who: proposal.by, why: codes('because', proposal.reason) })}{' '}
          {proposal.note && `“${proposal.note}” `}
          {other && <Go to={applicationAt(other.id)}>{say('other-begun', { day: dayText(other.begunOn) })}</Go>}{' '}
          {mine
            ? say('proposal-mine')
            : application.capturedByMe
              ? say('own-capture')
              : !mayCheck && say('proposal-waits')}
        </p>
      </div>
      {mayAgree && (
        <Button look={['primary', 'large']} cap="D" onPress={() => setAsking(true)}>
          {say('deed-agree')}
        </Button>
      )}
      {mayReject && (
        <Button look="large" cap="T" onPress={() => void decide('rejected')}>
          {say('deed-reject')}
        </Button>
      )}
      {mine && mayCheck && (
        <Button look="large" onPress={() => void decide('withdrawn')}>
          {say('deed-take-back')}
        </Button>
      )}
      <DeedDialog
        open={asking}
        title={say(`agree-asks-${proposal.kind}`)}
        deed={say('deed-agree')}
        busy={deciding.busy}
        onClose={() => setAsking(false)}
        onDo={() => void decide('agreed')?.then(() => setAsking(false))}
      >
        <p>{say('agree-means')}</p>
        <RefusedNote error={deciding.error} />
      </DeedDialog>
    </>
  )
}
