import { useMutation } from '@tanstack/react-query'
import { FileText } from 'lucide-react'
import type { ReactNode } from 'react'
import { Refusal, type Saved, save } from '../../parts/call.ts'
import { useSay } from '../base/language.tsx'
import { RefusedNote } from './page-state.tsx'

export type PaperExitProps = {
  readonly take: () => Promise<Saved>
  /** When it was drawn: it may stand among the deeds of what is shown. */
  readonly onTaken?: () => void
  /** What to do about a refusal, below it. */
  readonly onRefused?: (refusal: Refusal) => ReactNode
  readonly children: string
}

/** A paper that the house draws when it is asked for, and that is then saved; why it is not drawn is said beside it. */
export function PaperExit({ take, onTaken, onRefused, children }: PaperExitProps) {
  const say = useSay()
  const paper = useMutation({ mutationFn: take })
  const ask = () =>
    paper.mutate(undefined, {
      onSuccess: drawn => {
        save(drawn)
        onTaken?.()
      },
    })
  return (
    <>
      <button type="button" className="exit" onClick={ask} aria-busy={paper.isPending} disabled={paper.isPending}>
        <FileText size={16} aria-hidden />
        {paper.isPending ? say('paper-drawing', { what: children }) : children}
      </button>
      <RefusedNote error={paper.error} />
      {paper.error instanceof Refusal && onRefused?.(paper.error)}
    </>
  )
}
