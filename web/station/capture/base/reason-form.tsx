import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { FieldError } from '../../../parts/field.tsx'
import { type CaptureSay, useCaptureSay } from './language.tsx'
import type { CaptureKey } from './words.ts'

/**
 * Why something was taken although it was not good, or was not taken at all. `text` stands where the code is `other`.
 */
export type Reason = { readonly code: string; readonly text?: string }

/** A reason that is offered: its code in the record, and the text that says it. */
export type ReasonChoice = readonly [code: string, said: CaptureKey]

const leastLetters = 5

export const reasonText = (say: CaptureSay, { code, text }: Reason, choices: readonly ReasonChoice[]): string => {
  const said = choices.find(([one]) => one === code)?.[1]
  return said ? say(said) : (text ?? code)
}

export type ReasonFormProps = {
  readonly title: string
  readonly choices: readonly ReasonChoice[]
  /** The deed, as the button says it. */
  readonly deed: string
  readonly onReason: (reason: Reason) => void
  readonly onLeave: () => void
}

/** Asks for a reason: one of those that are usual, or one in words. */
export function ReasonForm({ title, choices, deed, onReason, onLeave }: ReasonFormProps) {
  const say = useCaptureSay()
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const [code, setCode] = useState('')
  const [text, setText] = useState('')
  const [refused, setRefused] = useState(false)
  const enough = code === 'other' ? text.replace(/[^\p{L}]/gu, '').length >= leastLetters : code !== ''
  const send = () => {
    if (!enough) return setRefused(true)
    onReason(code === 'other' ? { code, text: text.trim() } : { code })
  }
  return (
    <form
      ref={form}
      className="reason"
      aria-labelledby={`${id}-title`}
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      <h2 id={`${id}-title`}>{title}</h2>
      <div role="radiogroup" aria-labelledby={`${id}-title`}>
        {[...choices, ['other', 'reason-other'] as const].map(([one, said]) => (
          <label key={one} className="choice">
            <input type="radio" name={id} value={one} checked={code === one} onChange={() => setCode(one)} />
            {say(said)}
          </label>
        ))}
      </div>
      {code === 'other' && (
        <input
          className="input"
          aria-label={say('reason-write')}
          placeholder={say('reason-write')}
          value={text}
          maxLength={200}
          onChange={event => setText(event.target.value)}
        />
      )}
      {refused && !enough && (
        <p className="field" role="alert">
          <FieldError>{say(code === 'other' ? 'reason-needed' : 'reason-choose')}</FieldError>
        </p>
      )}
      <div className="buttons">
        <Button look="primary" submits>
          {deed}
        </Button>
        <Button onPress={onLeave}>{say('leave-it')}</Button>
      </div>
    </form>
  )
}
