import { Plus, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { GroupInput } from '../../../src/campaign/groups/contract.ts'
import { listUnits } from '../../../src/units/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { phoneText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { useSession, useToday } from '../shell/session.tsx'
import type { WholeGroup } from './group.ts'

type Typed = {
  readonly unit: string
  readonly name: string
  readonly quarter: string
  readonly members: readonly TypedMember[]
}
type GivenGroup = Omit<GroupInput, 'unit'> & { readonly unit?: string }

/** `key` keeps a field where it is while others are taken out. */
type TypedMember = { readonly key: string; readonly fullName: string; readonly phone: string }

const blank = (key: string): TypedMember => ({ key, fullName: '', phone: '' })

const typedFrom = (group: WholeGroup | undefined, own: string): Typed => ({
  unit: group?.unit.id ?? own,
  name: group?.name ?? '',
  quarter: group?.quarter ?? '',
  members: group
    ? group.people.map(({ id, fullName, phone }) => ({ key: id, fullName, phone: phone ? phoneText(phone) : '' }))
    : [blank('leader')],
})

/** What is sent: whoever stands first leads; a line without a name is no member. */
const givenFrom = ({ unit, name, quarter, members }: Typed): GivenGroup => ({
  ...(unit && { unit }),
  name: name.trim(),
  quarter: quarter.trim(),
  members: members
    .filter(({ fullName }) => fullName.trim())
    .map(({ fullName, phone }, at) => ({
      role: at === 0 ? ('leader' as const) : ('member' as const),
      fullName: fullName.trim(),
      ...(phone.trim() && { phone: phone.trim() }),
    })),
})

type Props = {
  readonly group?: WholeGroup | undefined
  readonly deed: string
  readonly busy: boolean
  readonly error: unknown
  readonly onSend: (given: GivenGroup) => void
  readonly back: string
}

/** A group's name, quarter, leader and members. */
export function GroupForm({ group, deed, busy, error, onSend, back }: Props) {
  const say = useSay()
  const { post, unitPath } = useSession()
  const isCommune = unitPath[0]?.level === 'commune'
  const [typed, setTyped] = useState(() => typedFrom(group, isCommune ? (post?.unitId ?? '') : ''))
  const isWhole = typed.unit && typed.name.trim() && typed.quarter.trim() && typed.members[0]?.fullName.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isWhole) onSend(givenFrom(typed))
  }
  return (
    <form className="form group-form" onSubmit={submit}>
      {!group && !isCommune && <Commune value={typed.unit} onChange={unit => setTyped({ ...typed, unit })} />}
      <Field
        label={say('group-name')}
        value={typed.name}
        onChange={name => setTyped({ ...typed, name })}
        maxLength={120}
        autoFocus
      />
      <Field
        label={say('group-quarter')}
        value={typed.quarter}
        onChange={quarter => setTyped({ ...typed, quarter })}
        hint={say('group-quarter-hint')}
        maxLength={80}
      />
      <MemberLines members={typed.members} onChange={members => setTyped({ ...typed, members })} />
      <RefusedNote error={error} />
      <div className="buttons">
        <Button look="primary" submits {...((busy || !isWhole) && { disabled: true })}>
          {deed}
        </Button>
        <Button href={back}>{say('order-leave')}</Button>
      </div>
    </form>
  )
}

function Commune({ value, onChange }: { value: string; onChange: (unit: string) => void }) {
  const say = useSay()
  const { post } = useSession()
  const { data } = useAsk(listUnits, {
    query: { day: useToday(), level: 'commune', ...(post && { below: post.unitId }) },
  })
  const communes = (data?.units ?? [])
    .filter(({ level }) => level === 'commune')
    .map(({ id, name }) => [id, name] as const)
  return (
    <Field label={say('group-commune')} value={value} onChange={onChange} choices={[['', ''] as const, ...communes]} />
  )
}

function MemberLines({
  members,
  onChange,
}: {
  members: readonly TypedMember[]
  onChange: (members: readonly TypedMember[]) => void
}) {
  const say = useSay()
  const change = (key: string, changed: Partial<TypedMember>) =>
    onChange(members.map(one => (one.key === key ? { ...one, ...changed } : one)))
  return (
    <div className="member-lines">
      {members.map(({ key, fullName, phone }, at) => (
        <fieldset key={key}>
          <legend>{at === 0 ? say('group-leader') : say('group-member', { n: at })}</legend>
          <Field
            label={say('group-member-name')}
            value={fullName}
            onChange={next => change(key, { fullName: next })}
            maxLength={120}
          />
          <Field
            label={say('group-member-phone')}
            value={phone}
            onChange={next => change(key, { phone: next })}
            type="tel"
            maxLength={40}
          />
          {at > 0 && (
            <Button look="text" icon={X} onPress={() => onChange(members.filter(one => one.key !== key))}>
              {say('group-member-remove')}
            </Button>
          )}
        </fieldset>
      ))}
      <Button icon={Plus} onPress={() => onChange([...members, blank(crypto.randomUUID())])}>
        {say('group-member-add')}
      </Button>
    </div>
  )
}
