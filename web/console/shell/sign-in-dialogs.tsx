import { type FormEvent, useState } from 'react'
import { actIn } from '../../../src/staff/contract.ts'
import {
  finishDemonstrationSignIn,
  finishSignInOverPage,
  sendSignInCode,
  signInOverPage,
} from '../../../src/staff/factors/contract.ts'
import { Button } from '../../parts/button.tsx'
import { type Answer, call, type SignInReason, signInAddress } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { answerByPasskey, knowsPasskeys, type PasskeyRequest } from '../../parts/passkey.ts'
import { dropDrafts } from '../base/drafts.ts'
import { useSay } from '../base/language.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { FactorButtons } from './factor-buttons.tsx'
import { type Session, useRoleName, useSession, useUnitName } from './session.tsx'

type Ways = NonNullable<Answer<typeof signInOverPage>['ways']>
type Finished = Answer<typeof finishSignInOverPage>
type Wrong = 'refused' | 'slowed' | 'no-post' | 'no-factor' | 'wrong' | 'over' | 'not-by-mail'

type AgainProps = { readonly reason: SignInReason; readonly onClose: (given: boolean) => void }

/** What is asked of the officer over the page: to sign in, or in which post to go on. */
export function SignInDialogs({ reason, onClose }: AgainProps) {
  if (reason === 'another-post') return <PostDialog onClose={onClose} />
  return <SignInDialog reason={reason} onClose={onClose} />
}

/** The page is left to somebody else: nothing that was typed goes with it. */
function leave(address: string) {
  dropDrafts()
  location.assign(address)
}

const actAgainIn = ({ appointmentId, standIn }: NonNullable<Session['post']>) =>
  call(actIn, { body: { appointmentId, ...(standIn && { standInId: standIn.id }) } })

/**
 * In another tab the officer has changed to another of their posts: back to the one of this page, or all of it
 * anew.
 */
function PostDialog({ onClose }: { onClose: (given: boolean) => void }) {
  const say = useSay()
  const { post } = useSession()
  const [role, unit] = [useRoleName(), useUnitName()]
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const goBack = () => {
    if (!post) return
    setBusy(true)
    void actAgainIn(post)
      .then(() => onClose(true), setError)
      .finally(() => setBusy(false))
  }
  return (
    <Dialog open grave title={say('again-post-title')} onClose={() => {}}>
      <p className="quiet">{say('again-post-why', { role, unit })}</p>
      <RefusedNote error={error} />
      <div className="buttons">
        <Button look="primary" disabled={busy} onPress={goBack} autoFocus>
          {say('again-post-back')}
        </Button>
        <Button onPress={() => location.reload()}>{say('again-post-other')}</Button>
        <Button look="text" onPress={() => onClose(false)}>
          {say('again-later')}
        </Button>
      </div>
    </Dialog>
  )
}

function SignInDialog({ reason, onClose }: { reason: SignInReason; onClose: (given: boolean) => void }) {
  const say = useSay()
  const { id, name, login, post, posts } = useSession()
  const [ways, setWays] = useState<Ways>()
  const [said, setSaid] = useState('')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)

  const run = (step: () => Promise<void>) => {
    setBusy(true)
    setError(undefined)
    setSaid('')
    void step()
      .catch(setError)
      .finally(() => setBusy(false))
  }
  const refused = (outcome: Wrong, seconds: number | undefined) =>
    setSaid(outcome === 'slowed' ? say('again-slowed', { n: seconds ?? 0 }) : say(`again-${outcome}`))

  const givePassword = (password: string) =>
    run(async () => {
      const { outcome, seconds, ways } = await call(signInOverPage, { body: { login, password } })
      if (outcome === 'add-factor') return location.assign(`/second-factor/add?return=${encodeURIComponent(here())}`)
      if (outcome !== 'password-right') return refused(outcome, seconds)
      if (!ways) return refused('over', undefined)
      setWays(ways)
    })

  const finish = (step: () => Promise<Finished>) =>
    run(async () => {
      const { outcome, seconds, officerId, mustChangePassword } = await step()
      if (outcome === 'over') setWays(undefined)
      if (outcome !== 'signed-in') return refused(outcome, seconds)
      if (officerId !== id) return leave('/console/hom-nay')
      if (mustChangePassword) return location.assign(`/change-password?return=${encodeURIComponent(here())}`)
      if (posts.length > 1 && post) await actAgainIn(post)
      onClose(true)
    })

  return (
    <Dialog
      open
      grave
      title={say(reason === 'another-officer' ? 'again-other-title' : 'again-title')}
      onClose={() => {}}
    >
      <p className="quiet">{say(reason === 'another-officer' ? 'again-other-why' : 'again-why')}</p>
      {ways ? (
        <SecondStep ways={ways} busy={busy} finish={finish} run={run} refused={refused} />
      ) : (
        <Password who={{ name, login }} busy={busy} give={givePassword} />
      )}
      {said && <p role="alert">{said}</p>}
      {error instanceof DOMException ? <p role="alert">{say('factor-failed')}</p> : <RefusedNote error={error} />}
      <div className="buttons">
        <Button onPress={() => onClose(false)}>{say('again-later')}</Button>
        <Button look="text" onPress={() => leave(signInAddress('/console/hom-nay'))}>
          {say('again-other')}
        </Button>
      </div>
    </Dialog>
  )
}

const here = () => location.pathname + location.search

type PasswordProps = {
  readonly who: { readonly name: string; readonly login: string }
  readonly busy: boolean
  readonly give: (password: string) => void
}

function Password({ who: { name, login }, busy, give }: PasswordProps) {
  const say = useSay()
  const [password, setPassword] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    give(password)
  }
  return (
    <form onSubmit={send} className="stack">
      <p>
        <strong>{name}</strong> <span className="quiet">{login}</span>
      </p>
      <Field label={say('again-password')} type="password" value={password} onChange={setPassword} autoFocus />
      <Button submits look={['primary', 'wide']} disabled={busy || password === ''}>
        {say('sign-in-again')}
      </Button>
    </form>
  )
}

type StepProps = {
  readonly ways: Ways
  readonly busy: boolean
  readonly finish: (step: () => Promise<Finished>) => void
  readonly run: (step: () => Promise<void>) => void
  readonly refused: (outcome: Wrong, seconds: number | undefined) => void
}

function SecondStep({ ways, busy, finish, run, refused }: StepProps) {
  const say = useSay()
  const [code, setCode] = useState('')
  const [isMailSent, setMailSent] = useState(false)
  const byPasskey = ways.passkey !== undefined && knowsPasskeys()
  const way = isMailSent ? 'mail' : 'totp'
  const takesCode = ways.app || isMailSent
  const send = (event: FormEvent) => {
    event.preventDefault()
    finish(() => call(finishSignInOverPage, { body: { way, code } }))
  }
  const sendMail = () =>
    run(async () => {
      const { outcome, seconds } = await call(sendSignInCode, {})
      if (outcome !== 'sent') return refused(outcome, seconds)
      setMailSent(true)
    })
  return (
    <div className="stack">
      <FactorButtons
        isDemonstration={!!ways.demonstration}
        hasPasskey={byPasskey}
        focusesPasskey={false}
        busy={busy}
        onDemonstration={() => finish(() => call(finishDemonstrationSignIn, {}))}
        onPasskey={() => finish(() => byPasskeyOf(ways.passkey as PasskeyRequest))}
      />
      {ways.mail && !isMailSent && (
        <Button look={['primary', 'wide']} disabled={busy} onPress={sendMail}>
          {say('again-send-mail', { where: ways.mail })}
        </Button>
      )}
      {takesCode && (
        <form onSubmit={send} className="stack">
          <Field
            label={say(isMailSent ? 'again-mail-code' : 'factor-code')}
            value={code}
            onChange={setCode}
            inputMode="numeric"
            maxLength={20}
            autoFocus
          />
          <Button submits look={['primary', 'wide']} disabled={busy || !/\d/.test(code)}>
            {say('factor-confirm')}
          </Button>
        </form>
      )}
    </div>
  )
}

async function byPasskeyOf(request: PasskeyRequest): Promise<Finished> {
  const answer = JSON.stringify(await answerByPasskey(request))
  return call(finishSignInOverPage, { body: { way: 'passkey', challenge: request.challenge, answer } })
}
