import type { ReactNode } from 'react'
import { Refusal, signInAddress } from '../../parts/call.ts'
import { NotTrusted } from '../keep/registration.ts'
import { useLanguage, useSay } from '../words/language.tsx'
import { Button } from './button.tsx'

export type StateProps = {
  readonly so: string
  readonly todo?: ReactNode
  readonly buttons?: ReactNode
  readonly code?: string | undefined
  /** It is all that the page says. */
  readonly alone?: true
}

/** A sentence that says what is so, one that says what to do, one button, the code in small print. */
export function State({ so, todo, buttons, code, alone }: StateProps) {
  const Heading = alone ? 'h1' : 'h2'
  return (
    <section className="state">
      <Heading>{so}</Heading>
      {todo && <p className="quiet">{todo}</p>}
      {buttons && <div className="buttons">{buttons}</div>}
      {code && <p className="small">{code}</p>}
    </section>
  )
}

/** What went wrong when the house was asked, in the officer's words. */
export function Refused({ error, retry }: { error: unknown; retry?: () => void }) {
  const { language, say } = useLanguage()
  if (!error) return null
  const again = retry && <Button onPress={retry}>{say('try-again')}</Button>
  if (error instanceof NotTrusted) return <State so={say(error.code)} />
  if (!(error instanceof Refusal)) return <State so={say('no-answer')} todo={say('no-answer-todo')} buttons={again} />
  if (error.status === 401) return <SignInFirst />
  return (
    <State
      so={language === 'vi' ? error.title_vi : error.title}
      todo={language === 'vi' ? error.fix_vi : error.fix}
      buttons={again}
      code={`${say('code')}: ${error.code}`}
    />
  )
}

/** Signing in is the house's own page; it comes back here. */
export function SignInFirst() {
  const say = useSay()
  return (
    <div className="state">
      <p>{say('must-sign-in')}</p>
      <div className="buttons">
        <a className="button primary" href={signInAddress()}>
          {say('sign-in')}
        </a>
      </div>
    </div>
  )
}
