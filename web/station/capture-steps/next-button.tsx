import { Button } from '../parts/button.tsx'
import { useSay } from '../words/language.tsx'

/** Stands beside a device's own buttons once the step is done. */
export function Next({ onNext }: { onNext: () => void }) {
  const say = useSay()
  return (
    <Button look="primary" cap="Enter" onPress={onNext}>
      {say('next')}
    </Button>
  )
}
