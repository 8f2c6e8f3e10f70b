import { useState } from 'react'
import { sendLiteracySurvey, universalFigures } from '../../../src/out-of-school/universal/contract.ts'
import { listUnits } from '../../../src/units/contract.ts'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Progress, RefusedNote } from '../parts/page-state.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { WorkbookDrop } from '../parts/workbook-drop.tsx'
import { useMay, useSession } from '../shell/session.tsx'
import type { Figures } from './universal.ts'

type Band = Figures['literacy']['bands'][number]

/** Who can read, by what communes found out; nothing is reckoned for those that found out nothing. */
export function Literacy({ figures: { literacy } }: { figures: Figures }) {
  const say = useSay()
  const maySend = useMay('education.import')
  const columns: readonly Column<Band>[] = [
    { id: 'band', head: say('literacy-band'), width: '90px', onPhone: true, show: ({ from, to }) => `${from}–${to}` },
    ...(['people', 'surveyed', 'illiterate', 'level-1', 'level-2'] as const).map(
      (key): Column<Band> => ({
        id: key,
        head: say(`literacy-${key}`),
        width: 'minmax(80px, 1fr)',
        end: true,
        onPhone: key === 'surveyed' || key === 'illiterate',
        show: band => numberText(band[key]),
      }),
    ),
  ]
  return (
    <section className="part" aria-label={say('literacy')}>
      <h2>{say('literacy')}</h2>
      <p className="quiet">
        {literacy.surveyYear
          ? say('literacy-year', { year: literacy.surveyYear, n: numberText(literacy.communesSurveyed) })
          : say('literacy-none')}
      </p>
      {literacy.surveyYear !== undefined && (
        <Table label={say('literacy')} rows={literacy.bands} columns={columns} idOf={({ from }) => String(from)} />
      )}
      {maySend && <SendSurvey />}
    </section>
  )
}

function SendSurvey() {
  const say = useSay()
  const { post, today } = useSession()
  const units = useAsk(listUnits, { query: { day: today, ...(post && { below: post.unitId }) } }, { when: !!post })
  const send = useDo(sendLiteracySurvey, [universalFigures])
  const [filled, setFilled] = useState({ unit: '', year: today.slice(0, 4) })
  const communes = (units.data?.units ?? []).filter(({ level }) => level === 'commune')
  const take = (file: File) => send.mutate({ body: filled, file })
  const told = send.data
  return (
    <>
      <h3>{say('literacy-send')}</h3>
      <div className="fields">
        <Field
          label={say('literacy-commune')}
          value={filled.unit}
          onChange={unit => setFilled({ ...filled, unit })}
          choices={[['', ''], ...communes.map(({ id, name }) => [id, name] as const)]}
        />
        <Field
          label={say('literacy-survey-year')}
          value={filled.year}
          onChange={year => setFilled({ ...filled, year })}
          maxLength={4}
        />
      </div>
      <p className="quiet">{say('literacy-columns')}</p>
      {send.isPending && <Progress what={say('universal-reading')} />}
      {!send.isPending && filled.unit && <WorkbookDrop label={say('literacy-file')} onFile={take} />}
      {told && (
        <p className="note">
          {say('literacy-taken', {
            kept: numberText(told.kept),
            lines: numberText(told.lines),
            matched: numberText(told.matched),
            refused: numberText(told.refused.length),
          })}
        </p>
      )}
      <RefusedNote error={send.error} />
    </>
  )
}
