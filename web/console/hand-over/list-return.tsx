import { useState } from 'react'
import { listLists, returnList, showList } from '../../../src/cards/hand-over/contract.ts'
import { cardPipeline, listCards } from '../../../src/cards/tracking/contract.ts'
import { Button } from '../../parts/button.tsx'
import { numberText } from '../../parts/formats.ts'
import { useKeys } from '../base/keys.tsx'
import { useSay } from '../base/language.tsx'
import { useRemembered } from '../base/remembered.ts'
import { useDo } from '../base/use-endpoint.ts'
import { FileDrop } from '../cards/card-file-drop.tsx'
import type { GivenLine, GivenList } from '../cards/card-types.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'

type Outcome = 'handed-over' | 'came-back'
type Marks = Readonly<Record<string, Outcome>>

/**
 * The signed sheet is entered line by line: 1 signed, 2 came back. Nothing is written before the sheet is there and
 * every line is said.
 */
export function ListReturn({ list, lines }: { list: GivenList; lines: readonly GivenLine[] }) {
  const say = useSay()
  const open = lines.filter(({ outcome }) => outcome === undefined)
  const [marks, setMarks] = useRemembered<Marks>(`list-${list.id}`, {})
  const [at, setAt] = useState(0)
  const cursor = Math.min(at, Math.max(0, open.length - 1))
  const mark = (where: number, outcome: Outcome) => {
    const line = open[where]
    if (!line) return
    setMarks({ ...marks, [line.cardId]: outcome })
    setAt(Math.min(where + 1, open.length - 1))
  }
  useKeys([
    { key: 'j', said: say('key-next'), run: () => setAt(Math.min(cursor + 1, open.length - 1)) },
    { key: 'k', said: say('key-previous'), run: () => setAt(Math.max(cursor - 1, 0)) },
    { key: '1', said: say('list-mark-signed'), run: () => mark(cursor, 'handed-over'), decides: true },
    { key: '2', said: say('list-mark-back'), run: () => mark(cursor, 'came-back'), decides: true },
  ])
  const rest = () =>
    setMarks({ ...Object.fromEntries(open.map(({ cardId }) => [cardId, 'handed-over' as const])), ...marks })
  const left = open.filter(({ cardId }) => !marks[cardId]).length
  return (
    <div className="split">
      <section>
        <p className="quiet">{say('list-enter-about')}</p>
        <ol className="list-lines">
          {open.map((line, where) => (
            <Line
              key={line.cardId}
              line={line}
              here={where === cursor}
              marked={marks[line.cardId]}
              onMark={outcome => mark(where, outcome)}
            />
          ))}
        </ol>
      </section>
      <div className="companion stack">
        {left > 0 && (
          <>
            <p aria-live="polite">{say('list-left', { n: numberText(left) })}</p>
            <div className="buttons">
              <Button onPress={rest}>{say('list-mark-all')}</Button>
            </div>
          </>
        )}
        <TakeBack list={list} open={open} marks={marks} left={left} />
      </div>
    </div>
  )
}

type LineProps = { line: GivenLine; here: boolean; marked: Outcome | undefined; onMark: (outcome: Outcome) => void }

function Line({ line: { name = '', serial }, here, marked, onMark }: LineProps) {
  const say = useSay()
  return (
    <li className={here ? 'here' : ''} {...(here && { 'aria-current': 'true' as const })}>
      <span>
        <Name name={name} />
      </span>
      <span className="figures quiet">{serial}</span>
      <fieldset className="buttons plain" aria-label={name}>
        <Button
          look={marked === 'handed-over' ? ['row', 'chosen'] : 'row'}
          pressed={marked === 'handed-over'}
          onPress={() => onMark('handed-over')}
        >
          {say('list-mark-signed')}
        </Button>
        <Button
          look={marked === 'came-back' ? ['row', 'chosen'] : 'row'}
          pressed={marked === 'came-back'}
          onPress={() => onMark('came-back')}
        >
          {say('list-mark-back')}
        </Button>
      </fieldset>
    </li>
  )
}

function TakeBack({
  list,
  open,
  marks,
  left,
}: {
  list: GivenList
  open: readonly GivenLine[]
  marks: Marks
  left: number
}) {
  const say = useSay()
  const [sheet, setSheet] = useState<File>()
  const take = useDo(returnList, [showList, listLists, cardPipeline, listCards])
  const of = (outcome: Outcome) => open.filter(({ cardId }) => marks[cardId] === outcome).map(({ cardId }) => cardId)
  const [signed, back] = [of('handed-over'), of('came-back')]
  const send = () => {
    if (sheet)
      take.mutate({
        params: { id: list.id },
        body: { signed: signed.join(','), cameBack: back.join(',') },
        file: sheet,
      })
  }
  return (
    <>
      <FileDrop
        kind="image"
        label={say('list-sheet')}
        hint={say('list-sheet-hint')}
        choose={say('list-sheet-choose')}
        onFile={setSheet}
      />
      {sheet && (
        <p className="done-text" role="status">
          {say('list-sheet-kept', { name: sheet.name })}
        </p>
      )}
      <RefusedNote error={take.error} />
      <div className="buttons">
        <Button
          look={['primary', 'large']}
          onPress={send}
          {...((left > 0 || !sheet || take.isPending) && { disabled: true })}
        >
          {say('list-return', { signed: numberText(signed.length), back: numberText(back.length) })}
        </Button>
      </div>
    </>
  )
}
