import { useState } from 'react'
import { endGroupAccess, giveGroupAccess, groupAccess } from '../../../src/campaign/groups/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'

/** Which members sign in and see the lists that the group walks with. */
export function GroupAccess({ id }: { id: string }) {
  const say = useSay()
  const { data } = useAsk(groupAccess, { params: { id } })
  const give = useDo(giveGroupAccess, [groupAccess])
  const end = useDo(endGroupAccess, [groupAccess])
  const [appointmentId, setAppointmentId] = useState('')
  if (!data || data.access.length + data.members.length === 0) return null
  return (
    <>
      <h2>{say('group-access')}</h2>
      <ul className="members">
        {data.access.map(one => (
          <li key={one.id}>
            <span>
              <Name name={one.name} /> <span className="aside">{dayText(one.since)}</span>
            </span>
            <Button look="row" onPress={() => end.mutate({ params: { id: one.id } })}>
              {say('group-access-end')}
            </Button>
          </li>
        ))}
      </ul>
      <Field
        label={say('group-access-who')}
        value={appointmentId}
        onChange={setAppointmentId}
        choices={[['', ''], ...data.members.map(one => [one.appointmentId, one.name] as const)]}
      />
      <RefusedNote error={give.error ?? end.error} />
      {appointmentId && (
        <Button onPress={() => give.mutate({ params: { id }, body: { appointmentId } })}>
          {say('group-access-give')}
        </Button>
      )}
    </>
  )
}
