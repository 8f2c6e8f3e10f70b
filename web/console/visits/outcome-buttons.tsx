import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'

/** One press an outcome; the last one can be taken back; the dialog can be left as it is. */
export function OutcomeButtons<Outcome extends string>({
  outcomes,
  current,
  labelOf,
  onChoose,
  onTakeBack,
  takeBack,
  onClose,
  busy,
}: {
  outcomes: readonly Outcome[]
  current: Outcome | undefined
  labelOf: (outcome: Outcome) => string
  onChoose: (outcome: Outcome) => void
  onTakeBack: () => void
  /** What the button says that takes the current outcome back. */
  takeBack: string
  onClose: () => void
  busy: boolean
}) {
  const say = useSay()
  const still = busy && { disabled: true }
  return (
    <>
      <div className="buttons outcomes-to-press">
        {outcomes.map(outcome => (
          <Button key={outcome} look={outcome === current ? 'chosen' : []} onPress={() => onChoose(outcome)} {...still}>
            {labelOf(outcome)}
          </Button>
        ))}
      </div>
      <div className="buttons">
        {current && (
          <Button look="text" onPress={onTakeBack} {...still}>
            {takeBack}
          </Button>
        )}
        <Button look="text" onPress={onClose}>
          {say('leave-it')}
        </Button>
      </div>
    </>
  )
}
