import { useState } from 'react'
import { listAccounts, showAccount } from '../../../src/accounts/contract.ts'
import { approveAccount } from '../../../src/accounts/requests/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Decided, NotCarriedOut, useDecisionOn } from '../account-approval/decided.tsx'
import { AskSupplementDialog, SupplyDialog } from '../account-approval/supplement-dialog.tsx'
import { useKeys } from '../base/keys.tsx'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { useSession } from '../shell/session.tsx'
import { DeedDialogs } from './deed-dialogs.tsx'
import { type Deed, deedsOf } from './deeds-offered.ts'
import type { Account } from './search.ts'
import { PrintSlip } from './slips.tsx'

/**
 * What this officer may do with this account: what it waits for first, by the keys D, B and T; the rest beside it, each
 * with what it means. No digit and no Enter decides here. While a decision is held, who made it stands here instead.
 */
export function AccountDeeds({ account, onHeld }: { account: Account; onHeld: () => void }) {
  const say = useSay()
  const decision = useDecisionOn(account.id)
  if (!decision) return <OpenDeeds account={account} onHeld={onHeld} />
  return (
    <section className="verdicts deeds decides" aria-label={say('deeds-title')}>
      <Decided decision={decision} then={[showAccount, listAccounts]} />
    </section>
  )
}

const capOf: Partial<Readonly<Record<Deed, string>>> = { supplement: 'B', refuse: 'T' }

function OpenDeeds({ account, onHeld }: { account: Account; onHeld: () => void }) {
  const say = useSay()
  const { rights } = useSession()
  const approve = useDo(approveAccount, [showAccount, listAccounts])
  const [asked, setAsked] = useState<Deed>()
  const [despite, setDespite] = useState('')
  const open = deedsOf(account, rights)
  const isFromWeb = account.via === 'self' && !account.representative && account.state === 'requested'
  const mayApprove = open.includes('approve')
  const isOtherFace = isFromWeb && account.portrait?.face?.verdict === 'different'
  const lacksWords = isOtherFace && despite.trim().length < 3
  const body = isFromWeb ? { compared: true, ...(isOtherFace && { despite: despite.trim() }) } : {}
  // Where the decision is held, who made it stands here instead of these deeds: they hear no more of the answer.
  const act = () =>
    mayApprove &&
    !approve.isPending &&
    !lacksWords &&
    void approve.mutateAsync({ params: { id: account.id }, body }).then(
      ({ held }) => held && onHeld(),
      () => undefined,
    )
  const rest = open.filter(deed => deed !== 'approve')
  useKeys([
    ...(mayApprove ? [{ key: 'd', said: say('desk-do-approve'), run: act, decides: true }] : []),
    ...(rest.includes('supplement')
      ? [{ key: 'b', said: say('desk-do-supplement'), run: () => setAsked('supplement'), decides: true }]
      : []),
    ...(rest.includes('refuse')
      ? [{ key: 't', said: say('desk-do-refuse'), run: () => setAsked('refuse'), decides: true }]
      : []),
  ])
  const close = () => setAsked(undefined)
  const isDecided = account.state === 'requested' || account.asks !== undefined
  return (
    <section className="verdicts deeds decides" aria-label={say('deeds-title')}>
      {isDecided && <NotCarriedOut id={account.id} />}
      {isDecided && account.mine && <p className="note">{say('desk-is-mine')}</p>}
      {mayApprove && isOtherFace && (
        <NoteField
          draft={`despite ${account.id}`}
          label={say('desk-field-despite')}
          value={despite}
          onChange={setDespite}
          maxLength={500}
          rows={2}
        />
      )}
      {mayApprove && (
        <Button
          look={['primary', 'large']}
          cap="D"
          onPress={act}
          {...((approve.isPending || lacksWords) && { disabled: true })}
        >
          {say(isFromWeb ? 'desk-do-approve-web' : account.asks ? 'desk-do-approve-raise' : 'desk-do-approve')}
        </Button>
      )}
      {rest.map(deed => (
        <Button
          key={deed}
          look={deed === 'cancel' ? 'text' : 'large'}
          onPress={() => setAsked(deed)}
          {...(capOf[deed] && { cap: capOf[deed] })}
        >
          {say(`desk-do-${deed}`)}
        </Button>
      ))}
      {open.length === 0 && !account.mine && <p className="quiet">{say('nothing-to-do')}</p>}
      {mayApprove && (
        <p className="small means">
          {say(isFromWeb ? 'desk-means-approve-web' : account.asks ? 'desk-means-approve-raise' : 'desk-means-approve')}
        </p>
      )}
      <RefusedNote error={approve.error} />
      <PrintSlip account={account} />
      {asked === 'supplement' && <AskSupplementDialog account={account} onHeld={onHeld} onClose={close} />}
      {asked === 'supply' && <SupplyDialog account={account} onClose={close} />}
      {asked && asked !== 'supplement' && asked !== 'supply' && asked !== 'approve' && (
        <DeedDialogs key={asked} deed={asked} account={account} onClose={close} />
      )}
    </section>
  )
}
