import { useState } from 'react'
import { listApplications, showApplication } from '../../../src/enrolment/adjudication/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Decided, NotCarriedOut, useDecisionOn } from '../account-approval/decided.tsx'
import { useKeys } from '../base/keys.tsx'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay, useSession } from '../shell/session.tsx'
import type { Deciding } from './decide-application.ts'
import { MergeDialog, NoteDialog, ReturnDialog } from './deed-dialogs.tsx'
import { type Back, deedsOf, type Forward, isHindered, unsettled } from './deeds-offered.ts'
import { Proposal } from './proposal.tsx'
import type { Application } from './search.ts'

type DeedsProps = {
  readonly application: Application
  readonly deciding: Deciding
  readonly settling: string | undefined
  readonly onSettle: (kind: string | undefined) => void
}

const means = ['complete', 'send-on', 'approve', 'recapture'] as const

/**
 * What waits for this officer, by the state and by right: D goes on, B sends back, T proposes to refuse, G settles the
 * first check. No digit decides: a digit opens and chooses elsewhere.
 */
export function Deeds(props: DeedsProps) {
  const say = useSay()
  const decision = useDecisionOn(props.application.id)
  if (!decision) return <OpenDeeds {...props} />
  return (
    <section className="verdicts deeds decides" aria-label={say('deeds-title')}>
      <Decided decision={decision} then={[showApplication, listApplications]} />
    </section>
  )
}

function OpenDeeds({ application, deciding, settling, onSettle }: DeedsProps) {
  const say = useSay()
  const { rights } = useSession()
  const [dialog, setDialog] = useState<Back>()
  const { forward, back, own, elsewhere } = deedsOf(application, rights)
  const hindered = isHindered(forward, application)
  const open = unsettled(application)
  const maySettle = useMay('enrolment.check') && !application.capturedByMe
  const goAhead = () => forward && !hindered && void deciding.goAhead(forward)
  const run = (deed: Back) => {
    deciding.forget()
    if (deed === 'recapture') return void deciding.takeUp('recapture')
    if (deed === 'recheck') return void deciding.takeUp('data-check')
    setDialog(deed)
  }
  const caps = capsOf(forward, back)
  const first = open[0]
  useKeys(
    application.openProposal
      ? []
      : [
          ...(forward ? [{ key: 'd', said: say('keys-deed-d'), run: () => void goAhead(), decides: true }] : []),
          ...[...caps].map(([deed, key]) => ({
            key: key.toLowerCase(),
            said: say(`keys-deed-${key === 'D' ? 'd' : key === 'B' ? 'b' : 't'}`),
            run: () => run(deed),
            decides: true,
          })),
          ...(maySettle && first
            ? [{ key: 'g', said: say('keys-deed-g'), run: () => onSettle(first.kind), decides: true }]
            : []),
        ],
  )
  const shown = means.find(deed => deed === forward || (deed === 'recapture' && back.includes(deed)))
  const idle = !forward && back.length === 0 && !application.openProposal
  return (
    <section className="verdicts deeds decides" aria-label={say('deeds-title')}>
      <NotCarriedOut id={application.id} />
      {own && <p className="note">{say('own-capture')}</p>}
      {elsewhere && <p className="note">{say('not-captured-here')}</p>}
      {hindered && <Hindered application={application} maySettle={maySettle} />}
      {application.openProposal && <Proposal application={application} deciding={deciding} />}
      {forward && (
        <Button
          look={['primary', 'large']}
          cap="D"
          onPress={() => void goAhead()}
          {...((hindered || deciding.busy) && { disabled: true })}
        >
          {say(`deed-${forward}`)}
        </Button>
      )}
      {back.map(deed => (
        <Button
          key={deed}
          look={lookOf(deed, back)}
          onPress={() => run(deed)}
          {...(caps.has(deed) && { cap: caps.get(deed) ?? '' })}
          {...(deciding.busy && { disabled: true })}
        >
          {say(`deed-${deed}`)}
        </Button>
      ))}
      {idle && !own && <p className="quiet">{say('nothing-to-do')}</p>}
      {shown && !hindered && <p className="small means">{say(`means-${shown}`)}</p>}
      {!dialog && settling === undefined && <RefusedNote error={deciding.error} />}
      <BackDialogs dialog={dialog} application={application} deciding={deciding} onClose={() => setDialog(undefined)} />
      <SettleDialog settling={settling} deciding={deciding} onClose={() => onSettle(undefined)} />
    </section>
  )
}

type Cap = 'D' | 'B' | 'T'

/** Where nothing goes forward, what the unit is asked for takes its key. */
function capsOf(forward: Forward | undefined, back: readonly Back[]): ReadonlyMap<Back, Cap> {
  const wanted: readonly (readonly [Back, Cap])[] = [
    ...(forward ? [] : ([['recapture', 'D']] as const)),
    ['return', 'B'],
    ['recheck', 'B'],
    ['refuse', 'T'],
  ]
  return new Map(wanted.filter(([deed]) => back.includes(deed)))
}

const lookOf = (deed: Back, back: readonly Back[]) =>
  deed === 'recapture'
    ? (['primary', 'large'] as const)
    : deed === 'withdraw' || (deed === 'merge' && back.includes('refuse'))
      ? ('text' as const)
      : ('large' as const)

function Hindered({ application, maySettle }: { application: Application; maySettle: boolean }) {
  const say = useSay()
  const codes = useCodes()
  const open = unsettled(application)
  return (
    <p className="note waiting">
      {say('checks-open', { n: open.length, what: open.map(({ kind }) => codes('check', kind)).join(', ') })}{' '}
      {say(maySettle ? 'checks-open-settle' : 'checks-open-others')}
    </p>
  )
}

type BackProps = {
  readonly dialog: Back | undefined
  readonly application: Application
  readonly deciding: Deciding
  readonly onClose: () => void
}

function BackDialogs({ dialog, application, deciding, onClose }: BackProps) {
  const say = useSay()
  const then = (done: Promise<boolean>) => void done.then(isDone => isDone && onClose())
  const shared = { deciding, onClose }
  return (
    <>
      {(dialog === 'return' || dialog === 'refuse') && (
        <ReturnDialog
          {...shared}
          of={dialog}
          onDo={(reason, note) =>
            then(
              reason.of === 'return'
                ? deciding.sendBack({ reason: reason.code, note })
                : deciding.propose({ kind: 'refuse', reason: reason.code, note }),
            )
          }
        />
      )}
      {dialog === 'merge' && (
        <MergeDialog
          {...shared}
          application={application}
          onDo={(otherId, note) => then(deciding.propose({ kind: 'merge', otherId, note }))}
        />
      )}
      {dialog === 'withdraw' && (
        <NoteDialog
          {...shared}
          title={say('withdraw-application-asks')}
          means={say('withdraw-means')}
          deed={say('deed-withdraw')}
          label={say('note-plain')}
          hint={say('note-too-short')}
          grave
          onDo={note => then(deciding.withdraw(note))}
        />
      )}
    </>
  )
}

function SettleDialog({
  settling,
  deciding,
  onClose,
}: {
  settling: string | undefined
  deciding: Deciding
  onClose: () => void
}) {
  const say = useSay()
  const codes = useCodes()
  if (settling === undefined) return null
  return (
    <NoteDialog
      deciding={deciding}
      onClose={onClose}
      title={say('settle-asks', { check: codes('check', settling) })}
      deed={say('settle')}
      label={say('note-plain')}
      hint={say('settle-hint')}
      onDo={note => void deciding.settle(settling, note).then(isDone => isDone && onClose())}
    />
  )
}
