import { type ReactNode, useEffect, useId, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { NoAnswer, Refusal, signInAddress } from '../../parts/call.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { part } from '../base/lazy-page.tsx'
import { Skeleton, type SkeletonShape } from './skeleton.tsx'

/** A sentence that says what is so, one that says what to do, one button, the code in small print. */
export type StateProps = {
  readonly so: string
  readonly todo?: ReactNode
  readonly buttons?: ReactNode
  readonly code?: string | undefined
}

export function State({ so, todo, buttons, code }: StateProps) {
  return (
    <section className="state">
      <h2>{so}</h2>
      {todo && <p className="quiet">{todo}</p>}
      {buttons && <div className="buttons">{buttons}</div>}
      {code && <p className="small">{code}</p>}
    </section>
  )
}

/** Whether the wait has lasted a second; before that a page shows nothing rather than a flicker. */
export function useLasting(milliseconds = 1000): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLasting(true), milliseconds)
    return () => clearTimeout(timer)
  }, [milliseconds])
  return lasting
}

export type ProgressProps = {
  readonly what: string
  readonly done?: number
  readonly whole?: number
  readonly todo?: ReactNode
  readonly buttons?: ReactNode
}

/** What is being done, how far it is, and whether one may leave. */
export function Progress({ what, done, whole, todo, buttons }: ProgressProps) {
  const id = useId()
  const known = done !== undefined && !!whole
  return (
    <section className="state" aria-live="polite">
      <h2 id={id}>{what}</h2>
      {todo && <p className="quiet">{todo}</p>}
      {known && (
        <div
          className="progress"
          role="progressbar"
          aria-labelledby={id}
          aria-valuemin={0}
          aria-valuemax={whole}
          aria-valuenow={done}
        >
          <div className="track">
            <div className="fill" style={{ width: `${Math.min(100, (done / whole) * 100)}%` }} />
          </div>
        </div>
      )}
      {buttons && <div className="buttons">{buttons}</div>}
    </section>
  )
}

/** How many waits are on the page: the first of them is said, once. */
let waits = 0

/** What readers of the screen are told of a wait, politely: nothing for a second, and nothing twice. */
export function useLoadingSaid(what: string): string {
  const lasting = useLasting()
  const [isFirst, setFirst] = useState(false)
  useEffect(() => {
    waits += 1
    setFirst(waits === 1)
    return () => {
      waits -= 1
    }
  }, [])
  return lasting && isFirst ? what : ''
}

/** After so many milliseconds those who look are told too what is being read, and that they may go elsewhere. */
const longWait = 4000

/** Shown while a page waits: the lines of what will stand there; when it lasts, what is being read. */
export function Loading({ what, shape }: { what: string; shape?: SkeletonShape }) {
  const say = useSay()
  const said = useLoadingSaid(what)
  const isLong = useLasting(longWait)
  return (
    <div className="loading" aria-busy="true">
      <p className="unseen" role="status">
        {said}
      </p>
      {isLong && (
        <p className="loading-said quiet" aria-hidden>
          {what}. {say('loading-todo')}
        </p>
      )}
      <Skeleton {...(shape && { shape })} />
    </div>
  )
}

/** A refusal or a failure, in the user's words; says what was kept. */
export function Failed({ error, retry, kept }: { error: unknown; retry?: () => void; kept?: boolean }) {
  const { language, say } = useLanguage()
  const again = retry && (
    <Button look="primary" onPress={retry}>
      {say('try-again')}
    </Button>
  )
  if (error instanceof NoAnswer)
    return <State so={say('no-answer')} todo={say(kept ? 'no-answer-kept' : 'no-answer-todo')} buttons={again} />
  if (!(error instanceof Refusal))
    return <State so={say('page-broken')} todo={say('page-broken-todo')} buttons={again} />
  const signIn = error.status === 401 && (
    <Button look="primary" href={signInAddress()}>
      {say('sign-in-again')}
    </Button>
  )
  return (
    <State
      so={language === 'vi' ? error.title_vi : error.title}
      todo={(language === 'vi' ? error.fix_vi : error.fix) ?? (error.status >= 500 ? say('fault-todo') : undefined)}
      buttons={signIn || (error.status >= 500 && again)}
      code={`${say('code')}: ${error.code}${error.request_id ? ` · ${error.request_id}` : ''}`}
    />
  )
}

const cardTexts = [
  'number',
  'fullName',
  'nationality',
  'hometown',
  'birthPlace',
  'residence',
  'portrait',
  'signature',
] as const

/** Which parts of a card a refusal is about, as `field` or `fields` name them. */
function cardTextsOf({ facts: { field, fields } }: Refusal) {
  const named: readonly unknown[] = Array.isArray(fields) ? fields : [field]
  return cardTexts.filter(text => named.includes(text))
}

const ChangedNote = part(() => import('./changed-note.tsx'), 'ChangedNote')

/** The same in one line, beside the control that was refused. */
export function RefusedNote({ error }: { error: unknown }) {
  const { language, say } = useLanguage()
  if (!error) return null
  const refusal = error instanceof Refusal ? error : undefined
  const title = refusal
    ? language === 'vi'
      ? refusal.title_vi
      : refusal.title
    : say(error instanceof NoAnswer ? 'no-answer' : 'page-broken')
  const about = refusal ? cardTextsOf(refusal) : []
  const whole = refusal ? (language === 'vi' ? refusal.fix_vi : refusal.fix) : say('no-answer-kept')
  // What the fix says of its facts by their English names is said before it in words.
  const fix = about.length > 0 ? whole?.replace(/^"[^.]*\.\s*/, '') : whole
  if (refusal?.code === 'changed-meanwhile') return <ChangedNote title={title} refusal={refusal} />
  return (
    <div className="note late" role="alert">
      <p>
        <strong>{title}.</strong>{' '}
        {about.length > 0 && `${say('card-texts', { what: about.map(text => say(`card-text-${text}`)).join(', ') })} `}
        {fix} {refusal && <span className="small">{refusal.code}</span>}
      </p>
    </div>
  )
}
