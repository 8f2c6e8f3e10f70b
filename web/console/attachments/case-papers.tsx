import { useState } from 'react'
import type { AttachedCaseKind } from '../../../src/attachments/attachment.ts'
import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading } from '../parts/page-state.tsx'
import { AttachField } from './attach-field.tsx'
import { caseDoors } from './case-doors.ts'
import { PaperList } from './paper-list.tsx'
import { useUploads } from './use-uploads.ts'

type CasePapersProps = {
  readonly kind: AttachedCaseKind
  readonly caseId: string
  /** Not decided yet: papers come and go. */
  readonly isOpen: boolean
}

/** The papers of a case, beside what they show. */
export function CasePapers({ kind, caseId, isOpen }: CasePapersProps) {
  const say = useSay()
  const { data, error, refetch } = useAsk(caseDoors[kind].list, { params: { id: caseId } })
  const uploading = useUploads(kind, { caseId })
  const [adds, setAdds] = useState(false)
  return (
    <section className="part">
      <h2>{say('papers-attached')}</h2>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data?.attachments.length === 0 && <p className="quiet">{say('papers-none')}</p>}
      {data && <PaperList kind={kind} papers={data.attachments} isOpen={isOpen} ofCase />}
      {isOpen && adds && <AttachField {...uploading} />}
      {isOpen && !adds && (
        <div className="buttons">
          <Button onPress={() => setAdds(true)}>{say('papers-add')}</Button>
        </div>
      )}
    </section>
  )
}

/** How many papers of a case there are to see, where the officer has opened none of them. */
export function useUnseenPapers(kind: AttachedCaseKind, caseId: string): number {
  const { data } = useAsk(caseDoors[kind].list, { params: { id: caseId } })
  const there = (data?.attachments ?? []).filter(({ erased }) => !erased)
  return there.some(({ seen, mine }) => seen || mine) ? 0 : there.length
}

type UnseenAskedProps = {
  readonly count: number
  readonly agreed: boolean
  readonly onChange: (agreed: boolean) => void
}

/** Whoever decides without having opened any paper is asked once. */
export function UnseenAsked({ count, agreed, onChange }: UnseenAskedProps) {
  const say = useSay()
  if (count === 0) return null
  return (
    <div className="note waiting unopened">
      <p>{say('unseen-asks', { n: count })}</p>
      <label className="one-tick">
        <input type="checkbox" checked={agreed} onChange={() => onChange(!agreed)} /> {say('unseen-all-the-same')}
      </label>
    </div>
  )
}
