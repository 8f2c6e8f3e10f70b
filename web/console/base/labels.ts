import { dayText } from '../../parts/formats.ts'
import { useLanguage, useSay } from './language.tsx'

/** Says a code in words; one that is not known stands as it is. */
export function useCodes() {
  const { say, isWord } = useLanguage()
  return (prefix: string, code: string) => {
    const key = `${prefix}-${code}`
    return isWord(key) ? say(key) : code
  }
}

/** Who did something: the name where it is given, else what kind of actor it was. */
export function useActor() {
  const codes = useCodes()
  return ({ kind, name }: { readonly kind: string; readonly name?: string }) =>
    kind.endsWith('-link') ? [codes('by', kind), name].filter(Boolean).join(' ') : (name ?? codes('by', kind))
}

/** A value of a field as people read it. */
export function useFieldValue() {
  const codes = useCodes()
  const say = useSay()
  return (field: string, value: string | undefined): string | undefined => {
    if (value === undefined || value === '') return undefined
    if (field === 'sex') return codes('sex', value)
    if (field === 'life_status') return codes('life', value)
    const [, day, home = value] = field.startsWith('residence_') ? (/^(\S+) (.*)$/.exec(value) ?? []) : []
    if (day) return day === '-' ? home : `${home}, ${say('since', { day: dayText(day) })}`
    return field.endsWith('date') ? dayText(value) : value
  }
}
