import { useState } from 'react'
import { sendSchools, showInstallation } from '../../../src/installation/contract.ts'
import { listOfficers } from '../../../src/staff/contract.ts'
import { listBatches, listProposals, proposeBatch } from '../../../src/staff/proposals/contract.ts'
import { Button } from '../../parts/button.tsx'
import { numberText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Progress, RefusedNote } from '../parts/page-state.tsx'
import { WorkbookDrop } from '../parts/workbook-drop.tsx'

type RefusedLine = { readonly key: string; readonly line: number; readonly why: string }

/** Rows that are not taken, each with its line and why. */
function RefusedLines({ lines }: { lines: readonly RefusedLine[] }) {
  const say = useSay()
  if (lines.length === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard too
    <section className="refused-lines" aria-label={say('file-refused')} tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{say('file-line')}</th>
            <th scope="col">{say('file-why')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, line, why }) => (
            <tr key={key}>
              <td className="figures">{numberText(line)}</td>
              <td>{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Schools from a table: tried first, then taken in. */
export function SchoolsDialog({ onClose }: { onClose: () => void }) {
  const { say, isWord } = useLanguage()
  const [file, setFile] = useState<File>()
  const attempt = useDo(sendSchools)
  const take = useDo(sendSchools, [showInstallation])
  const tried = attempt.data
  const why = (reason: string) => {
    const key = `school-row-${reason.split(':')[0]}`
    return isWord(key) ? say(key) : reason
  }
  const send = (chosen: File) => {
    setFile(chosen)
    take.reset()
    attempt.mutate({ body: { try: 'yes' }, file: chosen })
  }
  const adds = tried ? tried.added + tried.changed : 0
  return (
    <Dialog open title={say('schools-title')} onClose={onClose}>
      <p className="quiet">{say('schools-columns')}</p>
      {attempt.isPending && <Progress what={say('file-sending', { name: file?.name ?? '' })} />}
      {!attempt.isPending && !take.data && (
        <WorkbookDrop label={tried ? say('file-other') : say('schools-drop')} onFile={send} />
      )}
      {tried && !take.data && (
        <>
          <p role="status">
            {say('file-tried', {
              rows: numberText(tried.rows),
              added: numberText(tried.added),
              changed: numberText(tried.changed),
              same: numberText(tried.unchanged),
              refused: numberText(tried.rejected),
            })}
          </p>
          <RefusedLines
            lines={tried.refused.map(({ line, reason }) => ({ key: String(line), line, why: why(reason) }))}
          />
        </>
      )}
      {take.data && <p role="status">{say('schools-taken', { n: numberText(take.data.added + take.data.changed) })}</p>}
      <RefusedNote error={attempt.error ?? take.error} />
      <div className="buttons">
        {tried && file && adds > 0 && !take.data && (
          <Button
            look="primary"
            onPress={() => take.mutate({ body: {}, file })}
            {...(take.isPending && { disabled: true })}
          >
            {say('schools-take', { n: numberText(adds) })}
          </Button>
        )}
        <Button onPress={onClose}>{say(take.data ? 'close' : 'leave-it')}</Button>
      </div>
    </Dialog>
  )
}

/** Officers with their posts from a table: tried first, then proposed as one batch. */
export function PostsDialog({ onClose }: { onClose: () => void }) {
  const { say, language } = useLanguage()
  const [file, setFile] = useState<File>()
  const attempt = useDo(proposeBatch)
  const propose = useDo(proposeBatch, [showInstallation, listOfficers, listProposals, listBatches])
  const tried = attempt.data
  const send = (chosen: File) => {
    setFile(chosen)
    propose.reset()
    attempt.mutate({ body: { try: 'yes' }, file: chosen })
  }
  return (
    <Dialog open title={say('posts-title')} onClose={onClose}>
      <p className="quiet">{say('posts-columns')}</p>
      {attempt.isPending && <Progress what={say('file-sending', { name: file?.name ?? '' })} />}
      {!attempt.isPending && !propose.data && (
        <WorkbookDrop label={tried ? say('file-other') : say('posts-drop')} onFile={send} />
      )}
      {tried && !propose.data && (
        <>
          <p role="status">
            {say('posts-tried', {
              rows: numberText(tried.rows),
              n: numberText(tried.proposed),
              refused: numberText(tried.refused.length),
            })}
          </p>
          <RefusedLines
            lines={tried.refused.map(({ line, login, title, fix }) => ({
              key: String(line),
              line,
              why: `${login}: ${title[language]}. ${fix?.[language] ?? ''}`,
            }))}
          />
        </>
      )}
      {propose.data && <p role="status">{say('posts-proposed', { n: numberText(propose.data.proposed) })}</p>}
      <RefusedNote error={attempt.error ?? propose.error} />
      <div className="buttons">
        {tried && file && tried.proposed > 0 && !propose.data && (
          <Button
            look="primary"
            onPress={() => propose.mutate({ body: {}, file })}
            {...(propose.isPending && { disabled: true })}
          >
            {say('posts-propose', { n: numberText(tried.proposed) })}
          </Button>
        )}
        <Button onPress={onClose}>{say(propose.data ? 'close' : 'leave-it')}</Button>
      </div>
    </Dialog>
  )
}
