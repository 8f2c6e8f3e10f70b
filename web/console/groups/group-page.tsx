import { useParams } from '@tanstack/react-router'
import { ListPlus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { groupChange, groupEnd, groupList, groupOpen } from '../../../src/campaign/groups/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { dayText, numberText, phoneText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { groupAt, groupsAt, type ListHead, visitListAt, type WholeGroup } from './group.ts'
import { GroupAccess } from './group-access.tsx'
import { GroupForm } from './group-form.tsx'
import { GroupLinks } from './group-links.tsx'
import { Called } from './groups-page.tsx'
import { MakeList } from './make-list.tsx'

/** One group: its lists and what came of them, its leader and members. */
export function GroupPage() {
  const say = useSay()
  const { id } = useParams({ from: '/danh-sach/to-cong-nghe/$id' })
  const { data, error, refetch } = useAsk(groupOpen, { params: { id } })
  const [doing, setDoing] = useState<Doing>()
  const leave = () => setDoing(undefined)
  if (!data)
    return (
      <Page title={say('groups')}>
        {error ? <Failed error={error} retry={() => void refetch()} /> : <Loading what={say('groups-reading')} />}
      </Page>
    )
  const make = !data.endedOn && (
    <Button look={['primary', 'wide']} icon={ListPlus} onPress={() => setDoing('list')}>
      {say('doors-make')}
    </Button>
  )
  return (
    <Page
      title={data.name}
      standing={<Standing group={data} />}
      strip={[data.name, data.unit.name]}
      foot={<Foot group={data} make={data.lists.length > 0 && make} onDo={setDoing} />}
    >
      {doing === 'change' ? <Changing group={data} onDone={leave} /> : <Whole group={data} make={make} />}
      {doing === 'list' && <MakeList group={data} onClose={leave} />}
      {doing === 'end' && <Ending group={data} onClose={leave} />}
    </Page>
  )
}

type Doing = 'change' | 'list' | 'end'

function Foot({ group, make, onDo }: { group: WholeGroup; make: ReactNode; onDo: (doing: Doing) => void }) {
  const say = useSay()
  return (
    <>
      {make}
      {!group.endedOn && (
        <>
          <Button look="wide" onPress={() => onDo('change')}>
            {say('group-change')}
          </Button>
          <Button look="wide" onPress={() => onDo('end')}>
            {say('group-end')}
          </Button>
        </>
      )}
      <Go className="exit" to={groupsAt()}>
        {say('groups')}
      </Go>
    </>
  )
}

function Standing({ group: { unit, quarter, endedOn } }: { group: WholeGroup }) {
  const say = useSay()
  return (
    <>
      <p>{unit.name}</p>
      <p>{quarter}</p>
      {endedOn && <p>{say('group-ended', { day: dayText(endedOn) })}</p>}
    </>
  )
}

function Whole({ group, make }: { group: WholeGroup; make: ReactNode }) {
  const say = useSay()
  return (
    <div className="split group-split">
      <section aria-label={say('doors-lists')}>
        <h2>{say('doors-lists')}</h2>
        {group.lists.length === 0 && <State so={say('doors-none')} todo={say('doors-none-todo')} buttons={make} />}
        {group.lists.map(list => (
          <List key={list.id} list={list} />
        ))}
      </section>
      <section className="companion" aria-label={say('group-members')}>
        <h2>
          {say('group-members')} <span className="aside">{say('group-people', { n: group.people.length })}</span>
        </h2>
        <ul className="members">
          {group.people.map(({ id, role, fullName, phone }) => (
            <li key={id}>
              <span>
                <Name name={fullName} />
                {role === 'leader' && <span className="aside">{say('group-leader')}</span>}
              </span>
              {phone && <span className="figures">{phoneText(phone)}</span>}
            </li>
          ))}
        </ul>
        {!group.endedOn && <GroupAccess id={group.id} />}
        {!group.endedOn && (
          <GroupLinks
            id={group.id}
            name={group.name}
            place={group.unit.name}
            members={group.people.map(({ fullName }) => fullName)}
          />
        )}
      </section>
    </div>
  )
}

function List({ list }: { list: ListHead }) {
  const say = useSay()
  const { counts, over, expiresOn } = list
  const told = (['helped', 'visited', 'refused', 'not-at-home', 'moved', 'waiting'] as const).filter(
    outcome => counts[outcome] > 0,
  )
  return (
    <article className="door-list">
      <p>
        <Go to={visitListAt(list.id)}>{list.lacking.map(need => say(`lacks-${need}`)).join(', ')}</Go>{' '}
        <span className="quiet">{[list.campaignTitle, list.why].filter(Boolean).join(' · ')}</span>
      </p>
      <Called done={counts.people - counts.waiting} of={counts.people} />
      <p className="small">
        {told.map(outcome => `${say(`doors-${outcome}`)} ${numberText(counts[outcome])}`).join(' · ')}
      </p>
      <p className="small">
        {say('doors-made-by', { who: list.madeBy, day: dayText(list.madeOn) })},{' '}
        {over ? <Chip kind="not-begun">{say('doors-over')}</Chip> : say('doors-until', { day: dayText(expiresOn) })}
      </p>
    </article>
  )
}

function Changing({ group, onDone }: { group: WholeGroup; onDone: () => void }) {
  const say = useSay()
  const send = useDo(groupChange, [groupOpen, groupList])
  return (
    <GroupForm
      group={group}
      deed={say('group-save')}
      busy={send.isPending}
      error={send.error}
      onSend={({ name, quarter, members }) =>
        send.mutate({ params: { id: group.id }, body: { name, quarter, members } }, { onSuccess: onDone })
      }
      back={groupAt(group.id)}
    />
  )
}

function Ending({ group: { id, name }, onClose }: { group: WholeGroup; onClose: () => void }) {
  const say = useSay()
  const end = useDo(groupEnd, [groupOpen, groupList])
  return (
    <DeedDialog
      open
      title={say('group-end-title', { name })}
      deed={say('group-end')}
      onDo={() => end.mutate({ params: { id } }, { onSuccess: () => goTo(groupsAt()) })}
      onClose={onClose}
      busy={end.isPending}
    >
      <p>{say('group-end-so')}</p>
      <RefusedNote error={end.error} />
    </DeedDialog>
  )
}
