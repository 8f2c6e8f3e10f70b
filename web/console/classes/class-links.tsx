import { type FormEvent, useState } from 'react'
import {
  chooseNamesInMessage,
  classLinks,
  doneByClassLink,
  issueClassLink,
  issueClassLinks,
  newPinOfClassLink,
  renewClassLink,
  revokeClassLink,
} from '../../../src/classes/links/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
import { useDraftState } from '../base/drafts.ts'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { DeedDialog, Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { useMay } from '../shell/session.tsx'
import { IssuedLink } from './issued-link.tsx'
import { goToLinkPapers, type LinkPaper } from './link-papers.ts'

type Listed = Answer<typeof classLinks>
type ClassRow = Listed['classes'][number]
type Link = ClassRow['links'][number]
type School = NonNullable<Listed['school']>

/** The classes of a school with the links of their teachers: issued, renewed, given another PIN, revoked. */
export function ClassLinks() {
  const say = useSay()
  const [chosen, setChosen] = useState('')
  const { data, error, refetch } = useAsk(classLinks, { query: chosen ? { school: chosen as School['id'] } : {} })
  const [of, setOf] = useState<string>()
  const row = data?.classes.find(one => one.class === of)
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (!data) return <Loading what={say('classes-reading')} />
  if (data.schools.length === 0) return <State so={say('class-links-none')} />
  return (
    <section className="stack">
      <p className="quiet">{say('class-links-about')}</p>
      {data.schools.length > 1 && (
        <Field
          label={say('class-links-school')}
          value={chosen}
          onChange={setChosen}
          choices={[['', ''], ...data.schools.map(({ id, name }) => [id, name] as const)]}
        />
      )}
      {!data.school && <p className="quiet">{say('class-links-choose')}</p>}
      {data.school && !data.school.mayIssue && <p className="note">{say('class-links-schools-own')}</p>}
      {data.school && <Links classes={data.classes} onOpen={setOf} />}
      {data.school?.mayIssue && data.classes.length > 0 && <IssueMany listed={data} school={data.school} />}
      {data.school && <NamesInMessage school={data.school} />}
      {data.school && row && (
        <LinksOfClass listed={data} school={data.school} row={row} onClose={() => setOf(undefined)} />
      )}
    </section>
  )
}

const inForce = ({ links }: ClassRow) => links.filter(({ state }) => state === 'in-force')

function Links({ classes, onOpen }: { classes: readonly ClassRow[]; onOpen: (of: string) => void }) {
  const say = useSay()
  const narrow = useNarrow()
  const columns: readonly Column<ClassRow>[] = [
    { id: 'class', head: say('class-name'), width: '80px', onPhone: true, show: one => one.class },
    { id: 'pupils', head: say('class-pupils'), width: '90px', end: true, show: one => numberText(one.pupils) },
    {
      id: 'link',
      head: say('class-link'),
      width: 'minmax(160px, 3fr)',
      onPhone: true,
      show: one =>
        inForce(one).length > 0 ? (
          inForce(one).map(link => <LinkLine key={link.id} link={link} />)
        ) : (
          <span className="quiet">{say('class-link-none')}</span>
        ),
    },
    {
      id: 'deed',
      head: say('class-deed'),
      width: narrow ? '104px' : '120px',
      end: true,
      onPhone: true,
      show: one => (
        <Button look="row" onPress={() => onOpen(one.class)}>
          {say('class-link-manage')}
        </Button>
      ),
    },
  ]
  return <Table label={say('class-links')} rows={classes} columns={columns} idOf={one => one.class} />
}

function LinkLine({ link }: { link: Link }) {
  const say = useSay()
  return (
    <span>
      <Name name={link.holder} />{' '}
      <span className="quiet">
        {say('class-link-until', { day: dayText(link.until) })},{' '}
        {link.lastOpenedOn
          ? say('class-link-opened', { day: dayText(link.lastOpenedOn) })
          : say('class-link-never-opened')}
      </span>
    </span>
  )
}

function NamesInMessage({ school }: { school: School }) {
  const say = useSay()
  const mayChoose = useMay('classes.manage')
  const choose = useDo(chooseNamesInMessage, [classLinks])
  if (!mayChoose) return null
  return (
    <div className="stack">
      <Field
        label={say('class-message-names')}
        hint={say('class-message-names-about')}
        value={school.namesInMessage ? 'yes' : 'no'}
        onChange={value => choose.mutate({ body: { schoolId: school.id, names: value === 'yes' } })}
        choices={[
          ['no', say('class-message-no')],
          ['yes', say('class-message-yes')],
        ]}
      />
      <RefusedNote error={choose.error} />
    </div>
  )
}

type Whose = { listed: Pick<Listed, 'term' | 'termEnd'>; school: School }

/** What stands on the papers of a class. */
function usePaperOf({ listed: { term }, school }: Whose) {
  const say = useSay()
  return (of: string, made: Pick<LinkPaper, 'holder' | 'until' | 'address' | 'pin'>): LinkPaper => ({
    ...{ of: 'class', name: of, place: school.name },
    term: say(`class-link-term-${term}`, { year: school.schoolYear }),
    ...made,
  })
}

/** Links of many classes at once, which are printed a page each. */
function IssueMany({ listed, school }: Whose & { listed: Listed }) {
  const say = useSay()
  const [isAsked, setAsked] = useState(false)
  return (
    <div className="buttons">
      <Button onPress={() => setAsked(true)}>{say('class-links-many')}</Button>
      {isAsked && <IssueManyDialog listed={listed} school={school} onClose={() => setAsked(false)} />}
    </div>
  )
}

function IssueManyDialog({ listed, school, onClose }: Whose & { listed: Listed; onClose: () => void }) {
  const say = useSay()
  const issue = useDo(issueClassLinks, [classLinks])
  const paperOf = usePaperOf({ listed, school })
  const without = listed.classes.filter(one => inForce(one).length === 0)
  const [which, setWhich] = useState(without.length > 0 ? 'without' : 'all')
  const [until, setUntil] = useState(listed.termEnd)
  const chosen = which === 'all' ? listed.classes : without
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const classes = chosen.map(one => ({
      class: one.class,
      holder: one.teacher || inForce(one)[0]?.holder || say('class-link-holder-any'),
    }))
    issue.mutate(
      { body: { schoolId: school.id, until, classes } },
      { onSuccess: ({ links }) => goToLinkPapers(links.map(made => paperOf(made.class, made))) },
    )
  }
  return (
    <Dialog open title={say('class-links-many-title')} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <p className="quiet">{say('class-links-many-about')}</p>
        <Field
          label={say('class-links-many-which')}
          value={which}
          onChange={setWhich}
          choices={[
            ...(without.length > 0
              ? [['without', say('class-links-many-without', { n: without.length })] as const]
              : []),
            ['all', say('class-links-many-all', { n: listed.classes.length })],
          ]}
        />
        <DayField
          label={say('class-link-last-day')}
          hint={say('class-link-last-day-hint')}
          value={until}
          onChange={setUntil}
        />
        <RefusedNote error={issue.error} />
        <div className="buttons">
          <Button look="primary" submits disabled={issue.isPending || !until}>
            {say('class-links-many-do')}
          </Button>
          <Button look="text" onPress={onClose}>
            {say('close')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

type OfClass = Whose & { row: ClassRow; onClose: () => void }

function LinksOfClass({ listed, school, row, onClose }: OfClass) {
  const say = useSay()
  const paperOf = usePaperOf({ listed, school })
  const [shown, setShown] = useState<Made>()
  const title = say('class-link-of', { class: row.class })
  if (shown)
    return (
      <IssuedLink
        title={say('class-link-issued', { class: row.class })}
        about={`${school.name}, ${say('class-name')} ${row.class}`}
        addressLabel={say('class-link-address')}
        paper={paperOf(row.class, shown)}
        onClose={onClose}
      />
    )
  return (
    <Dialog open title={title} onClose={onClose}>
      <div className="stack">
        {row.links.map(link => (
          <OneLink
            key={link.id}
            link={link}
            of={row.class}
            termEnd={listed.termEnd}
            school={school}
            onShown={setShown}
          />
        ))}
        {school.mayIssue && inForce(row).length === 0 && (
          <NewLink school={school} of={row.class} termEnd={listed.termEnd} onShown={setShown} />
        )}
        <div className="buttons">
          <Button look="text" onPress={onClose}>
            {say('close')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

type Made = Pick<LinkPaper, 'holder' | 'until' | 'address' | 'pin'>
type NewLinkProps = { school: School; of: string; termEnd: string; onShown: (shown: Made) => void }

function NewLink({ school, of, termEnd, onShown }: NewLinkProps) {
  const say = useSay()
  const issue = useDo(issueClassLink, [classLinks])
  const [holder, setHolder] = useDraftState(`class-link ${school.id} ${of}`, '')
  const [until, setUntil] = useState(termEnd)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!holder.trim() || !until) return
    issue.mutate(
      { body: { schoolId: school.id, class: of, holder: holder.trim(), until } },
      {
        onSuccess: link => {
          setHolder('')
          onShown({ ...link, holder: holder.trim() })
        },
      },
    )
  }
  return (
    <form className="form" onSubmit={submit}>
      <Field label={say('class-link-holder')} value={holder} onChange={setHolder} maxLength={120} />
      <DayField
        label={say('class-link-last-day')}
        hint={say('class-link-last-day-hint')}
        value={until}
        onChange={setUntil}
      />
      <RefusedNote error={issue.error} />
      <div className="buttons">
        <Button look="primary" submits {...(issue.isPending && { disabled: true })}>
          {say('class-link-new')}
        </Button>
      </div>
    </form>
  )
}

type OneLinkProps = NewLinkProps & { link: Link }

function OneLink({ link, of, termEnd, school, onShown }: OneLinkProps) {
  const say = useSay()
  const renew = useDo(renewClassLink, [classLinks])
  const pin = useDo(newPinOfClassLink, [classLinks])
  const revoke = useDo(revokeClassLink, [classLinks])
  const [revoking, setRevoking] = useState(false)
  const [showsDone, setShowsDone] = useState(false)
  const params = { id: link.id }
  const isOpen = link.state === 'in-force'
  const busy = (renew.isPending || pin.isPending || revoke.isPending) && { disabled: true }
  const { holder, until } = link
  return (
    <section className="stack">
      <p>
        <LinkLine link={link} /> <span className="aside">{say(`class-link-${link.state}`)}</span>
      </p>
      <RefusedNote error={renew.error ?? pin.error ?? revoke.error} />
      <div className="buttons">
        {isOpen && school.mayIssue && (
          <>
            <Button
              look="row"
              {...busy}
              onPress={() =>
                renew.mutate({ params, body: { until: termEnd } }, { onSuccess: made => onShown({ ...made, holder }) })
              }
            >
              {say('class-link-renew')}
            </Button>
            <Button
              look="row"
              {...busy}
              onPress={() => pin.mutate({ params }, { onSuccess: made => onShown({ ...made, holder, until }) })}
            >
              {say('class-link-new-pin')}
            </Button>
            <Button look="row" {...busy} onPress={() => setRevoking(true)}>
              {say('class-link-revoke')}
            </Button>
          </>
        )}
        <Button look="row" onPress={() => setShowsDone(!showsDone)}>
          {say('class-link-done')}
        </Button>
      </div>
      {showsDone && <DoneByLink id={link.id} />}
      {revoking && (
        <DeedDialog
          open
          title={say('class-link-revoke-asks', { class: of })}
          deed={say('class-link-revoke')}
          busy={revoke.isPending}
          onDo={() => revoke.mutate({ params }, { onSuccess: () => setRevoking(false) })}
          onClose={() => setRevoking(false)}
        >
          <p>{say('class-link-revoke-means')}</p>
        </DeedDialog>
      )}
    </section>
  )
}

function DoneByLink({ id }: { id: string }) {
  const say = useSay()
  const { data, error, refetch } = useAsk(doneByClassLink, { params: { id } })
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (!data) return <Loading what={say('classes-reading')} />
  if (data.done.length === 0) return <p className="quiet">{say('class-link-done-none')}</p>
  return (
    <ul className="members">
      {data.done.map(one => {
        const { dayInYear, time } = instantText(one.at)
        return (
          <li key={`${one.at} ${one.name}`}>
            <span>
              {dayInYear} {time} <Name name={one.name} />: {say(`class-${one.outcome}`)}
              {one.willComeOn && ` ${dayText(one.willComeOn)}`} {one.note && <span className="quiet">{one.note}</span>}
              {one.takenBack && <span className="aside"> {say('class-link-taken-back')}</span>}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
