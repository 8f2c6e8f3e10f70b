import { Download } from 'lucide-react'
import { useState } from 'react'
import { rowReasonTexts } from '../../../src/cards/imports/words-row-reason.ts'
import { importProductionResults, listBatches, showBatch } from '../../../src/cards/production/contract.ts'
import { cardPipeline, listCards } from '../../../src/cards/tracking/contract.ts'
import { textIn } from '../../../src/platform/pages/html.ts'
import { Button } from '../../parts/button.tsx'
import { type Answer, save } from '../../parts/call.ts'
import { numberText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { FileDrop } from '../cards/card-file-drop.tsx'
import { Progress, RefusedNote } from '../parts/page-state.tsx'

/** What a centre answers: dropped as a CSV, counted, and what is not taken told by reason and given back as a file. */
export function ProductionResults() {
  const say = useSay()
  const [name, setName] = useState('')
  const take = useDo(importProductionResults, [listBatches, showBatch, cardPipeline, listCards])
  return (
    <>
      <h2>{say('returns-title')}</h2>
      {take.isPending ? (
        <Progress what={say('returns-reading', { name })} />
      ) : (
        <FileDrop
          kind="csv"
          label={say('returns-drop')}
          hint={say('returns-hint')}
          choose={say('file-choose')}
          onFile={file => {
            setName(file.name)
            take.mutate({ file })
          }}
        />
      )}
      <RefusedNote error={take.error} />
      {take.data && <Taken taken={take.data} name={name} />}
    </>
  )
}

function Taken({
  taken: { rows, changed, unchanged, rejected, reasons, rejectedCsv },
  name,
}: {
  taken: Answer<typeof importProductionResults>
  name: string
}) {
  const { say, language } = useLanguage()
  const texts: Readonly<Record<string, readonly [vi: string, en: string]>> = rowReasonTexts
  const inWords = (reason: string) => textIn(texts[reason], language) ?? say('returns-row-broken')
  return (
    <section aria-live="polite" className="stack">
      <p className={rejected > 0 ? 'note waiting' : 'note'}>
        {say('returns-counts', {
          rows: numberText(rows),
          changed: numberText(changed),
          unchanged: numberText(unchanged),
          rejected: numberText(rejected),
        })}
      </p>
      {rejected > 0 && (
        <>
          <h3>{say('returns-rejected')}</h3>
          <ul className="duty-rows">
            {Object.entries(reasons).map(([reason, n]) => (
              <li key={reason}>
                <span>{inWords(reason)}</span>
                <span className="figures">{numberText(n)}</span>
              </li>
            ))}
          </ul>
          {rejectedCsv && (
            <div className="buttons">
              <Button
                icon={Download}
                onPress={() =>
                  save({
                    name: name.replace(/(\.csv)?$/i, '.khong-nhan.csv'),
                    content: new Blob([rejectedCsv], { type: 'text/csv' }),
                  })
                }
              >
                {say('returns-save')}
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  )
}
