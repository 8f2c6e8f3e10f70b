import { useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import {
  directiveClose,
  directiveList,
  directiveOpen,
  directiveReminders,
} from '../../../src/campaign/directives/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { Addressees } from './addressee-table.tsx'
import {
  type DirectiveSearch,
  directiveAt,
  directivesAt,
  orderAt,
  type Version,
  type WholeDirective,
} from './directive.ts'
import { MyAnswer } from './my-answer.tsx'
import { Reminder } from './reminder.tsx'

/**
 * One directive: what it says, in each of its versions; what our unit owes, and how far each unit has come. To open it
 * is to read it.
 */
export function DirectivePage() {
  const say = useSay()
  const { id } = useParams({ from: '/chien-dich/chi-dao/$id' })
  const search = useSearch({ from: '/chien-dich/chi-dao/$id' })
  const { data, error, refetch } = useAsk(directiveOpen, {
    params: { id },
    query: search.ban ? { version: Number(search.ban) } : {},
  })
  const version = data?.versions.find(one => one.version === data.shown)
  if (data && version) return <OneDirective directive={data} version={version} search={search} />
  return (
    <Page title={say('directive-name')}>
      {error ? <Failed error={error} retry={() => void refetch()} /> : <Loading what={say('directives-reading')} />}
    </Page>
  )
}

type Shown = { readonly directive: WholeDirective; readonly version: Version; readonly search: DirectiveSearch }

function OneDirective({ directive, version, search }: Shown) {
  const say = useSay()
  const number = `${directive.number}/${directive.year}`
  const isWatched = directive.mayRevise || directive.addressees.length > 1 || !directive.mine
  return (
    <Page
      title={say('directive-number', { number })}
      standing={<Standing directive={directive} version={version} />}
      strip={[say('directive-number', { number }), say('directive-due-on', { day: dayText(version.dueOn) })]}
      margin={<Versions directive={directive} search={search} />}
      foot={<Foot directive={directive} />}
    >
      <div className="directive">
        <article className="order prose">
          <h2>{version.title}</h2>
          <Notes directive={directive} version={version} />
          <p className="order-body">{version.body}</p>
          {version.question && (
            <p>
              <span className="quiet">{say('directive-question')}:</span> {version.question.label}
            </p>
          )}
        </article>
        <MyAnswer directive={directive} />
        {isWatched && <Addressees directive={directive} search={search} />}
        {directive.mayRevise && directive.shown === directive.version && <Reminder id={directive.id} />}
      </div>
    </Page>
  )
}

function Standing({ directive, version }: Omit<Shown, 'search'>) {
  const say = useSay()
  return (
    <>
      <p>{say('directive-due-on', { day: dayText(version.dueOn) })}</p>
      <p>{directive.issuingUnit.name}</p>
      <p>{say('directive-issued-by', { who: version.issuedBy, day: dayText(version.issuedOn) })}</p>
      {directive.campaignTitle && (
        <p>
          {say('directive-campaign')}: {directive.campaignTitle}
        </p>
      )}
    </>
  )
}

/** What one must know before reading: it is an old version, it is closed, it is no longer meant for us. */
function Notes({ directive, version }: Omit<Shown, 'search'>) {
  const say = useSay()
  if (version.version !== directive.version)
    return (
      <div className="note waiting">
        <p>
          {say('directive-superseded', { n: directive.version })}{' '}
          <Go to={directiveAt(directive.id)}>{say('directive-open-now', { n: directive.version })}</Go>
        </p>
      </div>
    )
  if (directive.closedOn)
    return <p className="note">{say('directive-closed-on', { day: dayText(directive.closedOn) })}</p>
  const isForNobodyHere = !directive.mine && !directive.mayRevise && directive.addressees.length === 0
  return isForNobodyHere ? <p className="note">{say('directive-no-longer')}</p> : null
}

function Versions({ directive, search }: { directive: WholeDirective; search: DirectiveSearch }) {
  const say = useSay()
  if (directive.versions.length < 2) return null
  return (
    <section>
      <nav className="sections" aria-label={say('directive-versions')}>
        {directive.versions.map(({ version, issuedOn }) => (
          <Go
            key={version}
            to={directiveAt(directive.id, {
              ...search,
              ban: version === directive.version ? undefined : String(version),
            })}
            current={version === directive.shown}
          >
            {version === directive.version
              ? say('directive-version-now', { n: version })
              : say('directive-version-old', { n: version, day: dayText(issuedOn) })}
          </Go>
        ))}
      </nav>
    </section>
  )
}

function Foot({ directive }: { directive: WholeDirective }) {
  const say = useSay()
  const [closing, setClosing] = useState(false)
  return (
    <>
      {directive.mayRevise && (
        <>
          <Button look="wide" href={orderAt({ sua: directive.id })}>
            {say('directive-revise')}
          </Button>
          <Button look="wide" onPress={() => setClosing(true)}>
            {say('directive-close')}
          </Button>
        </>
      )}
      <Go className="exit" to={directivesAt()}>
        {say('directives')}
      </Go>
      {closing && <Closing directive={directive} onClose={() => setClosing(false)} />}
    </>
  )
}

function Closing({
  directive: { id, number, year, counts },
  onClose,
}: {
  directive: WholeDirective
  onClose: () => void
}) {
  const say = useSay()
  const close = useDo(directiveClose, [directiveOpen, directiveList, directiveReminders])
  return (
    <DeedDialog
      open
      title={say('directive-close-title', { number: `${number}/${year}` })}
      deed={say('directive-close')}
      onDo={() => close.mutate({ params: { id } }, { onSuccess: onClose })}
      onClose={onClose}
      busy={close.isPending}
    >
      <p>{say('directive-close-so', { n: counts.units - counts.done })}</p>
      <RefusedNote error={close.error} />
    </DeedDialog>
  )
}
