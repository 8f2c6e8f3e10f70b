import { useParams } from '@tanstack/react-router'
import { showAccount } from '../../../src/accounts/contract.ts'
import { dayText } from '../../parts/formats.ts'
import { type Account, accountAt } from '../accounts/search.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { PaperPage } from '../papers/paper-page.tsx'
import { State } from '../parts/page-state.tsx'
import { EvidenceParts, EvidenceSentence, isWaiting, useEvidence } from './evidence.tsx'

/** What a decision on an account rests on, on one A4 with room for the signature. */
export function AccountSheetPaperPage() {
  const say = useSay()
  const { id } = useParams({ from: '/tai-khoan/$id/in' })
  const { data, error, refetch } = useAsk(showAccount, { params: { id } })
  return (
    <PaperPage
      title={say('evidence-sheet-title')}
      lines={data ? [data.unit?.name ?? '', say('account-level', { n: data.asks ?? data.level })].filter(Boolean) : []}
      back={{ to: accountAt(id), text: say('desk-back-to-account') }}
      error={error}
      retry={() => void refetch()}
      reading={data ? undefined : say('desk-reading')}
      instead={data && !isWaiting(data) && <State so={say('evidence-sheet-none')} />}
      signs={[say('paper-preparer'), say('evidence-sheet-signed')]}
      className="on-letter"
    >
      {data && <Sheet account={data} />}
    </PaperPage>
  )
}

function Sheet({ account }: { account: Account }) {
  const evidence = useEvidence(account)
  return (
    <div className="account-sheet">
      <p className="sheet-name">
        <b>{account.name}</b>, {dayText(account.born)}
      </p>
      {evidence && (
        <p>
          <EvidenceSentence account={account} evidence={evidence} />
        </p>
      )}
      <EvidenceParts account={account} evidence={evidence} />
    </div>
  )
}
