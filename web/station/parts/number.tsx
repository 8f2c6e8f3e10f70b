import { numberGroups } from '../../parts/formats.ts'

/** A personal number in its four groups by thin gaps; anything else as it is. */
export const PersonNumber = ({ number }: { number: string }) => (
  <span className="number">
    {/^\d{12}$/.test(number)
      ? numberGroups(number).map((group, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: four groups that never change places
          <span key={at}>{group}</span>
        ))
      : number}
  </span>
)
