import { useParams } from '@tanstack/react-router'
import { showAccount } from '../../../src/accounts/contract.ts'
import { dayText } from '../../parts/formats.ts'
import { type Account, accountAt } from '../accounts/search.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { PaperPage } from '../shell/paper-page.tsx'
import { EvidenceParts, EvidenceSentence, useEvidence } from './evidence.tsx'

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
    >
      {data && <Sheet account={data} />}
    </PaperPage>
  )
}

function Sheet({ account }: { account: Account }) {
  const say = useSay()
  const evidence = useEvidence(account)
  return (
    <article className="account-sheet">
      <h2>
        {account.name}, {dayText(account.born)}
      </h2>
      {evidence && (
        <p>
          <EvidenceSentence evidence={evidence} />
        </p>
      )}
      <EvidenceParts account={account} evidence={evidence} />
      <p className="end">{say('evidence-sheet-signed')}</p>
    </article>
  )
}
