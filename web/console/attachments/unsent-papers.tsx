import type { AttachedCaseKind, AttachedPaper } from '../../../src/attachments/attachment.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { AttachField } from './attach-field.tsx'
import { caseDoors } from './case-doors.ts'
import { PaperList } from './paper-list.tsx'
import { useUploads } from './use-uploads.ts'

/**
 * The papers of a form that is not sent yet. They lie on the server from the moment they were uploaded, so that a page
 * that is opened again has them; a day later they are deleted.
 */
export function useUnsentPapers(kind: AttachedCaseKind, personId: string) {
  const { data } = useAsk(caseDoors[kind].unfinished, { query: { personId } })
  const uploading = useUploads(kind, { personId })
  const papers = data?.attachments ?? []
  return { ...uploading, kind, papers, ids: papers.map(({ id }) => id) }
}

type UnsentPapersProps = {
  readonly unsent: ReturnType<typeof useUnsentPapers>
  readonly paper?: AttachedPaper
  /** The form was sent while a file was on its way. */
  readonly waits?: boolean
}

export function UnsentPapers({ unsent, paper, waits }: UnsentPapersProps) {
  const say = useSay()
  const { kind, papers, isBusy } = unsent
  return (
    <section className="part wide-field" aria-label={say('papers-attached')}>
      <h2>{say('papers-attached')}</h2>
      <PaperList kind={kind} papers={papers} isOpen />
      <AttachField {...unsent} paper={paper} />
      {waits && isBusy && (
        <p className="note waiting" role="alert">
          {say('papers-wait')}
        </p>
      )}
    </section>
  )
}
