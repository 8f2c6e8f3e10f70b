import { Button } from '../../parts/button.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useLanguage } from '../base/language.tsx'
import { Name } from '../parts/person-name.tsx'
import { mappingOf, type Preview, type SheetMapping } from './preview.ts'

type FindingsProps = { readonly preview: Preview; readonly onChange: (mapping: SheetMapping) => void }

/**
 * What an officer looks at before a roll is taken in: warnings, lines that ask whether the pupil left, who left, and
 * all that was not read with why. Nothing is left out unseen.
 */
export function Findings({ preview, onChange }: FindingsProps) {
  const { say, language } = useLanguage()
  return (
    <>
      {preview.lacking.length > 0 && (
        <p className="note waiting">
          {say('preview-lacking', { what: preview.lacking.map(field => say(`roll-field-${field}`)).join(', ') })}
        </p>
      )}
      {preview.warnings.map(warning => (
        <div key={warning.code} className="note waiting">
          <p>{warning[language]}</p>
          {warning.examples.length > 0 && <p className="small">{warning.examples.join(' · ')}</p>}
        </div>
      ))}
      <Questions preview={preview} onChange={onChange} />
      <Leavers preview={preview} />
      <LeftOut preview={preview} />
    </>
  )
}

/** Words that leave it open are never decided unasked: until somebody answers, the pupil stays on the roll. */
function Questions({ preview, onChange }: FindingsProps) {
  const { say } = useLanguage()
  const answered = preview.sheets.flatMap(sheet => (sheet.lines ?? []).map(line => ({ sheet, ...line })))
  if (preview.questionCount === 0 && answered.length === 0) return null
  const answer = (at: number, row: number, as?: 'pupil' | 'left') => {
    const sheet = preview.sheets.find(one => one.sheet === at)
    if (!sheet) return
    const others = (sheet.lines ?? []).filter(line => line.row !== row)
    onChange({ ...mappingOf(sheet), lines: as ? [...others, { row, as }] : others })
  }
  return (
    <section className="part" aria-label={say('preview-questions')}>
      <h2>{say('preview-questions')}</h2>
      {preview.questionCount > 0 && (
        <p className="quiet">{say('preview-questions-about', { n: numberText(preview.questionCount) })}</p>
      )}
      <ul className="rows">
        {preview.questions.map(({ sheet, row, name, class: inClass, said }) => (
          <li key={`${sheet}-${row}`}>
            <span>
              {say('preview-row')} {row}
              {inClass && `, ${inClass}`}: <Name name={name} />
              {': '}
              {said ? `“${said}”` : say('preview-struck')}
            </span>
            <span className="row-buttons">
              <Button look="row" onPress={() => answer(sheet, row, 'pupil')}>
                {say('preview-stays')}
              </Button>
              <Button look="row" onPress={() => answer(sheet, row, 'left')}>
                {say('preview-has-left')}
              </Button>
            </span>
          </li>
        ))}
        {answered.map(({ sheet, row, as }) => (
          <li key={`answer-${sheet.sheet}-${row}`}>
            <span className="quiet">
              {sheet.name && `${sheet.name}, `}
              {say('preview-row').toLowerCase()} {row}: {say(as === 'left' ? 'preview-has-left' : 'preview-stays')}
            </span>
            <Button look="row" onPress={() => answer(sheet.sheet, row)}>
              {say('preview-ask-again')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Leavers({ preview }: { preview: Preview }) {
  const { say } = useLanguage()
  if (preview.leftCount === 0) return null
  return (
    <details className="part">
      <summary>{say('preview-leavers', { n: numberText(preview.leftCount) })}</summary>
      <p className="quiet">{say('preview-leavers-about')}</p>
      <ul className="rows">
        {preview.left.map(({ sheet, row, name, class: inClass, status, on, said }) => (
          <li key={`${sheet}-${row}`}>
            <span>
              {say('preview-row')} {row}
              {inClass && `, ${inClass}`}: <Name name={name} />
            </span>
            <span className="quiet">
              {say(`pupil-${status}`)}
              {on && ` ${dayText(on)}`}
              {said && ` (“${said}”)`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function LeftOut({ preview }: { preview: Preview }) {
  const { say, language } = useLanguage()
  const nameOf = (at: number) => preview.sheets.find(({ sheet }) => sheet === at)?.name ?? ''
  if (preview.notPupilCount === 0 && preview.ignoredColumns.length === 0) return null
  return (
    <details className="part">
      <summary>
        {say(preview.ignoredColumns.length > 0 ? 'preview-left-out' : 'preview-left-out-lines', {
          n: numberText(preview.notPupilCount),
          columns: numberText(preview.ignoredColumns.length),
        })}
      </summary>
      <p>{preview.ignoredLines.map(one => `${one[language]}: ${numberText(one.count)}`).join(' · ')}</p>
      {preview.ignoredColumns.length > 0 && (
        <p>
          {say('preview-columns-unread')}{' '}
          {preview.ignoredColumns
            .map(({ sheet, letter, header }) =>
              [nameOf(sheet), letter, header && `“${header}”`].filter(Boolean).join(' '),
            )
            .join(' · ')}
        </p>
      )}
      <ul className="rows">
        {preview.notPupils.map(row => (
          <li key={`${row.sheet}-${row.row}-${row.reason}`}>
            <span>
              {row.sheet && `${row.sheet}, `}
              {say('preview-row').toLowerCase()} {row.row}: {row.text}
            </span>
            <span className="quiet">{row[language]}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
