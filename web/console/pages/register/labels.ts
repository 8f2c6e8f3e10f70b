import { dayText } from '../../formats.ts'
import { useSay } from '../../language.tsx'
import { texts, type WordKey } from '../../words.ts'

const isKey = (text: string): text is WordKey => Object.hasOwn(texts, text)

/** Says a code in words; one that is not known stands as it is. */
export function useCodes() {
  const say = useSay()
  return (prefix: string, code: string) => {
    const key = `${prefix}-${code}`
    return isKey(key) ? say(key) : code
  }
}

const isUuid = (text: string) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text)

/** Who did something: the name where it is given, else what kind of actor it was. */
export function useActor() {
  const codes = useCodes()
  return (actor: { readonly kind: string; readonly id: string; readonly name?: string } | string) => {
    if (typeof actor === 'string') return isUuid(actor) ? codes('by', 'officer') : actor
    return actor.name ?? codes('by', actor.kind)
  }
}

/** A value of a field as people read it. */
export function useFieldValue() {
  const codes = useCodes()
  return (field: string, value: string | undefined): string | undefined => {
    if (value === undefined || value === '') return undefined
    if (field === 'sex') return codes('sex', value)
    if (field === 'life_status') return codes('life', value)
    return field.endsWith('date') ? dayText(value) : value
  }
}
