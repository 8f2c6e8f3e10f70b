import { type FormEvent, useEffect, useState } from 'react'
import { factorOptions, giveDemonstrationFactor, giveSecondFactor } from '../../../src/staff/factors/contract.ts'
import { Button } from '../../parts/button.tsx'
import { type Answer, call } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { answerByPasskey, knowsPasskeys, type PasskeyRequest } from '../../parts/passkey.ts'
import { useSay } from '../base/language.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Loading, RefusedNote } from '../parts/page-state.tsx'
import { FactorButtons } from './factor-buttons.tsx'

type Ways = Answer<typeof factorOptions>
const options = () => call(factorOptions, {})

/** Which factors the officer has, and the giving of one. */
export function FactorDialog({ onClose }: { onClose: (given: boolean) => void }) {
  const say = useSay()
  const [ways, setWays] = useState<Ways>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    options().then(setWays, setError)
  }, [])
  const give = (step: () => Promise<unknown>) => {
    setBusy(true)
    setError(undefined)
    step().then(
      () => onClose(true),
      (failed: unknown) => {
        setBusy(false)
        setError(failed)
      },
    )
  }
  return (
    <Dialog open title={say('factor-title')} onClose={() => onClose(false)}>
      <p className="quiet">{say('factor-why')}</p>
      {!ways && !error && <Loading what={say('factor-title')} />}
      {ways && <Choices ways={ways} busy={busy} give={give} />}
      {error instanceof DOMException ? <p role="alert">{say('factor-failed')}</p> : <RefusedNote error={error} />}
      <div className="buttons">
        <Button onPress={() => onClose(false)}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}

type Give = (step: () => Promise<unknown>) => void

function Choices({ ways, busy, give }: { ways: Ways; busy: boolean; give: Give }) {
  const say = useSay()
  const byPasskey = ways.passkey && knowsPasskeys()
  return (
    <>
      <FactorButtons
        isDemonstration={!!ways.demonstration}
        hasPasskey={!!byPasskey}
        focusesPasskey
        busy={busy}
        onDemonstration={() => give(() => call(giveDemonstrationFactor, {}))}
        onPasskey={() => give(byPasskeyOf)}
      />
      {ways.app && <AppCode busy={busy} give={give} />}
      {!ways.app && !byPasskey && !ways.demonstration && (
        <>
          <p>{say('factor-none')}</p>
          <Button href="/second-factor/add">{say('factor-add')}</Button>
        </>
      )}
    </>
  )
}

/** Options that were not answered in time are asked for anew: a challenge is good once. */
async function byPasskeyOf(): Promise<unknown> {
  const { passkey } = await options()
  const request = passkey as PasskeyRequest
  const answer = await answerByPasskey(request)
  return call(giveSecondFactor, { body: { challenge: request.challenge, answer: JSON.stringify(answer) } })
}

function AppCode({ busy, give }: { busy: boolean; give: Give }) {
  const say = useSay()
  const [code, setCode] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    give(() => call(giveSecondFactor, { body: { code } }))
  }
  return (
    <form onSubmit={send} className="stack">
      <Field label={say('factor-code')} value={code} onChange={setCode} inputMode="numeric" maxLength={8} autoFocus />
      <Button submits look={['primary', 'wide']} disabled={busy || !/^\d{3}\s?\d{3}$/.test(code)}>
        {say('factor-confirm')}
      </Button>
    </form>
  )
}
