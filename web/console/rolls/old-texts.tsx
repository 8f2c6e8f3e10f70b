import { legacyEncodings } from '../../../src/names/legacy/encoding.ts'
import { numberText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'
import { mappingOf, type Preview, type SheetMapping } from './preview.ts'

type Sheet = Preview['sheets'][number]
type Decoded = Preview['decoded'][number]

/** By what an encoding is known, in the order of trust. */
const evidences = ['person', 'font', 'letters', 'column'] as const

/**
 * What the sheet's letters came in: how that is known, some before and after, what cannot be told, and a person's word
 * on it.
 */
export function OldTexts({
  sheet,
  preview,
  onChange,
}: {
  sheet: Sheet
  preview: Preview
  onChange: (mapping: SheetMapping) => void
}) {
  const say = useSay()
  const decoded = preview.decoded.filter(one => one.sheet === sheet.sheet)
  const unreadable = preview.unreadable.filter(one => one.sheet === sheet.sheet)
  return (
    <>
      <SaidEncoding sheet={sheet} onChange={onChange} />
      {decoded.map(one => (
        <Before key={one.encoding} decoded={one} />
      ))}
      {unreadable.length > 0 && (
        <section className="note waiting">
          <div>
            <p>{say('preview-unreadable')}</p>
            <ul className="rows">
              {unreadable.map(({ row, text, why }) => (
                <li key={`${row} ${text}`}>
                  <span>
                    {say('preview-row')} {row}: {text}
                  </span>
                  <span className="quiet">{say(`unreadable-${why}`)}</span>
                </li>
              ))}
            </ul>
          </div>
        </section>
      )}
    </>
  )
}

function SaidEncoding({ sheet, onChange }: { sheet: Sheet; onChange: (mapping: SheetMapping) => void }) {
  const say = useSay()
  const choose = (chosen: string) => {
    const { encoding: _, ...rest } = mappingOf(sheet)
    const encoding = chosen === 'unicode' ? chosen : legacyEncodings.find(one => one === chosen)
    onChange(encoding ? { ...rest, encoding } : rest)
  }
  return (
    <p>
      <label>
        {say('preview-encoding')}{' '}
        <select className="input in-row" value={sheet.encoding ?? ''} onChange={event => choose(event.target.value)}>
          <option value="">{say('encoding-found')}</option>
          <option value="unicode">{say('encoding-unicode')}</option>
          {legacyEncodings.map(encoding => (
            <option key={encoding} value={encoding}>
              {say(`encoding-${encoding}`)}
            </option>
          ))}
        </select>
      </label>
    </p>
  )
}

const evidenceOf = (say: Say, { by }: Decoded) =>
  evidences
    .filter(evidence => by[evidence] > 0)
    .map(evidence => say(`evidence-${evidence}`, { n: numberText(by[evidence]) }))
    .join(', ')

function Before({ decoded }: { decoded: Decoded }) {
  const say = useSay()
  const encoding = say(`encoding-${decoded.encoding}`)
  return (
    <section className="note">
      <div>
        <p>
          {say('preview-decoded', { n: numberText(decoded.cells), encoding })}{' '}
          <span className="quiet">{evidenceOf(say, decoded)}</span>
        </p>
        <ul className="rows" aria-label={encoding}>
          {decoded.examples.map(({ row, before, after }) => (
            <li key={row}>
              <span>
                <span className="quiet">{before}</span> → {after}
              </span>
              <span className="quiet figures">
                {say('preview-row')} {row}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
