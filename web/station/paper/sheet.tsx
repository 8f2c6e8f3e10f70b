import type { ReactNode } from 'react'
import type { FormVersion } from '../../../src/enrolment/law.ts'
import { instantText } from '../../parts/formats.ts'
import { useRunning } from '../running/running.tsx'
import { useSay } from '../words/language.tsx'

export type SheetProps = {
  readonly form: FormVersion
  readonly title: string
  /** Above the title at the left: the unit. */
  readonly unit: string
  readonly size: 'a4' | 'a5'
  readonly children: ReactNode
}

/** A sheet of official paper: unit left, the national heading right, the form's sign, then what it says. */
export function Sheet({ form, title, unit, size, children }: SheetProps) {
  const say = useSay()
  const { station } = useRunning()
  return (
    <article className={`sheet-paper ${size}`}>
      {station?.rehearsal && <p className="unit">{say('paper-rehearsal')}</p>}
      <header>
        <p className="unit">{unit}</p>
        <p className="nation">
          <strong>{say('nation')}</strong>
          <br />
          <strong>{say('motto')}</strong>
        </p>
      </header>
      <p className="sign">{say('form-sign', form)}</p>
      <h1>{title}</h1>
      {children}
    </article>
  )
}

export type Line = readonly [label: string, value: ReactNode]

export const Lines = ({ lines }: { lines: readonly Line[] }) => (
  <table>
    <tbody>
      {lines.map(([label, value]) => (
        <tr key={label}>
          <th scope="row">{label}</th>
          <td>{value}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

export function WhenAndWhere({ at, place }: { at: Date; place: string }) {
  const say = useSay()
  const { day, time } = instantText(at.toISOString())
  return (
    <p>
      {say('paper-place')}: {place}. {say('paper-day', { day, time })}.
    </p>
  )
}

/** Room for hands: who signs, under what. */
export function Hands({
  hands,
}: {
  hands: readonly { readonly who: string; readonly name?: string; readonly picture?: string | undefined }[]
}) {
  const say = useSay()
  return (
    <div className="hands">
      {hands.map(({ who, name, picture }) => (
        <div key={who}>
          <strong>{who}</strong>
          <br />
          {say('paper-signs')}
          <div className="room">{picture && <img src={picture} alt="" />}</div>
          {name}
        </div>
      ))}
    </div>
  )
}
