import { blankStock, secondCheckers, takeStock } from '../../../src/cards/production/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useDraftState } from '../base/drafts.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import type { Lot } from '../cards/card-types.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { serialsIn } from './blank-spoil.tsx'

/** Two officers count a lot; where the count differs from the books, it says by which blanks and why. */
export function TakeStock({ lots, onClose }: { lots: readonly Lot[]; onClose: () => void }) {
  const say = useSay()
  const checkers = useAsk(secondCheckers, {})
  const officers = checkers.data?.officers ?? []
  return (
    <Dialog open title={say('blank-take-title')} onClose={onClose}>
      <RefusedNote error={checkers.error} />
      {checkers.data && officers.length === 0 && (
        <>
          <p>{say('blank-no-second-checker')}</p>
          <div className="buttons">
            <Button onPress={onClose}>{say('close')}</Button>
          </div>
        </>
      )}
      {officers.length > 0 && <Count lots={lots} officers={officers} onClose={onClose} />}
    </Dialog>
  )
}

type CountProps = { lots: readonly Lot[]; officers: readonly { id: string; name: string }[]; onClose: () => void }

function Count({ lots, officers, onClose }: CountProps) {
  const say = useSay()
  const [filled, setFilled] = useDraftState('stock-take', {
    lotId: lots[0]?.id ?? '',
    counted: '',
    secondChecker: officers[0]?.id ?? '',
    reason: '',
    serials: '',
  })
  const set = (more: Partial<typeof filled>) => setFilled({ ...filled, ...more })
  const take = useDo(takeStock, [blankStock])
  const lot = lots.find(({ id }) => id === filled.lotId)
  const counted = Number(filled.counted)
  const difference = filled.counted === '' || !lot ? 0 : counted - lot.inStock
  const serials = serialsIn(filled.serials)
  const whole =
    lot !== undefined &&
    filled.counted !== '' &&
    (difference === 0 || (filled.reason.trim() !== '' && (!lot.numbered || serials.length === Math.abs(difference))))
  const send = () => {
    const { lotId, secondChecker, reason } = filled
    take.mutate({
      body: {
        lotId,
        counted,
        secondChecker,
        ...(difference !== 0 && { reason: reason.trim(), ...(lot?.numbered && { serials }) }),
      },
    })
  }
  if (take.data) return <Taken {...take.data} onClose={onClose} />
  return (
    <form
      className="stack"
      onSubmit={event => {
        event.preventDefault()
        if (whole) send()
      }}
    >
      <Field
        label={say('blank-lot')}
        value={filled.lotId}
        onChange={lotId => set({ lotId })}
        choices={lots.map(({ id, code }) => [id, code] as const)}
      />
      <Field
        label={say('blank-second-checker')}
        value={filled.secondChecker}
        onChange={secondChecker => set({ secondChecker })}
        choices={officers.map(({ id, name }) => [id, name] as const)}
      />
      <Field
        label={say('blank-counted')}
        value={filled.counted}
        onChange={typed => set({ counted: typed.replace(/\D/g, '') })}
        inputMode="numeric"
        maxLength={5}
        autoFocus
      />
      {difference !== 0 && lot && (
        <>
          <p className="note waiting" role="status">
            {say('blank-differs', {
              expected: numberText(lot.inStock),
              counted: numberText(counted),
              n: numberText(Math.abs(difference)),
            })}
          </p>
          <Field
            label={say('blank-take-reason')}
            value={filled.reason}
            onChange={reason => set({ reason })}
            maxLength={500}
          />
          {lot.numbered && (
            <Field
              label={say('blank-take-serials')}
              value={filled.serials}
              onChange={text => set({ serials: text })}
              rows={3}
            />
          )}
        </>
      )}
      <RefusedNote error={take.error} />
      <div className="buttons">
        <Button look="primary" submits {...((!whole || take.isPending) && { disabled: true })}>
          {say('blank-take-deed')}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </form>
  )
}

function Taken({ expected, difference, onClose }: { expected: number; difference: number; onClose: () => void }) {
  const say = useSay()
  return (
    <>
      <p className="note" role="status">
        {difference === 0
          ? say('blank-take-same', { n: numberText(expected) })
          : say(difference < 0 ? 'blank-take-fewer' : 'blank-take-more', {
              expected: numberText(expected),
              n: numberText(Math.abs(difference)),
            })}
      </p>
      <div className="buttons">
        <Button look="primary" onPress={onClose}>
          {say('close')}
        </Button>
      </div>
    </>
  )
}
