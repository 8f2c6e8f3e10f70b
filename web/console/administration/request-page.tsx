import { type FormEvent, useState } from 'react'
import { sayDeed } from '../../../src/inspection/words-deed.ts'
import { lookUpRequest } from '../../../src/operations/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { instantText, numberText, tenthsText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { RefusedNote, State } from '../parts/page-state.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { AdministrationNav } from './administration-nav.tsx'

type Found = Answer<typeof lookUpRequest>

/** The code in whatever was copied from an error page, such as "fault · 0193…". */
const codeIn = (typed: string) => /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(typed.toLowerCase())?.[0]

/** What a request met, by the code that somebody read on an error page: nothing of whom it was about. */
export function RequestPage() {
  const say = useSay()
  const unit = useUnitName()
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)
  const look = useDo(lookUpRequest)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const id = codeIn(typed)
    setWrong(id === undefined)
    if (id) look.mutate({ body: { id } })
  }
  return (
    <Page
      title={say('request-title')}
      standing={<p>{unit}</p>}
      strip={[unit, say('request-look')]}
      margin={<AdministrationNav current="requests" />}
    >
      <form className="form part" onSubmit={submit}>
        <Field
          label={say('request-code')}
          value={typed}
          onChange={setTyped}
          hint={say('request-code-hint')}
          {...(isWrong && { error: say('request-code-wrong') })}
          maxLength={120}
        />
        <div className="buttons">
          <Button look="primary" submits {...(look.isPending && { disabled: true })}>
            {say('request-look')}
          </Button>
        </div>
      </form>
      <RefusedNote error={look.error} />
      {look.data ? <RequestFound found={look.data} /> : <State so={say('request-begin')} todo={say('request-about')} />}
    </Page>
  )
}

/** What became of it, in one sentence. */
function useOutcome() {
  const say = useSay()
  const { language } = useLanguage()
  return ({ fault, refusal, status, slow }: Found): string => {
    if (fault) return say('request-failed')
    if (refusal) return refusal.title[language]
    if (status >= 500) return say('request-failed')
    return say(slow ? 'request-slow' : 'request-passed')
  }
}

function RequestFound({ found }: { found: Found }) {
  const { language, say } = useLanguage()
  const codes = useCodes()
  const outcome = useOutcome()
  const { day, time } = instantText(found.at)
  const times = (names: Found['deeds'], nameOf: (name: string) => string) =>
    names.map(({ name, times: n }) => `${nameOf(name)}${n > 1 ? ` × ${numberText(n)}` : ''}`).join('; ')
  const waited = found.waited > 0 ? say('request-waited', { ms: tenthsText(found.waited) }) : ''
  const facts = [
    [say('request-at'), `${day} ${time}`],
    [say('request-route'), `${found.method} ${found.route}`],
    [say('request-status'), [found.status, found.refusal?.code].filter(Boolean).join(' ')],
    [say('request-actor'), found.actor ? codes('by', found.actor) : say('request-stranger')],
    [say('request-purpose'), found.purpose && found.purpose !== 'none' ? codes('purpose', found.purpose) : ''],
    [say('request-time'), `${tenthsText(found.ms)} ms${waited}`],
    [
      say('request-database'),
      say('request-statements', { n: numberText(found.statements), works: numberText(found.works) }),
    ],
    [say('request-deeds'), times(found.deeds, sayDeed(language))],
    [say('request-jobs'), times(found.jobs, name => name)],
    [say('request-code'), found.id],
  ] as const
  return (
    <section className="part">
      <h2>{outcome(found)}</h2>
      <dl className="particulars party-facts">
        {facts
          .filter(([, value]) => value)
          .map(([said, value]) => (
            <div key={said}>
              <dt>{said}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {found.fault && <FaultPart fault={found.fault} />}
    </section>
  )
}

/** Where a fault arose: for whoever mends the program. */
function FaultPart({ fault }: { fault: NonNullable<Found['fault']> }) {
  const say = useSay()
  const { error, code, constraint, table, message, causes, frames } = fault
  const kind = [error, code, constraint, table].filter(Boolean).join(' ')
  return (
    <div className="fault-record">
      <h3>{say('request-fault')}</h3>
      <p>{say('request-fault-todo')}</p>
      <pre>{[`${kind}: ${message}`, ...causes.map(cause => `← ${cause}`), ...frames].join('\n')}</pre>
    </div>
  )
}
