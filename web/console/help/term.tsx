import { useId, useRef, useState } from 'react'
import { Popover } from 'react-aria-components'
import { useSay } from '../base/language.tsx'
import type { Term as TermName } from './pages.ts'
import { wordAlone } from './word-alone.ts'

/** A word of the page with a dotted line under it: its definition opens at a press, or when the focus comes to it. */
export function Term({ of: term }: { of: TermName }) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const place = useRef<HTMLButtonElement>(null)
  const id = useId()
  return (
    <>
      <button
        type="button"
        className="term"
        ref={place}
        onClick={() => setOpen(true)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={event => event.key === 'Escape' && setOpen(false)}
        {...(isOpen && { 'aria-describedby': id })}
      >
        {wordAlone(say, term)}
      </button>
      <Popover
        className="term-means"
        triggerRef={place}
        isOpen={isOpen}
        onOpenChange={setOpen}
        placement="bottom start"
        isNonModal
      >
        <p id={id} role="tooltip">
          {say(`term-${term}`)}
        </p>
      </Popover>
    </>
  )
}
