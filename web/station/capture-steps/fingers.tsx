import { useState } from 'react'
import { type CaptureSay, useCaptureSay } from '../capture/base/language.tsx'
import { despiteReasons, missingReasons } from '../capture/base/offered-reasons.ts'
import { reasonText } from '../capture/base/reason-form.tsx'
import { type Fingerprints, isComplete, noFingerprints } from '../capture/fingers/fingerprint-work.ts'
import { FingerprintStep } from '../capture/fingers/fingerprints.tsx'
import { deviceInfo, discover } from '../capture/fingers/sbi.ts'
import type { FingersTaken, TakingFingers } from '../draft/captured-parts.ts'
import { Button } from '../parts/button.tsx'
import { useKeys } from '../parts/shortcut-keys.ts'
import { useSay } from '../words/language.tsx'
import { PlainFingers } from './fingers-without-device.tsx'
import { Spoken } from './form-of-address.tsx'
import { Next } from './next-button.tsx'

/** Fingers from a device of the Secure Biometric Interface. Where a school hall has none, all ten say why, at once. */

const takenFrom = (work: Fingerprints, say: CaptureSay): FingersTaken => ({
  work,
  biometrics: work.results.flatMap(result => {
    if (result.kind !== 'taken') return []
    const { record, signed, qualityScore, deviceCode, trust } = result.biometric
    return [
      {
        subtype: result.finger,
        quality: qualityScore,
        image: new Blob([record], { type: 'application/octet-stream' }),
        record: signed,
        deviceTrust: trust,
        ...(result.despite && { despite: reasonText(say, result.despite, despiteReasons).slice(0, 200) }),
        ...(deviceCode && { device: deviceCode.slice(0, 120) }),
      },
    ]
  }),
  exceptions: work.results.flatMap(result =>
    result.kind === 'missing'
      ? [{ subtype: result.finger, reason: reasonText(say, result.reason, missingReasons).slice(0, 200) }]
      : [],
  ),
})

function Scanner({ taken, begun, onTaken, onBegun, onNext, onWithout }: TakingFingers & { onWithout: () => void }) {
  const [speak, say] = [useCaptureSay(), useSay()]
  const [work, setWork] = useState<Fingerprints>(() => taken?.work ?? begun ?? noFingerprints(crypto.randomUUID()))
  const done = isComplete(work)
  useKeys({ Enter: done ? onNext : undefined })
  const changed = (next: Fingerprints) => {
    setWork(next)
    if (isComplete(next)) onTaken(takenFrom(next, speak))
    else onBegun(next)
  }
  return (
    <FingerprintStep
      value={work}
      onChange={changed}
      beside={done ? <Next onNext={onNext} /> : <Button onPress={onWithout}>{say('fingers-without')}</Button>}
    />
  )
}

export function DeviceFingers(props: TakingFingers) {
  const { taken } = props
  const [without, setWithout] = useState(taken !== undefined && !taken.work)
  if (without) return <PlainFingers {...props} onDevice={() => setWithout(false)} />
  return (
    <Spoken>
      <Scanner {...props} onWithout={() => setWithout(true)} />
    </Spoken>
  )
}

/** What the scanner of this machine calls itself; undefined where there is none, or none that answers. */
export async function findScanner(): Promise<string | undefined> {
  try {
    const [device] = await discover('finger')
    if (!device) return undefined
    const { make, model } = await deviceInfo(device)
    return `${make} ${model}`
  } catch {
    return undefined
  }
}
