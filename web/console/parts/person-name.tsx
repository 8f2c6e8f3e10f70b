import { nameParts } from '../../../src/names/name.ts'

/** A name with its given name in bold: the part that lists sort by. */
export function Name({ name }: { name: string }) {
  const { given } = nameParts(name)
  const rest = given && name.endsWith(given) ? name.slice(0, -given.length) : undefined
  return rest === undefined ? (
    name
  ) : (
    <>
      {rest}
      <b>{given}</b>
    </>
  )
}
