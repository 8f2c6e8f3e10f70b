import { useParams } from '@tanstack/react-router'
import { showAccount } from '../../../src/accounts/contract.ts'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { PaperPage } from '../papers/paper-page.tsx'
import { State } from '../parts/page-state.tsx'
import { type Account, accountAt } from './search.ts'

/**
 * The written answer to whoever asked that an account be locked or unlocked, and was refused (NĐ59/2022 Art. 19): on
 * A4, with room for a signature.
 */
export function DemandAnswerPaperPage() {
  const say = useSay()
  const { id, demand } = useParams({ from: '/tai-khoan/$id/tra-loi/$demand' })
  const { data, error, refetch } = useAsk(showAccount, { params: { id } })
  const found = data?.demands.find(one => one.id === demand)
  const title = say('desk-answer-title')
  return (
    <PaperPage
      title={title}
      lines={found ? [found.unit.name] : []}
      back={{ to: accountAt(id), text: say('desk-back-to-account') }}
      error={error}
      retry={() => void refetch()}
      reading={data ? undefined : say('desk-reading')}
      instead={data && !found && <State so={say('desk-answer-none')} />}
      signs={[say('paper-commander')]}
      className="on-letter"
    >
      {data && found && <Letter account={data} demand={found} />}
    </PaperPage>
  )
}

function Letter({ account, demand }: { account: Account; demand: Account['demands'][number] }) {
  const say = useSay()
  const { kind, askedBy, agency, receivedOn, answer, decidedOn, decidedBy } = demand
  return (
    <div className="letter">
      <p>{say('desk-letter-to', { who: askedBy === 'holder' ? account.name : (agency ?? '') })}</p>
      <p>{say(`desk-letter-${kind}`, { day: dayText(receivedOn), name: account.name })}</p>
      <p>
        <b>{say('desk-letter-why', { why: answer ?? '' })}</b>
      </p>
      <p>{say('desk-letter-complain')}</p>
      <p className="end">
        {say('desk-letter-signed', { day: decidedOn ? dayText(decidedOn) : '', who: decidedBy ?? '' })}
      </p>
    </div>
  )
}
