import { useCaptureSay } from '../capture/base/language.tsx'
import { portraitReasons } from '../capture/base/offered-reasons.ts'
import { tick } from '../capture/base/portrait-limits.ts'
import { reasonText } from '../capture/base/reason-form.tsx'
import { PortraitCamera } from '../capture/portrait/portrait-camera.tsx'
import type { Portrait } from '../capture/portrait/portrait-picture.ts'
import type { PortraitTaken, Taking } from '../draft/captured-parts.ts'
import { useKeys } from '../parts/shortcut-keys.ts'
import { Spoken } from './form-of-address.tsx'
import { Next } from './next-button.tsx'

/**
 * The camera with its live measures, as the steps want it: what was measured goes with the picture, and why it was
 * taken all the same.
 */

function Camera({ taken, onTaken, onNext }: Taking<PortraitTaken>) {
  const say = useCaptureSay()
  useKeys({ Enter: taken ? onNext : undefined })
  const tell = (shot: Portrait | undefined) =>
    onTaken(
      shot && {
        jpeg: shot.jpeg,
        measures: shot.measures.map(({ name, verdict, score }) => ({
          name,
          verdict,
          ...(score !== undefined && { value: score, minimum: tick }),
        })),
        ...(shot.reason && { despite: reasonText(say, shot.reason, portraitReasons).slice(0, 200) }),
        ...(shot.camera && { device: shot.camera.slice(0, 120) }),
        shot,
      },
    )
  return <PortraitCamera value={taken?.shot} onChange={tell} beside={taken && <Next onNext={onNext} />} />
}

export const DevicePortrait = (props: Taking<PortraitTaken>) => (
  <Spoken>
    <Camera {...props} />
  </Spoken>
)
