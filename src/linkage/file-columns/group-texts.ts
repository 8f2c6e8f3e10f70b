import { Dictionary, type TextList } from './distinct-texts.ts'

/** The codes 0 … size, each its own group. */
export function ownGroups(size: number): Int32Array {
  const groups = new Int32Array(size + 1)
  for (let code = 1; code <= size; code++) groups[code] = code
  return groups
}

/** Groups the texts of a dictionary by what `keyOf` gives; '' joins no group. */
export function groupsBy(
  dictionary: TextList,
  keyOf: (text: string) => string,
): { readonly groups: Int32Array; readonly keys: Dictionary } {
  const keys = new Dictionary()
  const groups = new Int32Array(dictionary.size + 1)
  for (let code = 1; code <= dictionary.size; code++) groups[code] = keys.codeOf(keyOf(dictionary.textOf(code)))
  return { groups, keys }
}
