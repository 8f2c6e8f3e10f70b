import { TriangleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'

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
  readonly hint?: string
  /** What differs, in place of the hint; never just "not valid". */
  readonly error?: string | undefined
  /** Values to choose from; without it the field is typed into. */
  readonly choices?: readonly (readonly [value: string, label: string])[]
  readonly rows?: number
  readonly type?: 'text' | 'password' | 'date' | 'search' | 'tel'
  readonly inputMode?: 'numeric' | 'text'
  readonly autoFocus?: boolean
  readonly maxLength?: number
}

/** Label above, hint below, the error in place of the hint. What was typed is never cleared. */
export function Field({
  label,
  value,
  onChange,
  hint,
  error,
  choices,
  rows,
  type = 'text',
  inputMode,
  autoFocus,
  maxLength,
}: FieldProps) {
  const id = useId()
  const shared = {
    id,
    value,
    'aria-describedby': `${id}-hint`,
    'aria-invalid': error ? true : undefined,
    autoFocus,
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
      ) : rows ? (
        <textarea {...shared} rows={rows} maxLength={maxLength} />
      ) : (
        <input {...shared} type={type} inputMode={inputMode} maxLength={maxLength} autoComplete="off" />
      )}
      <div id={`${id}-hint`} aria-live="polite">
        {error ? <FieldError>{error}</FieldError> : hint && <span className="hint">{hint}</span>}
      </div>
    </div>
  )
}
