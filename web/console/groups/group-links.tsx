import { type FormEvent, useState } from 'react'
import {
  groupLinks,
  issueGroupLink,
  newPinOfGroupLink,
  revokeGroupLink,
} from '../../../src/campaign/group-links/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { useDraftState } from '../base/drafts.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { IssuedLink, type OnceShown } from '../classes/issued-link.tsx'
import { DayField } from '../parts/day-field.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'

/** The links by which members without a sign-in open the group’s lists on their own phone. */
export function GroupLinks({ id, name }: { id: string; name: string }) {
  const say = useSay()
  const { data } = useAsk(groupLinks, { params: { id } })
  const issue = useDo(issueGroupLink, [groupLinks])
  const pin = useDo(newPinOfGroupLink, [groupLinks])
  const revoke = useDo(revokeGroupLink, [groupLinks])
  const [holder, setHolder] = useDraftState(`group-link ${id}`, '')
  const [chosenEnd, setUntil] = useState<string>()
  const [shown, setShown] = useState<OnceShown>()
  if (!data) return null
  const until = chosenEnd ?? data.usualEnd
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
    <>
      <h2>{say('group-links')}</h2>
      <p className="quiet">{say('group-links-about')}</p>
      <ul className="members">
        {data.links
          .filter(({ state }) => state === 'in-force')
          .map(link => (
            <li key={link.id}>
              <span>
                <Name name={link.holder} />{' '}
                <span className="aside">{say('class-link-until', { day: dayText(link.until) })}</span>
              </span>
              <span>
                <Button
                  look="row"
                  onPress={() =>
                    pin.mutate(
                      { params: { id: link.id } },
                      { onSuccess: made => setShown({ ...made, holder: link.holder }) },
                    )
                  }
                >
                  {say('class-link-new-pin')}
                </Button>{' '}
                <Button look="row" onPress={() => revoke.mutate({ params: { id: link.id } })}>
                  {say('class-link-revoke')}
                </Button>
              </span>
            </li>
          ))}
      </ul>
      <form className="form" onSubmit={submit}>
        <Field label={say('group-link-holder')} value={holder} onChange={setHolder} maxLength={120} />
        <DayField label={say('class-link-last-day')} value={until} onChange={setUntil} />
        <RefusedNote error={issue.error ?? pin.error ?? revoke.error} />
        <Button submits {...(issue.isPending && { disabled: true })}>
          {say('class-link-new')}
        </Button>
      </form>
      {shown && (
        <IssuedLink
          title={say('group-link-issued')}
          about={name}
          addressLabel={say('group-link-address')}
          shown={shown}
          onClose={() => setShown(undefined)}
        />
      )}
    </>
  )
}
