import { useParams } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { showAccount } from '../../../src/accounts/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { PrintedBy } from '../shell/printed-by.tsx'
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
    <Page
      title={title}
      foot={
        <>
          <Button look={['primary', 'wide']} icon={Printer} onPress={() => print()}>
            {say('print-a4')}
          </Button>
          <Go className="exit" to={accountAt(id)}>
            {say('desk-back-to-account')}
          </Go>
        </>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('desk-reading')} />}
      {data && !found && <State so={say('desk-answer-none')} />}
      {data && found && <PrintedBy title={title} lines={[found.unit.name]} />}
      {data && found && <Letter account={data} demand={found} />}
    </Page>
  )
}

function Letter({ account, demand }: { account: Account; demand: Account['demands'][number] }) {
  const say = useSay()
  const { kind, askedBy, agency, receivedOn, answer, decidedOn, decidedBy } = demand
  return (
    <article className="letter">
      <p>{say('desk-letter-to', { who: askedBy === 'holder' ? account.name : (agency ?? '') })}</p>
      <p>{say(`desk-letter-${kind}`, { day: dayText(receivedOn), name: account.name })}</p>
      <p>
        <b>{say('desk-letter-why', { why: answer ?? '' })}</b>
      </p>
      <p>{say('desk-letter-complain')}</p>
      <p className="end">
        {say('desk-letter-signed', { day: decidedOn ? dayText(decidedOn) : '', who: decidedBy ?? '' })}
      </p>
    </article>
  )
}
