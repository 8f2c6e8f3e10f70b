import { FileText } from 'lucide-react'
import { useEffect } from 'react'
import {
  downloadRejected,
  dropExtract,
  handInExtract,
  showExtract,
  showInstallation,
  takeUpExtract,
} from '../../../src/installation/contract.ts'
import { Button } from '../../parts/button.tsx'
import { save } from '../../parts/call.ts'
import { instantText, numberText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { useAsk, useDo, useStale } from '../base/use-endpoint.ts'
import { FileDrop } from '../parts/file-drop.tsx'
import { Progress, RefusedNote, State } from '../parts/page-state.tsx'
import type { Extract } from './beginning.ts'

/** So often is asked how far an extract is while it is read. */
const everyMilliseconds = 1_500

const isRead = (extract: Extract | undefined) => extract?.state === 'trying' || extract?.state === 'taking'

/** The first extract of the register: handed in, tried, taken in. Nothing is shown where there is nothing to do. */
export function ExtractPanel({ asked }: { asked: boolean }) {
  const say = useSay()
  const stale = useStale()
  const { data } = useAsk(showExtract, {}, { every: answer => isRead(answer?.extract) && everyMilliseconds })
  const extract = data?.extract
  const reading = isRead(extract)
  const state = extract?.state
  const send = useDo(handInExtract, [showExtract])

  useEffect(() => {
    if (state === 'taken') stale([showInstallation])
  }, [state, stale])

  if (!asked && (!extract || extract.state === 'taken') && !send.isPending) return null
  return (
    <section className="part extract-panel" aria-labelledby="extract">
      <h2 id="extract">{say('extract-title')}</h2>
      {send.isPending && (
        <Progress
          what={say('extract-sending', { name: send.variables?.file?.name ?? '' })}
          todo={say('extract-sending-todo')}
        />
      )}
      {!send.isPending && extract && <ExtractState extract={extract} />}
      {!send.isPending && !reading && state !== 'taken' && (
        <FileDrop
          label={say(extract ? 'file-other' : 'extract-drop')}
          hint={say('extract-hint')}
          ending=".csv"
          icon={FileText}
          otherKind={name => say('extract-other-kind', { name })}
          onFile={file => send.mutate({ body: {}, file })}
        />
      )}
      <RefusedNote error={send.error} />
    </section>
  )
}

function ExtractState({ extract }: { extract: Extract }) {
  const { say, language } = useLanguage()
  const { id, state, share, rowsRead, counts, refusal, sha256, handedBy, handedAt } = extract
  const params = { id }
  const take = useDo(takeUpExtract, [showExtract])
  const drop = useDo(dropExtract, [showExtract])
  const rejected = useDo(downloadRejected)
  if (state === 'trying' || state === 'taking')
    return (
      <Progress
        what={say(`extract-${state}`, { n: numberText(rowsRead) })}
        done={share}
        whole={1}
        todo={say('extract-may-leave')}
      />
    )
  const n = numberText(counts?.added ?? 0)
  const so =
    state === 'failed'
      ? say('extract-failed', { why: refusal?.title[language] ?? '' })
      : say(state === 'taken' ? 'extract-taken' : 'extract-tried', { n })
  const hand = instantText(handedAt)
  return (
    <>
      <State
        so={so}
        todo={
          <>
            {state === 'failed' && say('extract-failed-todo')}
            {counts && say('extract-rows', { rows: numberText(counts.rows), refused: numberText(counts.rejected) })}
          </>
        }
        code={`${handedBy}, ${hand.day} ${hand.time}`}
        buttons={
          <>
            {state === 'tried' && (counts?.added ?? 0) > 0 && (
              <Button
                look="primary"
                onPress={() => take.mutate({ params })}
                {...(take.isPending && { disabled: true })}
              >
                {say('extract-take', { n })}
              </Button>
            )}
            {counts && counts.rejected > 0 && (
              <Button onPress={() => rejected.mutate({ params }, { onSuccess: save })}>
                {say('extract-rejected')}
              </Button>
            )}
            {state !== 'taken' && <Button onPress={() => drop.mutate({ params })}>{say('extract-drop-it')}</Button>}
          </>
        }
      />
      {counts && counts.reasons.length > 0 && (
        <ul className="small">
          {counts.reasons.map(({ code, text, rows }) => (
            <li key={code}>
              {numberText(rows)}: {text[language]}
            </li>
          ))}
        </ul>
      )}
      <p className="small">
        {say('extract-sha')}: <code className="hash">{sha256}</code>
      </p>
      <RefusedNote error={take.error ?? drop.error ?? rejected.error} />
    </>
  )
}
