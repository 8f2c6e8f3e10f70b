import { type FormEvent, useState } from 'react'
import {
  groupLinks,
  issueGroupLink,
  issueGroupLinks,
  mostGroupLinks,
  newPinOfGroupLink,
  renewGroupLink,
  revokeGroupLink,
} from '../../../src/campaign/group-links/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { useDraftState } from '../base/drafts.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { IssuedLink } from '../classes/issued-link.tsx'
import { goToLinkPapers, type LinkPaper } from '../classes/link-papers.ts'
import { DayField } from '../parts/day-field.tsx'
import { DeedDialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'

type Link = Answer<typeof groupLinks>['links'][number]
type Made = Pick<LinkPaper, 'holder' | 'until' | 'address' | 'pin'>

type GroupLinksProps = {
  readonly id: string
  readonly name: string
  readonly place: string
  readonly members: readonly string[]
}

/** The links by which members without a sign-in open the group’s lists on their own phone. */
export function GroupLinks({ id, name, place, members }: GroupLinksProps) {
  const say = useSay()
  const { data } = useAsk(groupLinks, { params: { id } })
  const issue = useDo(issueGroupLink, [groupLinks])
  const issueAll = useDo(issueGroupLinks, [groupLinks])
  const [holder, setHolder] = useDraftState(`group-link ${id}`, '')
  const [chosenEnd, setUntil] = useState<string>()
  const [shown, setShown] = useState<Made>()
  if (!data) return null
  const until = chosenEnd ?? data.usualEnd
  const links = data.links.filter(({ state }) => state === 'in-force')
  const without = members.filter(member => !links.some(link => link.holder === member)).slice(0, mostGroupLinks)
  const paperOf = (made: Made): LinkPaper => ({ of: 'group', name, place, ...made })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!holder.trim() || !until) return
    issue.mutate(
      { params: { id }, body: { holder: holder.trim(), until } },
      {
        onSuccess: made => {
          setHolder('')
          setShown({ ...made, holder: holder.trim() })
        },
      },
    )
  }
  return (
    <section className="next-part">
      <h2>{say('group-links')}</h2>
      <p className="quiet">{say('group-links-about')}</p>
      <ul className="members">
        {links.map(link => (
          <OneLink key={link.id} link={link} usualEnd={data.usualEnd} onShown={setShown} />
        ))}
      </ul>
      <form className="form" onSubmit={submit}>
        <Field label={say('group-link-holder')} value={holder} onChange={setHolder} maxLength={120} />
        <DayField label={say('class-link-last-day')} value={until} onChange={setUntil} />
        <RefusedNote error={issue.error ?? issueAll.error} />
        <div className="buttons">
          <Button submits {...(issue.isPending && { disabled: true })}>
            {say('class-link-new')}
          </Button>
          {without.length > 0 && (
            <Button
              {...(issueAll.isPending && { disabled: true })}
              onPress={() =>
                issueAll.mutate(
                  { params: { id }, body: { holders: without, until } },
                  { onSuccess: made => goToLinkPapers(made.links.map(paperOf)) },
                )
              }
            >
              {say('group-links-all', { n: without.length })}
            </Button>
          )}
        </div>
      </form>
      {shown && (
        <IssuedLink
          title={say('group-link-issued')}
          about={name}
          addressLabel={say('group-link-address')}
          paper={paperOf(shown)}
          onClose={() => setShown(undefined)}
        />
      )}
    </section>
  )
}

type OneLinkProps = { readonly link: Link; readonly usualEnd: string; readonly onShown: (made: Made) => void }

function OneLink({ link: { id, holder, until }, usualEnd, onShown }: OneLinkProps) {
  const say = useSay()
  const renew = useDo(renewGroupLink, [groupLinks])
  const pin = useDo(newPinOfGroupLink, [groupLinks])
  const revoke = useDo(revokeGroupLink, [groupLinks])
  const [revoking, setRevoking] = useState(false)
  const params = { id }
  const busy = (renew.isPending || pin.isPending || revoke.isPending) && { disabled: true }
  return (
    <li>
      <span>
        <Name name={holder} /> <span className="aside">{say('class-link-until', { day: dayText(until) })}</span>
        <RefusedNote error={renew.error ?? pin.error ?? revoke.error} />
      </span>
      <span>
        <Button
          look="row"
          {...busy}
          onPress={() =>
            renew.mutate({ params, body: { until: usualEnd } }, { onSuccess: made => onShown({ ...made, holder }) })
          }
        >
          {say('class-link-renew')}
        </Button>{' '}
        <Button
          look="row"
          {...busy}
          onPress={() => pin.mutate({ params }, { onSuccess: made => onShown({ ...made, holder, until }) })}
        >
          {say('class-link-new-pin')}
        </Button>{' '}
        <Button look="row" {...busy} onPress={() => setRevoking(true)}>
          {say('class-link-revoke')}
        </Button>
      </span>
      {revoking && (
        <DeedDialog
          open
          title={say('group-link-revoke-asks', { holder })}
          deed={say('class-link-revoke')}
          busy={revoke.isPending}
          onDo={() => revoke.mutate({ params }, { onSuccess: () => setRevoking(false) })}
          onClose={() => setRevoking(false)}
        >
          <p>{say('group-link-revoke-means')}</p>
        </DeedDialog>
      )}
    </li>
  )
}
