import { useSearch } from '@tanstack/react-router'
import { ClipboardCopy } from 'lucide-react'
import { useState } from 'react'
import {
  activityList,
  activityPlaces,
  audiences,
  materialKinds,
  materialRead,
} from '../../../src/awareness/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useLanguage } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { among } from '../campaign/search.ts'
import { PaperPage } from '../papers/paper-page.tsx'
import { awarenessAt } from './activity.ts'

/** A leaflet, a letter or a text, of today's facts; on A4, or to be copied. */
export function MaterialsPage() {
  const { say, language } = useLanguage()
  const { cd } = useSearch({ from: '/tuyen-truyen/tai-lieu' })
  const [kind, setKind] = useState<string>('leaflet')
  const [audience, setAudience] = useState<string>('parents')
  const [place, setPlace] = useState('')
  const ledger = useAsk(activityList, { query: { limit: 1, ...(cd && { campaign: cd as never }) } })
  const places = useAsk(activityPlaces, {})
  const known = places.data
  const chosen =
    place || (known?.communes[0] ? `unit:${known.communes[0].id}` : `school:${known?.schools[0]?.id ?? ''}`)
  const [of, id = ''] = chosen.split(':')
  const campaign = ledger.data?.campaign.id
  const { data, error, refetch } = useAsk(
    materialRead,
    {
      query: {
        campaign: campaign as never,
        kind: among(materialKinds, kind) ?? 'leaflet',
        audience: among(audiences, audience) ?? 'parents',
        language,
        ...(of === 'school' ? { school: id as never } : { unit: id as never }),
      },
    },
    { when: campaign !== undefined && id !== '', keep: true },
  )
  return (
    <PaperPage
      title={data?.title ?? say('materials-title')}
      lines={data ? [data.issuedBy] : []}
      back={{ to: awarenessAt({ cd }), text: say('awareness-back') }}
      error={error ?? ledger.error ?? places.error}
      retry={() => void refetch()}
      signs={kind === 'letter' ? [say('paper-commander')] : []}
      className="material-paper"
      reading={data ? undefined : say('awareness-reading')}
      also={data && <CopyText text={data.text} />}
      margin={
        <section className="stack">
          <Field
            label={say('materials-kind')}
            value={kind}
            onChange={setKind}
            choices={materialKinds.map(one => [one, say(`material-${one}`)] as const)}
          />
          <Field
            label={say('awareness-audience')}
            value={audience}
            onChange={setAudience}
            choices={audiences.map(one => [one, say(`audience-${one}`)] as const)}
          />
          {known && known.communes.length + known.schools.length > 1 && (
            <Field
              label={say('awareness-place')}
              value={chosen}
              onChange={setPlace}
              choices={[
                ...known.communes.map(one => [`unit:${one.id}`, one.name] as const),
                ...known.schools.map(one => [`school:${one.id}`, one.name] as const),
              ]}
            />
          )}
          {data && kind === 'loudspeaker' && (
            <p className="small quiet">{say('materials-seconds', { n: numberText(data.seconds) })}</p>
          )}
        </section>
      }
    >
      {data && (
        <div className="material">
          {data.parts.map(({ text, items }) => (
            <section key={text}>
              <p>{text}</p>
              {items && (
                <ul>
                  {items.map(item => (
                    <li key={item}>{item}</li>
                  ))}
                </ul>
              )}
            </section>
          ))}
        </div>
      )}
    </PaperPage>
  )
}

/** Copies the text for a group or an announcer; where the browser does not let it, it stands there to be marked. */
function CopyText({ text }: { text: string }) {
  const { say } = useLanguage()
  const [result, setResult] = useState<'copied' | 'by-hand'>()
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setResult('copied'),
      () => setResult('by-hand'),
    )
  }
  return (
    <div aria-live="polite">
      <Button look="wide" icon={ClipboardCopy} onPress={copy}>
        {say(result === 'copied' ? 'materials-copied' : 'materials-copy')}
      </Button>
      {result === 'by-hand' && (
        <textarea className="input by-hand" rows={8} readOnly value={text} aria-label={say('materials-copy')} />
      )}
    </div>
  )
}
