import { Download, Eye, X } from 'lucide-react'
import { useState } from 'react'
import type { AttachedCaseKind } from '../../../src/attachments/attachment.ts'
import { save } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { type AttachedFile, caseDoors } from './case-doors.ts'
import { NamedButton } from './named-button.tsx'
import { sizeText, usePaperNames } from './paper-name.ts'
import { RemoveDialog } from './remove-dialog.tsx'
import { PictureViewer } from './viewer.tsx'

type PaperListProps = {
  readonly kind: AttachedCaseKind
  readonly papers: readonly AttachedFile[]
  readonly isOpen: boolean
  /** They stand in a case, where a removal needs its reason and what was seen is told. */
  readonly ofCase?: boolean
}

/** What is attached: what each paper is, who brought it and when, and whether the officer has opened it. */
export function PaperList({ kind, papers, isOpen, ofCase }: PaperListProps) {
  const say = useSay()
  const { read, remove, list, unfinished, ofCase: stale } = caseDoors[kind]
  const nameOf = usePaperNames(papers)
  const [shown, setShown] = useState<string>()
  const [removing, setRemoving] = useState<AttachedFile>()
  const open = useDo(read, [list])
  const takeAway = useDo(remove, [list, unfinished, ...stale])
  if (papers.length === 0) return null
  const pictures = papers.filter(({ type, erased }) => type === 'image/jpeg' && !erased)
  return (
    <>
      <ul className="papers">
        {papers.map(one => (
          <li key={one.id}>
            <About one={one} name={nameOf(one)} />
            {!one.erased && (
              <div className="buttons">
                {ofCase && !one.mine && (
                  <Chip kind={one.seen ? 'done' : 'waiting'}>{say(one.seen ? 'paper-seen' : 'paper-unseen')}</Chip>
                )}
                {one.type === 'image/jpeg' ? (
                  <NamedButton
                    icon={Eye}
                    name={say('paper-open-one', { paper: nameOf(one) })}
                    onPress={() => setShown(one.id)}
                  >
                    {say('paper-open')}
                  </NamedButton>
                ) : (
                  <NamedButton
                    icon={Download}
                    name={say('paper-save-one', { paper: nameOf(one) })}
                    onPress={() => open.mutate({ params: { id: one.id } }, { onSuccess: save })}
                  >
                    {say('paper-save')}
                  </NamedButton>
                )}
                {isOpen && one.mine && (
                  <NamedButton
                    icon={X}
                    look="text"
                    name={say('paper-remove-one', { paper: nameOf(one) })}
                    onPress={() => (ofCase ? setRemoving(one) : takeAway.mutate({ params: { id: one.id }, body: {} }))}
                  >
                    {say('paper-remove')}
                  </NamedButton>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      <RefusedNote error={open.error ?? takeAway.error} />
      {shown && (
        <PictureViewer
          kind={kind}
          pictures={pictures}
          nameOf={nameOf}
          shown={shown}
          onShow={setShown}
          onClose={() => setShown(undefined)}
        />
      )}
      {removing && (
        <RemoveDialog kind={kind} one={removing} name={nameOf(removing)} onClose={() => setRemoving(undefined)} />
      )}
    </>
  )
}

function About({ one, name }: { one: AttachedFile; name: string }) {
  const say = useSay()
  const { type, bytes, width = 0, height = 0, addedBy, uploadedAt, addedAt, removedAt, removedReason = '' } = one
  const size = sizeText(bytes)
  return (
    <div>
      <p>{removedAt ? <del>{name}</del> : <b>{name}</b>}</p>
      <p className="small">
        {type === 'image/jpeg' ? say('paper-jpeg', { width, height, size }) : say('paper-pdf', { size })}
        {'; '}
        {say('paper-added', { name: addedBy.name ?? '', ...instantText(addedAt ?? uploadedAt) })}
        {one.scanned && `; ${say('paper-scanned')}`}
      </p>
      {removedAt && (
        <p className="small">{say('paper-removed', { ...instantText(removedAt), reason: removedReason })}</p>
      )}
      {one.erased && !removedAt && <p className="small">{say('paper-erased')}</p>}
    </div>
  )
}
