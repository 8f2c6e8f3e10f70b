import { useState } from 'react'
import {
  establishNumber,
  listCollections,
  mendCollection,
  refuseCollection,
} from '../../../src/register/establishing/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { dayText, instantText } from '../../parts/formats.ts'
import { useActor, useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { NoteField } from '../base/note-field.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DeedDialog, Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Cells } from '../parts/person-number.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useSession, useUnitName } from '../shell/session.tsx'

type Collection = Answer<typeof listCollections>['collections'][number]

/** Who waits for a number: collected from papers by one officer, established by a second. */
export function CollectionsPage() {
  const say = useSay()
  const unit = useUnitName()
  const mayCollect = useMay('register.collect')
  const { data, error, refetch } = useAsk(listCollections, { query: {} })
  const [established, setEstablished] = useState<{ name: string; number?: string | undefined }>()
  const collect = mayCollect && (
    <Button look={['primary', 'wide']} href={at('/dan-cu/lap-so/moi')}>
      {say('collect-person')}
    </Button>
  )
  const mayExchange = useMay('exchange.read')
  const foot = (
    <>
      {collect}
      {mayExchange && (
        <Go className="exit" to={at('/trao-doi')}>
          {say('exchange-place')}
        </Go>
      )}
    </>
  )
  return (
    <Page title={say('collections-title')} standing={unit} strip={[unit, say('collections-open')]} foot={foot}>
      {established && <Established {...established} />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data?.collections.length === 0 && (
        <State so={say('collections-none')} todo={say('collections-none-todo')} buttons={collect} />
      )}
      <ul className="cases">
        {data?.collections.map(collection => (
          <One
            key={collection.id}
            collection={collection}
            onEstablished={number => setEstablished({ name: collection.given?.fullName ?? '', number })}
          />
        ))}
      </ul>
    </Page>
  )
}

function Established({ name, number }: { name: string; number?: string | undefined }) {
  const say = useSay()
  if (!number)
    return (
      <section className="state" role="status">
        <h2>{say('handed-up', { name })}</h2>
        <p className="quiet">{say('handed-up-todo')}</p>
      </section>
    )
  return (
    <section className="state" role="status">
      <h2>{say('established', { name })}</h2>
      <Cells number={number} explained />
      <p className="quiet">{say('established-todo')}</p>
    </section>
  )
}

function Told({ collection }: { collection: Collection }) {
  const say = useSay()
  const codes = useCodes()
  const { given, kind, personId, papers, reason } = collection
  return (
    <div>
      <p>
        {given ? <Name name={given.fullName} /> : <Go to={at(`/dan-cu/nguoi/${personId}`)}>{say('open-record')}</Go>}
        <span className="quiet">{` ${say(`kind-${kind}`)}`}</span>
      </p>
      {given && (
        <p>
          {say('about-person', { sex: codes('sex', given.sex), born: dayText(given.birthDate) })}
          {given.motherName && `; ${say('mother-name')}: ${given.motherName}`}
          {given.fatherName && `; ${say('father-name')}: ${given.fatherName}`}
        </p>
      )}
      <p className="small">
        {say('papers')}: {papers}
        {reason && ` · ${say('reason')}: ${reason}`}
      </p>
    </div>
  )
}

/** Since when the national centre has it, or why it gave it back. */
function AtCentre({ collection: { handedUpAt, returned } }: { collection: Collection }) {
  const say = useSay()
  const codes = useCodes()
  if (handedUpAt)
    return (
      <p>
        <Chip kind="waiting">{say('at-centre', { day: instantText(handedUpAt).day })}</Chip>
      </p>
    )
  if (!returned) return null
  return (
    <p>
      <Chip kind="late">{say('returned-by-centre', { day: dayText(returned.on) })}</Chip>{' '}
      {[codes('centre-code', returned.code), returned.note].filter(Boolean).join(': ')}
    </p>
  )
}

function One({
  collection,
  onEstablished,
}: {
  collection: Collection
  onEstablished: (number: string | undefined) => void
}) {
  const say = useSay()
  const actor = useActor()
  const isMine = collection.collectedBy.id === useSession().id
  const mayEstablish = useMay('register.establish') && !isMine && !collection.handedUpAt
  const mayMend = useMay('register.collect') && isMine && collection.returned !== undefined
  const [asking, setAsking] = useState<'establish' | 'refuse' | 'mend'>()
  const [papers, setPapers] = useState(collection.papers)
  const mend = useDo(mendCollection, [listCollections])
  const [reason, setReason] = useState('')
  const establish = useDo(establishNumber, [listCollections])
  const refuse = useDo(refuseCollection, [listCollections])
  const close = () => setAsking(undefined)
  const params = { id: collection.id }
  const name = collection.given?.fullName ?? say('person-without-number')
  return (
    <li>
      <Told collection={collection} />
      <p className="small">
        {say('collected-at', { unit: collection.unit.name, day: dayText(collection.collectedOn) })} ·{' '}
        {actor(collection.collectedBy)}
      </p>
      <AtCentre collection={collection} />
      <RefusedNote error={establish.error ?? refuse.error ?? mend.error} />
      {mayMend && (
        <div className="buttons">
          <Button look="row" onPress={() => setAsking('mend')}>
            {say('mend')}
          </Button>
        </div>
      )}
      {mayEstablish && (
        <div className="buttons">
          <Button look="row" onPress={() => setAsking('establish')}>
            {say('establish')}
          </Button>
          <Button look={['row', 'text']} onPress={() => setAsking('refuse')}>
            {say('refuse')}
          </Button>
        </div>
      )}
      <DeedDialog
        open={asking === 'establish'}
        title={say('establish-asks', { name })}
        deed={say('establish')}
        busy={establish.isPending}
        onClose={close}
        onDo={() =>
          establish.mutate(
            { params, seen: collection.version },
            { onSettled: close, onSuccess: ({ number }) => onEstablished(number) },
          )
        }
      >
        <p>{say('establish-means')}</p>
      </DeedDialog>
      <Dialog open={asking === 'mend'} title={say('mend-asks')} onClose={close}>
        <p className="prose">{collection.returned?.note}</p>
        <NoteField
          draft={`collection ${collection.id} papers`}
          label={say('papers')}
          value={papers}
          onChange={setPapers}
          rows={3}
          maxLength={2000}
          autoFocus
        />
        <div className="buttons">
          <Button
            look="primary"
            {...((mend.isPending || !papers.trim()) && { disabled: true })}
            onPress={() => mend.mutate({ params, body: { papers }, seen: collection.version }, { onSettled: close })}
          >
            {say('mend')}
          </Button>
          <Button onPress={close}>{say('leave-it')}</Button>
        </div>
      </Dialog>
      <Dialog open={asking === 'refuse'} title={say('refuse-asks')} onClose={close}>
        <NoteField
          draft={`collection ${collection.id} refused`}
          label={say('reason')}
          value={reason}
          onChange={setReason}
          rows={3}
          maxLength={2000}
          hint={say('reason-hint')}
          autoFocus
        />
        <div className="buttons">
          <Button
            look="primary"
            {...((refuse.isPending || !reason.trim()) && { disabled: true })}
            onPress={() => refuse.mutate({ params, body: { reason }, seen: collection.version }, { onSettled: close })}
          >
            {say('refuse')}
          </Button>
          <Button onPress={close}>{say('leave-it')}</Button>
        </div>
      </Dialog>
    </li>
  )
}
