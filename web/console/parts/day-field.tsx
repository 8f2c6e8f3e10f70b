import { useEffect, useState } from 'react'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { typedDay } from '../../parts/typed-day.ts'
import { useSay } from '../base/language.tsx'

/**
 * A whole day, typed and shown as dd/MM/yyyy whatever the browser's own language; given on as 'YYYY-MM-DD', or '' when
 * empty.
 */
export function DayField({
  label,
  value,
  onChange,
  hint,
}: {
  label: string
  value: string
  onChange: (day: string) => void
  hint?: string
}) {
  const say = useSay()
  const [typed, setTyped] = useState(dayText(value))
  useEffect(() => setTyped(dayText(value)), [value])
  const read = typedDay(typed)
  const wrong = typed !== '' && read?.length !== 10
  const change = (text: string) => {
    setTyped(text)
    const day = typedDay(text)
    if (text === '') onChange('')
    // While a year is still being typed there is no whole day yet.
    else if (day?.length === 10 && text.length >= 8 && day !== value) onChange(day)
  }
  return (
    <Field
      label={label}
      value={typed}
      onChange={change}
      inputMode="numeric"
      {...(hint && { hint })}
      error={wrong && typed.length >= 8 ? say('day-unreadable') : undefined}
    />
  )
}
