import { useParams, useSearch } from '@tanstack/react-router'
import { showAccount } from '../../../src/accounts/contract.ts'
import { Cap } from '../../parts/button.tsx'
import { dayText, instantText } from '../../parts/formats.ts'
import {
  EvidenceParts,
  EvidenceSentence,
  FormerAndLooks,
  isWaiting,
  PowerAndCounts,
  useEvidence,
} from '../account-approval/evidence.tsx'
import { SupplementPart } from '../account-approval/supplement-dialog.tsx'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { lifeAt } from '../cards/addresses.ts'
import { LawMark } from '../law/law-mark.tsx'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { useNeighbourKeys, useQueuePlace } from '../parts/queue-place.ts'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/session.tsx'
import { AccountDeeds } from './account-deeds.tsx'
import { Demands, Locks } from './account-locks.tsx'
import { History, Notices } from './account-notices.tsx'
import { Slips } from './account-slips.tsx'
import { AccountChip, chipOf } from './account-state.tsx'
import { isAwaited } from './deeds-offered.ts'
import { Portraits } from './portraits.tsx'
import { useQueue } from './queue.ts'
import { type Account, type AccountSearch, accountAt, accountSheetAt, accountsAt } from './search.ts'

/**
 * One account: where it stands and who must act, what was decided, what its holder was told, and what may be done with
 * it.
 */
export function AccountPage() {
  const say = useSay()
  const { id } = useParams({ from: '/tai-khoan/$id' })
  const search = useSearch({ from: '/tai-khoan/$id' })
  const { data, error, refetch } = useAsk(showAccount, { params: { id } }, { keep: true })
  if (error)
    return (
      <Page title={say('desk-account')} foot={<Back search={search} />}>
        <Failed error={error} retry={() => void refetch()} />
      </Page>
    )
  if (data) return <Whole account={data} search={search} isHere={data.id === id} />
  return (
    <Page title={say('desk-account')}>
      <Loading what={say('desk-reading')} />
    </Page>
  )
}

function Back({ search }: { search: AccountSearch }) {
  const say = useSay()
  return (
    <Go className="exit" to={accountsAt(search)}>
      {say('back-to-queue')}
    </Go>
  )
}

function Whole({ account, search, isHere }: { account: Account; search: AccountSearch; isHere: boolean }) {
  const say = useSay()
  const { id, name, personId } = account
  const { place, total, next, previous } = useQueuePlace(useQueue(search, search.hang !== undefined), id)
  const mayOpen = useMay('register.read')
  const evidence = useEvidence(account)
  // Whoever decides sees the portraits among what the decision rests on.
  const isDeciding = useMay('accounts.approve') && isWaiting(account)
  useNeighbourKeys({ next, previous }, { next: say('desk-keys-next'), previous: say('desk-keys-previous') }, row =>
    goTo(accountAt(row.id, search)),
  )
  /** Of a queue the next one opens: what was decided may still be undone from the bar. */
  const goOn = () => {
    if (search.hang) goTo(next ? accountAt(next.id, search) : accountsAt(search))
  }
  return (
    <Page
      title={name}
      standing={
        <>
          <p>
            {say('application-born')} <b>{dayText(account.born)}</b>
          </p>
          <AccountChip {...chipOf(account)} />
        </>
      }
      margin={
        <>
          <Facts account={account} />
          <PowerAndCounts evidence={evidence} />
        </>
      }
      foot={
        <>
          {mayOpen && (
            <Go className="exit" to={at(`/dan-cu/nguoi/${personId}`)}>
              {say('open-person')}
            </Go>
          )}
          {evidence && (
            <Go className="exit" to={accountSheetAt(id)}>
              {say('evidence-sheet')}
            </Go>
          )}
          <Back search={search} />
        </>
      }
      strip={[name, say('account-level', { n: account.level })]}
    >
      <div className="question">
        <div className="stands">
          <p className="sentence">
            <StateSentence account={account} /> {evidence && <EvidenceSentence account={account} evidence={evidence} />}
          </p>
        </div>
        {search.hang && place >= 0 && (
          <span className="quiet figures">
            {say('application-position', { n: place + 1, all: total })} <Cap>J</Cap> <Cap>K</Cap>
          </span>
        )}
      </div>
      <div className="split application">
        <div>
          {account.portrait && !isDeciding && <Portraits key={id} account={account} />}
          <EvidenceParts account={account} evidence={evidence} />
          <SupplementPart account={account} />
          <Path account={account} />
          <Locks account={account} />
          <Demands account={account} />
          <Slips account={account} />
        </div>
        <div className="companion">
          <Notices account={account} />
          <History account={account} />
          <FormerAndLooks evidence={evidence} />
        </div>
      </div>
      {isHere && <AccountDeeds key={id} account={account} onHeld={goOn} />}
    </Page>
  )
}

/** What is so, who acts, by when: the first thing that is read. */
function StateSentence({ account }: { account: Account }) {
  const say = useSay()
  const codes = useCodes()
  const { state, asks, dueOn, mine, needsHotline, activateBy, phone, locks } = account
  const day = (text: string | undefined) => (text ? dayText(text) : say('desk-no-day'))
  if (account.supplement && isAwaited(account)) return say('desk-is-awaited', { day: day(account.supplement.by) })
  if (asks) return `${say('desk-is-raising', { day: day(dueOn) })} ${mine ? say('desk-is-mine') : ''}`
  if (state === 'requested')
    return `${say('desk-is-requested', { n: account.level, day: day(dueOn) })} ${mine ? say('desk-is-mine') : ''}`
  if (state === 'approved' && needsHotline) return say('desk-is-lapsed', { day: day(activateBy) })
  if (state === 'approved' && activateBy) return say('desk-is-approved', { day: day(activateBy) })
  if (state === 'approved') return say(phone ? 'desk-is-approved-untold' : 'desk-is-needing-slip')
  if (state === 'activated') return say('desk-is-activated', { n: account.level })
  if (state === 'locked') {
    const open = locks.filter(({ endedAt }) => !endedAt).map(({ reason }) => codes('desk-lock', reason))
    return open.length > 0 ? say('desk-is-locked', { why: open.join(', ') }) : say('desk-is-locked-elsewhere')
  }
  return say('desk-is-cancelled')
}

/** In the margin: level, clocks, phone, who took and who decided it, the card it rests on. */
function Facts({ account }: { account: Account }) {
  const say = useSay()
  const codes = useCodes()
  const { level, via, unit, phone, representative, requestedBy, approvedBy, dueOn, activateBy, card, proof, imported } =
    account
  const facts: readonly (readonly [string, string | false | undefined])[] = [
    [say('desk-level'), say('account-level', { n: level })],
    [say('desk-via'), imported ? say('desk-imported') : via && codes('desk-via', via)],
    [say('application-unit'), unit?.name],
    [say('desk-taken-by'), requestedBy],
    [say('desk-proof'), proof && say(`desk-proof-${proof}`)],
    [
      say('desk-day-decide'),
      !isAwaited(account) && (account.state === 'requested' || account.asks !== undefined) && dueOn && dayText(dueOn),
    ],
    [say('desk-approved-by'), approvedBy],
    [say('desk-day-activate'), activateBy && dayText(activateBy)],
    [say('desk-phone'), phone ? say('desk-phone-ends', { digits: phone }) : say('desk-no-phone')],
    [say('desk-representative'), representative?.name],
  ]
  return (
    <section>
      <dl>
        {facts.map(([head, value]) =>
          value ? (
            <div key={head}>
              <dt>{head}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
        {card && (
          <div>
            <dt>{say('desk-card')}</dt>
            <dd>
              <CardLink id={card.id}>{card.inForce ? say('desk-card-in-force') : codes('card', card.state)}</CardLink>
            </dd>
          </div>
        )}
      </dl>
      {account.dueLaw && (account.state === 'requested' || account.asks !== undefined) && (
        <LawMark law={account.dueLaw} />
      )}
    </section>
  )
}

function CardLink({ id, children }: { id: string; children: string }) {
  const mayRead = useMay('cards.read')
  return mayRead ? <Go to={lifeAt(id)}>{children}</Go> : children
}

/** The states that it went through, with the day of each. */
function Path({ account: { transitions, requestedAt } }: { account: Account }) {
  const say = useSay()
  const codes = useCodes()
  return (
    <section className="part">
      <h2>{say('desk-path')}</h2>
      {transitions.length === 0 && requestedAt && <p className="quiet">{instantText(requestedAt).day}</p>}
      <ol className="events">
        {transitions.map(({ state, level, onDay, at: since }, n) => (
          <li key={`${since} ${state} ${level}`}>
            <span className="when">{dayText(onDay)}</span>
            <span>
              {n === transitions.length - 1 ? <b>{codes('desk-went', state)}</b> : codes('desk-went', state)}
              <span className="quiet">, {say('account-level', { n: level }).toLowerCase()}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
