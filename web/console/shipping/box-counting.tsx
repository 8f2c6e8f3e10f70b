import { useState } from 'react'
import { serialShape } from '../../../src/cards/card.ts'
import { countBox, listBoxes, showBox } from '../../../src/cards/shipping/contract.ts'
import { cardPipeline, listCards } from '../../../src/cards/tracking/contract.ts'
import { Button } from '../../parts/button.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import type { Box, BoxLine } from '../cards/card-types.ts'
import { type Heard, ScanField } from '../cards/scan-field.tsx'
import { DeedDialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { Ruler } from '../parts/ruler.tsx'

type Props = {
  readonly box: Box
  readonly lines: readonly BoxLine[]
  readonly scanned: readonly string[]
  readonly setScanned: (scanned: readonly string[]) => void
}

/** Every card that lies in the box is scanned, and only then is the count written: present, missing, not listed. */
export function BoxCounting({ box, lines, scanned, setScanned }: Props) {
  const say = useSay()
  const [heard, setHeard] = useState<Heard>()
  const [closing, setClosing] = useState(false)
  const listed = new Map(lines.map(line => [line.serial ?? '', line]))
  const present = scanned.filter(serial => listed.has(serial)).length
  const onScan = (serial: string) => {
    if (!serialShape.test(serial)) return setHeard({ kind: 'bad', so: say('box-count-not-a-serial') })
    if (scanned.includes(serial)) return setHeard({ kind: 'bad', so: say('box-count-twice', { serial }) })
    const line = listed.get(serial)
    setScanned([...scanned, serial])
    setHeard(
      line
        ? { kind: 'good', so: say('box-count-good', { name: line.name ?? '', serial }) }
        : { kind: 'bad', so: say('box-count-unexpected', { serial }) },
    )
  }
  return (
    <ScanField label={say('box-count')} hint={say('box-count-hint')} onScan={onScan} heard={heard}>
      <p>{say('box-count-sofar', { n: numberText(present), all: numberText(box.cards) })}</p>
      <Ruler done={present} target={box.cards} small />
      <div className="buttons">
        <Button look={['primary', 'large']} onPress={() => setClosing(true)}>
          {say('box-count-close')}
        </Button>
        {scanned.length > 0 && (
          <Button
            look="text"
            onPress={() => {
              setScanned([])
              setHeard(undefined)
            }}
          >
            {say('box-count-forget')}
          </Button>
        )}
      </div>
      {closing && <Close box={box} scanned={scanned} present={present} onClose={() => setClosing(false)} />}
    </ScanField>
  )
}

function Close({
  box,
  scanned,
  present,
  onClose,
}: {
  box: Box
  scanned: readonly string[]
  present: number
  onClose: () => void
}) {
  const say = useSay()
  const count = useDo(countBox, [showBox, listBoxes, cardPipeline, listCards])
  const figures = {
    present: numberText(present),
    missing: numberText(box.cards - present),
    unexpected: numberText(scanned.length - present),
  }
  return (
    <DeedDialog
      open
      title={say('box-count-asks', { code: box.code })}
      deed={say('box-count-deed', figures)}
      busy={count.isPending}
      onClose={onClose}
      onDo={() => count.mutate({ params: { id: box.id }, body: { serials: [...scanned] } }, { onSuccess: onClose })}
    >
      <p>{say('box-count-means', figures)}</p>
      <RefusedNote error={count.error} />
    </DeedDialog>
  )
}
