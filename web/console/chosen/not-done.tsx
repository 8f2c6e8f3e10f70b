import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'

type Why =
  | 'already'
  | 'declined'
  | 'elsewhere'
  | 'away'
  | 'no-need'
  | 'too-young'
  | 'no-place'
  | 'unseen'
  | 'no-phone'
  | 'told-lately'
  | 'nothing-to-ask'

export type NotDone = { readonly why: Why; readonly people: number }

/** To how many of the chosen it is not done, each group with its reason. */
export function NotDoneList({ refused }: { refused: readonly NotDone[] }) {
  const say = useSay()
  if (refused.length === 0) return null
  return (
    <p className="small quiet">
      {refused.map(({ why, people }) => say(`not-${why}`, { n: numberText(people) })).join('; ')}
    </p>
  )
}

/** The same from the answers of a deed, one a person; of those out of the scope it gives a number alone. */
export function countNotDone<Result extends string>(
  { results, unseen }: { readonly results: readonly { readonly result: Result }[]; readonly unseen: number },
  done: Result,
): NotDone[] {
  const known = [...Map.groupBy(results, ({ result }) => result)].flatMap(([why, { length }]) =>
    why === done ? [] : [{ why: why as unknown as Why, people: length }],
  )
  return unseen > 0 ? [...known, { why: 'unseen', people: unseen }] : known
}
