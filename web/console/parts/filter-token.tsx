import { X } from 'lucide-react'
import { useSay } from '../base/language.tsx'

type FilterTokenProps = {
  /** What the filter says; one that is off says nothing, and is not shown. */
  readonly said: string | false | undefined
  readonly onTakeOff: () => void
}

/** A filter that is on; it comes off by a click. */
export function FilterToken({ said, onTakeOff }: FilterTokenProps) {
  const say = useSay()
  if (!said) return null
  return (
    <button type="button" className="token" onClick={onTakeOff}>
      {said}
      <X size={14} aria-label={say('take-off')} />
    </button>
  )
}
