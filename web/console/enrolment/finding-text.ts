import { roundedText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import type { Application } from './search.ts'

type Finding = Application['findings'][number]
type Codes = ReturnType<typeof useCodes>

/** Facts of findings come as the house wrote them; whatever is not of the expected shape is left out. */
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter(one => typeof one === 'string') : []
const records = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(one => typeof one === 'object' && one !== null) : []
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const scoreOf = (value: unknown): string => (typeof value === 'number' ? roundedText(value, 1) : '')

const fingerName = (codes: Codes, subtype: unknown) =>
  codes(
    'finger',
    text(subtype)
      .replace(/Finger$/, '')
      .replace(' ', '-')
      .toLowerCase(),
  )

/** Says what a check found, in one line; empty where there is nothing to say beside its verdict. */
export function useFound(): (finding: Finding) => string {
  const say = useSay()
  const codes = useCodes()
  const list = (prefix: string, values: readonly string[]) => values.map(one => codes(prefix, one)).join(', ')
  return ({ kind, facts }) => {
    const fingers = (values: readonly string[]) => values.map(one => fingerName(codes, one)).join(', ')
    const isFingers = kind === 'fingerprints' || kind === 'iris'
    const poor = texts(facts['poor'])
    const said = [
      text(facts['fault']) && codes('fault', text(facts['fault'])),
      typeof facts['fingers'] === 'number' && say('found-fingers', { n: facts['fingers'] }),
      typeof facts['eyes'] === 'number' && say('found-eyes', { n: facts['eyes'] }),
      records(facts['faults']).length > 0 &&
        say('found-faults', {
          what: records(facts['faults'])
            .map(({ subtype, fault }) => `${fingerName(codes, subtype)} (${codes('fault', text(fault))})`)
            .join(', '),
        }),
      records(facts['missing']).length > 0 &&
        say('found-missing', {
          what: records(facts['missing'])
            .map(({ subtype, reason }) => [fingerName(codes, subtype), text(reason)].filter(Boolean).join(', '))
            .join('; '),
        }),
      poor.length > 0 && say('found-poor', { what: isFingers ? fingers(poor) : list('measure', poor) }),
      texts(facts['notDone']).length > 0 && say('found-not-done', { what: list('measure', texts(facts['notDone'])) }),
      text(facts['despite']) && say('found-despite', { why: text(facts['despite']) }),
      text(facts['device']) === 'not-trusted' && say('found-untrusted'),
      text(facts['ward']) && say('found-ward', { evidence: text(facts['ward']) }),
      text(facts['unable']) && say('found-unable', { why: text(facts['unable']) }),
      texts(facts['differs']).length > 0 && say('found-differs', { what: list('side', texts(facts['differs'])) }),
      records(facts['wrong']).length > 0 &&
        say('found-wrong', {
          what: list(
            'side',
            records(facts['wrong']).map(({ field }) => text(field)),
          ),
        }),
      typeof facts['score'] === 'number' &&
        say('found-score', { score: scoreOf(facts['score']), threshold: scoreOf(facts['threshold']) }),
      records(facts['faces']).length > 0 &&
        say('found-faces', { n: typeof facts['count'] === 'number' ? facts['count'] : records(facts['faces']).length }),
      typeof facts['searched'] === 'number' && say('found-searched', { n: facts['searched'] }),
      records(facts['people']).length > 0 &&
        say('found-by-engine', { n: typeof facts['count'] === 'number' ? facts['count'] : 0 }),
      typeof facts['unknown'] === 'number' && facts['unknown'] > 0 && say('found-unknown', { n: facts['unknown'] }),
      texts(facts['searchedBy']).length > 0 &&
        say('found-searched-by', { what: list('searched-by', texts(facts['searchedBy'])) }),
      typeof facts['unusable'] === 'number' && say('found-unusable', { n: facts['unusable'] }),
      text(facts['why']) && codes('why', text(facts['why'])),
      records(facts['alike']).length > 0 && say('found-alike', { n: records(facts['alike']).length }),
    ].filter((one): one is string => typeof one === 'string' && one !== '')
    return said.join('; ')
  }
}
