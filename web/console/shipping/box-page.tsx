import { useParams } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import { showBox } from '../../../src/cards/shipping/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { instantText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useRemembered } from '../base/remembered.ts'
import { boxesAt, labelAt } from '../cards/addresses.ts'
import type { Box, BoxLine, WholeBox } from '../cards/card-types.ts'
import { usePages } from '../cards/use-pages.ts'
import { Failed, Loading, Progress } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { BoxCounted } from './box-counted.tsx'
import { BoxCounting } from './box-counting.tsx'
import { BoxLines } from './box-lines.tsx'
import { BoxMoving } from './box-moving.tsx'
import { BoxPacking } from './box-packing.tsx'
import { BoxChip, useBoxWay } from './boxes-page.tsx'

/**
 * One box, from the first card that is put in to the last that is found. What can be done now stands beside its cards.
 */
export function BoxPage() {
  const say = useSay()
  const unit = useUnitName()
  const { id } = useParams({ from: '/the/thung/$id' })
  const { first, rows, complete, error, refetch } = usePages(
    showBox,
    { id },
    {
      read: (after, signal) =>
        call(showBox, { params: { id }, query: { limit: 500, ...(after && { after }) }, signal }),
      rowsOf: page => page.cards,
      whole: true,
    },
  )
  const box = first?.box
  return (
    <Page
      title={say('box-title', { code: box?.code ?? '' })}
      standing={box && <Standing box={box} />}
      strip={[box?.code ?? unit, unit]}
      margin={box && <History box={box} />}
      foot={
        <>
          {box && box.state !== 'counted' && (
            <Button look="wide" icon={Printer} href={labelAt(id)}>
              {say('box-label')}
            </Button>
          )}
          <Go className="exit" to={boxesAt()}>
            {say('cards-nav-boxes')}
          </Go>
        </>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!first && !error && <Loading what={say('box-reading')} />}
      {first && !complete && !error && (
        <Progress what={say('box-reading')} done={rows.length} whole={first.box.cards} />
      )}
      {first && complete && <Whole key={first.box.state} whole={first} lines={rows} />}
    </Page>
  )
}

function Standing({ box }: { box: Box }) {
  const say = useSay()
  const way = useBoxWay()(box)
  return (
    <>
      <p>
        <BoxChip box={box} />
      </p>
      <p>{say('box-way', way)}</p>
      <p>
        {say('box-cards')}: <b className="figures">{numberText(box.cards)}</b>
      </p>
      {box.seal && (
        <p>
          {say('box-seal-number')} <b>{box.seal}</b>
          {box.intact !== undefined &&
            `, ${box.intact ? say('box-intact') : say('box-broken', { remark: box.remark ?? '' })}`}
        </p>
      )}
    </>
  )
}

function History({ box }: { box: Box }) {
  const say = useSay()
  const steps = [
    ['box-opened-at', box.openedAt],
    ['box-sealed-at', box.sealedAt],
    ['box-sent-at', box.sentAt],
    ['box-received-at', box.receivedAt],
    ['box-counted-at', box.countedAt],
  ] as const
  return (
    <section>
      <ul className="margin-rows">
        {steps.map(
          ([name, at]) =>
            at && (
              <li key={name}>
                <span>{say(name)}</span>
                <span className="end figures">
                  {instantText(at).dayInYear} {instantText(at).time}
                </span>
              </li>
            ),
        )}
      </ul>
    </section>
  )
}

function Whole({ whole, lines }: { whole: WholeBox; lines: readonly BoxLine[] }) {
  const { box } = whole
  // What is scanned stays while the console is open: nothing is written before the count is closed.
  const [scanned, setScanned] = useRemembered<readonly string[]>(`box-count-${box.id}`, [])
  const [taken, setTaken] = useState<string>()
  return (
    <div className="split box-split">
      <BoxLines
        box={box}
        lines={lines}
        scanned={box.state === 'received' ? scanned : undefined}
        onTakenOut={setTaken}
      />
      <div className="companion">
        {box.state === 'open' && <BoxPacking box={box} taken={taken} />}
        {(box.state === 'sealed' || box.state === 'sent') && <BoxMoving box={box} />}
        {box.state === 'received' && <BoxCounting box={box} lines={lines} scanned={scanned} setScanned={setScanned} />}
        {box.state === 'counted' && <BoxCounted whole={whole} lines={lines} />}
      </div>
    </div>
  )
}
