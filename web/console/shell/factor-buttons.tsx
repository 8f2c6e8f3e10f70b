import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'

type FactorButtonsProps = {
  readonly isDemonstration: boolean
  readonly hasPasskey: boolean
  /** Whether the passkey, where it comes first, has the focus at once. */
  readonly focusesPasskey: boolean
  readonly busy: boolean
  readonly onDemonstration: () => void
  readonly onPasskey: () => void
}

/** The second factors that are one press: that of a demonstration, which stands in for one, and a passkey. */
export function FactorButtons(props: FactorButtonsProps) {
  const { isDemonstration, hasPasskey, focusesPasskey, busy, onDemonstration, onPasskey } = props
  const say = useSay()
  return (
    <>
      {isDemonstration && (
        <Button look={['primary', 'wide']} disabled={busy} onPress={onDemonstration} autoFocus>
          {say('factor-demonstration')}
        </Button>
      )}
      {hasPasskey && (
        <Button
          look={isDemonstration ? ['wide'] : ['primary', 'wide']}
          disabled={busy}
          onPress={onPasskey}
          {...(focusesPasskey && !isDemonstration && { autoFocus: true })}
        >
          {say('factor-passkey')}
        </Button>
      )}
    </>
  )
}
