import { TriangleAlert } from 'lucide-react'
import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react'

export const FieldError = ({ children }: { children: ReactNode }) => (
  <span className="error">
    <TriangleAlert size={16} aria-hidden />
    <span>{children}</span>
  </span>
)

export type FieldProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string | undefined
  /** What differs, in place of the hint. */
  readonly error?: string | undefined
  readonly choices?: readonly (readonly [value: string, label: string])[]
  readonly input?: Pick<
    InputHTMLAttributes<HTMLInputElement>,
    'type' | 'inputMode' | 'maxLength' | 'autoComplete' | 'onPaste' | 'spellCheck'
  >
  readonly inputRef?: Ref<HTMLInputElement>
}

/** Label above, hint below, the error in place of the hint. What was typed is never cleared. */
export function Field({ label, value, onChange, hint, error, choices, input, inputRef }: FieldProps) {
  const id = useId()
  const shared = {
    id,
    value,
    'aria-describedby': `${id}-hint`,
    'aria-invalid': error ? true : undefined,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  }
  return (
    <div className={error ? 'field refused' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {choices ? (
        <select {...shared}>
          {choices.map(([choice, said]) => (
            <option key={choice} value={choice}>
              {said}
            </option>
          ))}
        </select>
      ) : (
        <input ref={inputRef} autoComplete="off" maxLength={200} {...input} {...shared} />
      )}
      <div id={`${id}-hint`} aria-live="polite">
        {error ? <FieldError>{error}</FieldError> : hint && <span className="hint">{hint}</span>}
      </div>
    </div>
  )
}
