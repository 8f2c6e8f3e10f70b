import { type FormEvent, useCallback, useState } from 'react'
import type { OfficerRow } from '../keep/database.ts'
import { secretFault, secretRules, type Unlocked } from '../keep/officer-secret.ts'
import { chooseSecret, enterSecret } from '../keep/registration.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { useLive, useRunning } from '../running/running.tsx'
import { type Say, useSay } from '../words/language.tsx'

type SecretProps = { readonly officer: OfficerRow; readonly onUnlocked: (unlocked: Unlocked) => void }

/** An officer's secret at this station: chosen once, entered afterwards; or chosen anew, at a cost that is said. */
export function SecretPart({ officer, onUnlocked }: SecretProps) {
  const [anew, setAnew] = useState(officer.vault === undefined)
  return anew ? (
    <ChooseSecret officer={officer} onUnlocked={onUnlocked} />
  ) : (
    <EnterSecret officer={officer} onUnlocked={onUnlocked} onForgotten={() => setAnew(true)} />
  )
}

function EnterSecret({ officer, onUnlocked, onForgotten }: SecretProps & { onForgotten: () => void }) {
  const say = useSay()
  const { keep } = useRunning()
  const [secret, setSecret] = useState('')
  const [wrong, setWrong] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const unlocked = await enterSecret(keep, officer.id, secret)
    setWrong(!unlocked)
    if (unlocked) onUnlocked(unlocked)
  }
  return (
    <form onSubmit={submit}>
      <Field
        label={say('secret-enter')}
        value={secret}
        onChange={setSecret}
        error={wrong ? say('secret-wrong') : undefined}
        input={{ type: 'password', autoComplete: 'off' }}
      />
      <div className="buttons">
        <Button look="primary" submits>
          {say('secret-continue')}
        </Button>
        <Button look="text" onPress={onForgotten}>
          {say('secret-forgotten')}
        </Button>
      </div>
    </form>
  )
}

function faultWords(secret: string, say: Say): string | undefined {
  const fault = secretFault(secret)
  if (fault === 'short') return say('secret-short', { n: [...secret].length, least: secretRules.shortest })
  return fault && say('secret-simple')
}

function ChooseSecret({ officer, onUnlocked }: SecretProps) {
  const say = useSay()
  const { keep } = useRunning()
  const [secret, setSecret] = useState('')
  const [again, setAgain] = useState('')
  const [asked, setAsked] = useState(false)
  const drafts =
    useLive(useCallback(() => keep.db.drafts.where('officer').equals(officer.id).count(), [keep, officer.id])) ?? 0
  const fault = faultWords(secret, say)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (fault || secret !== again) return
    await chooseSecret(keep, officer.id, secret)
    const unlocked = await enterSecret(keep, officer.id, secret)
    if (unlocked) onUnlocked(unlocked)
  }
  return (
    <form onSubmit={submit}>
      <p className="quiet">{say('secret-why')}</p>
      {officer.vault && <p className="note waiting">{say('secret-forgotten-cost', { n: drafts })}</p>}
      <Field
        label={say('secret-new')}
        hint={say('secret-rules', { n: secretRules.shortest })}
        value={secret}
        onChange={setSecret}
        error={asked ? fault : undefined}
        input={{ type: 'password', autoComplete: 'new-password' }}
      />
      <Field
        label={say('secret-again')}
        value={again}
        onChange={setAgain}
        error={asked && secret !== again ? say('secret-differs') : undefined}
        input={{ type: 'password', autoComplete: 'new-password' }}
      />
      <div className="buttons">
        <Button look="primary" submits>
          {say('secret-set')}
        </Button>
      </div>
    </form>
  )
}
