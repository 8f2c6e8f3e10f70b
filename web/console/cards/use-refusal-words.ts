import { NoAnswer, Refusal } from '../../parts/call.ts'
import { useCodes } from '../base/labels.ts'
import { useLanguage } from '../base/language.tsx'
import { usePlaces } from './place-names.ts'

export type Told = { readonly so: string; readonly todo: string }

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/**
 * A refusal for whoever has a scanner in the hand: what is so, then what to do, with the box, place or state that it is
 * about.
 */
export function useRefusalWords() {
  const { language, say } = useLanguage()
  const codes = useCodes()
  const { nameOf } = usePlaces()
  return (error: unknown): Told => {
    if (error instanceof NoAnswer) return { so: say('no-answer'), todo: say('no-answer-kept') }
    if (!(error instanceof Refusal)) return { so: say('page-broken'), todo: say('page-broken-todo') }
    const { box, to, at, state } = error.facts
    const [boxCode, toName, atName, stateCode] = [textOf(box), nameOf(textOf(to)), nameOf(textOf(at)), textOf(state)]
    const about = [
      boxCode && say('scan-of-box', { code: boxCode }),
      toName && say('scan-of-place', { place: toName }),
      atName && say('scan-at-place', { place: atName }),
      stateCode &&
        !boxCode &&
        error.code.startsWith('card') &&
        say('scan-of-state', { state: codes('card', stateCode) }),
    ]
    // What the fix says of its facts by their English names is said above in words.
    const fix = ((language === 'vi' ? error.fix_vi : error.fix) ?? '').replace(/^"[^.]*\.\s*/, '')
    return { so: language === 'vi' ? error.title_vi : error.title, todo: [...about, fix].filter(Boolean).join(' ') }
  }
}
