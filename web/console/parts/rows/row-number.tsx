import { numberText } from '../../../parts/formats.ts'
import { useSay } from '../../base/language.tsx'

/** Wide enough for the number of the last row. */
export const numberWidth = (rows: number) => `${16 + 8 * String(Math.max(rows, 10)).length}px`

export const NumberCell = ({ at }: { at: number }) => (
  // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid holds the focus
  <div role="gridcell" className="cell end row-number">
    {numberText(at + 1)}
  </div>
)

export function NumberHead() {
  const say = useSay()
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid holds the focus
    <div role="columnheader" className="cell end row-number">
      {say('row-number')}
    </div>
  )
}
