import { useId, useRef, useState } from 'react'
import { FieldError } from '../../parts/field.tsx'
import { numberGroups } from '../../parts/formats.ts'
import type { WordKey } from '../base/language.tsx'
import { useSay } from '../base/language.tsx'

/** A personal number in running text: four groups by thin gaps; copying gives twelve digits. */
export const PersonNumber = ({ number }: { number: string }) => (
  <span className="number">
    {numberGroups(number).map((group, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: four groups that never change places
      <span key={at}>{group}</span>
    ))}
  </span>
)

const groupStarts = [0, 3, 4, 6, 12] as const
const captions = ['cells-where', 'cells-century', 'cells-year', 'cells-random'] as const satisfies readonly WordKey[]

/** Twelve cells in their groups, with what each group means where `explained`. */
export function Cells({
  number,
  explained,
  small,
  next,
}: {
  number: string
  explained?: boolean
  small?: boolean
  next?: number
}) {
  const say = useSay()
  return (
    <div className={small ? 'cells small-cells' : 'cells'}>
      {captions.map((caption, group) => (
        <div className="group" key={caption}>
          <div className="row">
            {Array.from(
              { length: groupStarts[group + 1]! - groupStarts[group]! },
              (_, at) => groupStarts[group]! + at,
            ).map(place => (
              <span className={place === next ? 'cell next' : 'cell'} key={place}>
                {number[place] ?? ''}
              </span>
            ))}
          </div>
          {explained && <span className="caption">{say(caption)}</span>}
        </div>
      ))}
    </div>
  )
}

/** What was typed or pasted, as digits; other signs are dropped. */
const digitsOf = (text: string) => text.replace(/\D/g, '').slice(0, 12)

/** What is to be said about digits that are not twelve; each count has a usual cause. */
function aboutDigits(digits: string): WordKey | undefined {
  if (digits.length === 12 || digits.length === 0) return undefined
  if (digits.length === 11) return 'number-eleven'
  if (digits.length === 9) return 'number-nine'
  return 'number-short'
}

export type NumberEntryProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (digits: string) => void
  /** What is wrong, said by the page; it stands in place of the hint. */
  readonly error?: string | undefined
  readonly autoFocus?: boolean
}

/** One real input under twelve cells: paste, spaces and dots are accepted, and 9 or 11 digits are answered in words. */
export function NumberEntry({ label, value, onChange, error, autoFocus }: NumberEntryProps) {
  const say = useSay()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [left, setLeft] = useState(false)
  const about = aboutDigits(value)
  const wrong = error ?? (left && about ? say(about, { n: value.length }) : undefined)
  return (
    <div className={wrong ? 'field refused' : 'field'}>
      <label htmlFor={id}>{label}</label>
      <div className={wrong ? 'number-entry refused' : 'number-entry'}>
        <div aria-hidden>
          <Cells number={value} next={value.length} />
        </div>
        <input
          ref={input}
          id={id}
          inputMode="numeric"
          autoComplete="off"
          value={value}
          // biome-ignore lint/a11y/noAutofocus: the page is this one question
          autoFocus={autoFocus}
          aria-describedby={`${id}-hint`}
          aria-invalid={wrong ? true : undefined}
          onChange={event => {
            setLeft(false)
            onChange(digitsOf(event.target.value))
          }}
          onBlur={() => setLeft(true)}
        />
      </div>
      <div id={`${id}-hint`} aria-live="polite">
        {wrong ? <FieldError>{wrong}</FieldError> : <span className="hint">{say('number-hint')}</span>}
      </div>
    </div>
  )
}
