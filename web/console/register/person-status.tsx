import { personNeeds } from '../../../src/campaign/contract.ts'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { dayText, instantText } from '../../parts/formats.ts'
import { OpenAccount } from '../accounts/open-account.tsx'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { CardChip } from '../cards/card-chip.tsx'
import { LastSafeDays } from '../law/last-safe-days.tsx'
import { LawMark } from '../law/law-mark.tsx'
import { Failed } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'

type Asking = { readonly id: string }

/** What a person needs, their cards and account; nothing for who may not list it. */
const useStanding = (id: string) => useAsk(personNeeds, { params: { id } }, { when: useMay('campaign.lists') })

const isLate = (need: string) => need === 'card' || need === 'account'

/** In the margin: what is lacking today, in chips; a person who lacks nothing wears none. */
export function Lacking({ id }: Asking) {
  const say = useSay()
  const { data } = useStanding(id)
  if (!data?.needs.length) return null
  return (
    <section>
      <p>{say('lacks-on', { day: dayText(data.day) })}</p>
      <ul className="chips">
        {data.needs.map(need => (
          <li key={need}>
            <Chip kind={isLate(need) ? 'late' : 'waiting'}>{say(`need-${need}`)}</Chip>
            {data.needLaws.map(one => one.need === need && <LawMark key={need} law={one.law} />)}
          </li>
        ))}
      </ul>
      <LastSafeDays days={data.lastSafeDays} today={data.day} />
    </section>
  )
}

const accountKinds: Readonly<Record<string, ChipKind>> = {
  activated: 'done',
  requested: 'moving',
  approved: 'waiting',
  locked: 'late',
  cancelled: 'not-begun',
}

/** The cards a person has had, the newest first; where there is none, how long one made today would last. */
export function Cards({ id }: Asking) {
  const say = useSay()
  const { data, error, refetch } = useStanding(id)
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (!data) return null
  return (
    <section id="the" className="part">
      <h2>{say('cards')}</h2>
      <dl className="particulars">
        {data.cards.toReversed().map(({ id: card, serial, state, issuedOn, expiresOn }) => (
          <div key={card}>
            <dt className="figures">{serial ?? say('card-without-serial')}</dt>
            <dd>
              {issuedOn ? say('card-issued', { day: dayText(issuedOn) }) : say('card-not-made')}
              {issuedOn && `, ${expiresOn ? say('card-until', { day: dayText(expiresOn) }) : say('card-without-term')}`}
            </dd>
            <dd>
              <CardChip state={state} />
            </dd>
          </div>
        ))}
      </dl>
      {data.cards.length === 0 && <p className="quiet">{say('cards-none')}</p>}
      {data.needs.some(need => need.startsWith('card')) && data.termOfNewCard !== undefined && (
        <p className="small">
          {data.termOfNewCard
            ? say('card-new-until', { day: dayText(data.termOfNewCard) })
            : say('card-new-without-term')}
        </p>
      )}
    </section>
  )
}

/** The electronic identity account, cancelled ones after it. */
export function Accounts({ id, name }: Asking & { readonly name: string }) {
  const say = useSay()
  const codes = useCodes()
  const readsNeeds = useMay('campaign.lists')
  const { data } = useStanding(id)
  // A counter without lists of needs takes the request all the same; the house refuses who has an account.
  if (!data)
    return readsNeeds ? null : (
      <section id="tai-khoan" className="part">
        <h2>{say('person-accounts')}</h2>
        <OpenAccount person={{ id, name }} />
      </section>
    )
  return (
    <section id="tai-khoan" className="part">
      <h2>{say('person-accounts')}</h2>
      <dl className="particulars">
        {data.accounts.map(({ id: account, level, state, approvedAt, activatedAt }) => (
          <div key={account}>
            <dt>{say('account-level', { n: level })}</dt>
            <dd>
              {activatedAt
                ? say('account-activated-on', { day: instantText(activatedAt).day })
                : approvedAt
                  ? say('account-approved-on', { day: instantText(approvedAt).day })
                  : say('account-asked')}
            </dd>
            <dd>
              <Chip kind={accountKinds[state] ?? 'not-begun'}>{codes('account', state)}</Chip>
            </dd>
          </div>
        ))}
      </dl>
      {data.accounts.length === 0 && <p className="quiet">{say('accounts-none')}</p>}
      {data.accounts.every(({ state }) => state === 'cancelled') && <OpenAccount person={{ id, name }} />}
    </section>
  )
}
