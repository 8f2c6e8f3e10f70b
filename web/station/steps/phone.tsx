import { Check } from 'lucide-react'
import { useState } from 'react'
import { formsOn } from '../../../src/enrolment/law.ts'
import { type PhoneReading, parsePhone } from '../../../src/names/numbers/phone.ts'
import { birthday } from '../../../src/platform/day.ts'
import { builtInLaw } from '../../../src/platform/law.ts'
import { instantText, phoneText } from '../../parts/formats.ts'
import type { AccountAsked, Draft } from '../draft/draft.ts'
import { accountAge, latestBirth } from '../draft/eligibility.ts'
import { sharerOf } from '../draft/signer-and-phone.ts'
import type { Entry } from '../keep/session-queue.ts'
import { Button } from '../parts/button.tsx'
import { Field, FieldError } from '../parts/field.tsx'
import { useKeys } from '../parts/shortcut-keys.ts'
import { StepButtons } from '../parts/step-buttons.tsx'
import { useRunning } from '../running/running.tsx'
import { useSay } from '../words/language.tsx'
import type { StepProps } from './step-props.ts'

/**
 * The account of level 2 that is made with the card: a phone, typed twice, and a consent that may as well be withheld.
 */

export function PhoneStep(props: StepProps) {
  const { eligibility, desk, next } = props
  const say = useSay()
  const offered = eligibility?.account === 'offered'
  if (offered) return <Asked {...props} />
  return (
    <div className="narrow">
      <h2 className="instruction">{say('phone-say')}</h2>
      <p>
        {eligibility?.account === 'has-one'
          ? say('phone-has-one')
          : say('phone-too-young', { age: accountAge(desk.day) })}
      </p>
      <GoOn next={next} />
    </div>
  )
}

function GoOn({ next }: { next: () => void }) {
  const say = useSay()
  useKeys({ Enter: next })
  return (
    <StepButtons>
      <Button look="primary" cap="Enter" onPress={next}>
        {say('next')}
      </Button>
    </StepButtons>
  )
}

function useFaults({ phone, again }: AccountAsked, others: readonly Entry[], represented: boolean) {
  const say = useSay()
  const [one, two] = [parsePhone(phone), parsePhone(again)]
  const about: Record<PhoneReading['kind'], string | undefined> = {
    mobile: undefined,
    landline: say('phone-landline'),
    migrated: one.kind === 'migrated' ? say('phone-migrated', { phone: phoneText(one.e164) }) : undefined,
    malformed: say('phone-malformed'),
    missing: say('phone-malformed'),
  }
  const same = 'e164' in one && 'e164' in two && one.e164 === two.e164
  const taken = 'e164' in one ? sharerOf(one.e164, others, represented) : undefined
  return {
    phone: about[one.kind] ?? (taken && say('phone-taken', { n: taken.place })),
    again: same ? undefined : say('phone-differs'),
  }
}

const empty: AccountAsked = { phone: '', again: '' }

function Asked({ draft, desk, others, eligibility, change, next }: StepProps) {
  const say = useSay()
  const { keep } = useRunning()
  const [asked, setAsked] = useState(false)
  const account = draft.account === 'declined' || !draft.account ? empty : draft.account
  const represented = eligibility?.represented ?? false
  const faults = useFaults(account, others, represented)
  const { account: form } = formsOn(desk.day, builtInLaw)
  const born = latestBirth(draft.person.birthDate)
  const decided = draft.account === 'declined' || (account.agreedAt !== undefined && !faults.phone && !faults.again)
  // What is changed afterwards was not agreed to.
  const set = (changes: Partial<AccountAsked>) =>
    change({ account: { phone: account.phone, again: account.again, ...changes } })
  const agree = () => {
    setAsked(true)
    if (!faults.phone && !faults.again) set({ agreedAt: keep.now().toISOString() })
  }
  const go = () => {
    setAsked(true)
    if (decided) next()
  }
  useKeys({ Enter: go })
  return (
    <div className="narrow">
      <h2 className="instruction">{say('phone-say')}</h2>
      <p className="quiet">{say('phone-about')}</p>
      {represented && <p>{say('phone-of-representative')}</p>}
      <div className="fields">
        <Field
          label={say('phone-number')}
          hint={say('phone-hint')}
          value={account.phone}
          onChange={phone => set({ phone })}
          error={asked && draft.account !== 'declined' ? faults.phone : undefined}
          input={{ type: 'tel', inputMode: 'tel' }}
        />
        <Field
          label={say('phone-again')}
          value={account.again}
          onChange={again => set({ again })}
          error={asked && draft.account !== 'declined' ? faults.again : undefined}
          input={{ type: 'tel', inputMode: 'tel', onPaste: event => event.preventDefault() }}
        />
      </div>
      <section className="consent">
        <h3>{say('consent-title', { form: form.code })}</h3>
        <p>{say('consent-text')}</p>
        {born && birthday(born, 16) > desk.day && <p className="quiet">{say('consent-young')}</p>}
        <div className="two equal">
          <Button pressed={draft.account === 'declined'} onPress={() => change({ account: 'declined' })}>
            {say('decline')}
          </Button>
          <Button pressed={account.agreedAt !== undefined} onPress={agree}>
            {say('agree')}
          </Button>
        </div>
        <Decided account={draft.account} />
      </section>
      <StepButtons>
        <Button look="primary" cap="Enter" onPress={go}>
          {say('next')}
        </Button>
        {asked && !decided && <FieldError>{say('phone-lacks')}</FieldError>}
      </StepButtons>
    </div>
  )
}

function Decided({ account }: Pick<Draft, 'account'>) {
  const say = useSay()
  const text =
    account === 'declined'
      ? say('declined-now')
      : account?.agreedAt
        ? say('agreed-now', { time: instantText(account.agreedAt).time })
        : undefined
  return (
    <p className="decided" aria-live="polite">
      {text && <Check size={16} aria-hidden />}
      {text}
    </p>
  )
}
