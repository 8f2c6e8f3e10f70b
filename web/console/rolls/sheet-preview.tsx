import { rollFields } from '../../../src/rolls/field.ts'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { type Say, useSay } from '../base/language.tsx'
import { Name } from '../parts/person-name.tsx'
import { OldTexts } from './old-texts.tsx'
import { type Preview, type SheetMapping, withColumns } from './preview.ts'

type Sheet = Preview['sheets'][number]

/** A CSV file is one sheet without a name. */
const titleOf = (say: Say, { name }: Sheet) => (name ? say('preview-sheet', { name }) : say('preview-file'))

type SheetPreviewProps = {
  readonly sheet: Sheet
  readonly preview: Preview
  readonly onChange: (mapping: SheetMapping) => void
}

/** One sheet: what its letters came in, what each column is, and the first rows as they would be taken in. */
export function SheetPreview({ sheet, preview, onChange }: SheetPreviewProps) {
  const say = useSay()
  const skipped = sheet.state === 'skipped'
  return (
    <section className="part">
      <div className="sheet-title">
        <h2>{titleOf(say, sheet)}</h2>
        {sheet.hidden && <Chip kind="not-begun">{say('preview-hidden')}</Chip>}
        {sheet.isSummary && <Chip kind="not-begun">{say('preview-summary')}</Chip>}
        {sheet.lists > 1 && <Chip kind="moving">{say('preview-lists', { n: sheet.lists })}</Chip>}
        <span className="quiet figures">
          {say('preview-pupils', { n: numberText(sheet.pupils) })}
          {sheet.classes.length > 0 && `, ${sheet.classes.slice(0, 12).join(' ')}`}
          {', '}
          {sheet.headerRow ? say('preview-header', { n: sheet.headerRow }) : say('preview-no-header')}
        </span>
        <Button
          look="row"
          onPress={() => onChange(skipped ? { sheet: sheet.sheet } : { sheet: sheet.sheet, skip: true })}
        >
          {say(skipped ? 'preview-read' : 'preview-skip')}
        </Button>
      </div>
      {sheet.state === 'without-pupils' && <p className="quiet">{say('preview-without')}</p>}
      {sheet.state === 'read' && <OldTexts sheet={sheet} preview={preview} onChange={onChange} />}
      {!skipped && sheet.columns.length > 0 && <Columns sheet={sheet} onChange={onChange} />}
      {!skipped && sheet.first.length > 0 && <FirstRows sheet={sheet} />}
    </section>
  )
}

function Columns({ sheet, onChange }: { sheet: Sheet; onChange: (mapping: SheetMapping) => void }) {
  const say = useSay()
  const choose = (column: number, field: string) => {
    const chosen = rollFields.find(one => one === field) ?? ('none' as const)
    const now = withColumns(sheet)
    onChange({
      ...now,
      columns: (now.columns ?? []).map(one => (one.column === column ? { column, field: chosen } : one)),
    })
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must do so by keyboard too
    <section className="sideways" aria-label={`${titleOf(say, sheet)}, ${say('preview-column')}`} tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{say('preview-column')}</th>
            <th scope="col">{say('preview-head')}</th>
            <th scope="col">{say('preview-sample')}</th>
            <th scope="col">{say('preview-means')}</th>
          </tr>
        </thead>
        <tbody>
          {sheet.columns.map(({ column, letter, header, field, by, samples }) => (
            <tr key={column}>
              <th scope="row">{letter}</th>
              <td>{header || <span className="quiet">{say('not-given')}</span>}</td>
              <td className="quiet">{samples.slice(0, 3).join(' · ')}</td>
              <td>
                <select
                  className="input in-row"
                  value={field ?? ''}
                  aria-label={`${say('preview-means')}: ${letter} ${header}`}
                  onChange={event => choose(column, event.target.value)}
                >
                  <option value="">{say('field-none')}</option>
                  {rollFields.map(one => (
                    <option key={one} value={one}>
                      {say(`roll-field-${one}`)}
                    </option>
                  ))}
                </select>{' '}
                {by === 'content' && field && <span className="small">{say('preview-by-content')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function FirstRows({ sheet }: { sheet: Sheet }) {
  const say = useSay()
  const codes = useCodes()
  return (
    <>
      <h3 className="first-rows">{say('preview-first')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must do so by keyboard too */}
      <section className="sideways" aria-label={`${titleOf(say, sheet)}, ${say('preview-first')}`} tabIndex={0}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{say('preview-row')}</th>
              <th scope="col">{say('full-name')}</th>
              <th scope="col">{say('born')}</th>
              <th scope="col">{say('sex')}</th>
              <th scope="col">{say('number')}</th>
              <th scope="col">{say('class')}</th>
              <th scope="col">{say('preview-note')}</th>
            </tr>
          </thead>
          <tbody>
            {sheet.first.map(row => (
              <tr key={`${row.row}-${row.name}`}>
                <td>{row.row}</td>
                <th scope="row">
                  <Name name={row.name} />
                </th>
                <td>
                  {row.birthDate ? (
                    dayText(row.birthDate)
                  ) : (
                    <span className="quiet">{row.birthGiven || say('not-given')}</span>
                  )}
                </td>
                <td>{row.sex ? codes('sex', row.sex) : ''}</td>
                <td>{row.number}</td>
                <td className="own-figures">{row.class ?? ''}</td>
                <td className="quiet">
                  {[row.mark, row.status && say(`pupil-${row.status}`)].filter(Boolean).join(', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
