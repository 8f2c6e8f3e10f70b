import { Hand } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { Chip } from '../../../parts/chip.tsx'
import { useCaptureSay } from '../base/language.tsx'
import { usePicture } from '../base/use-picture.ts'
import { deviceInfo, discover, type KnownDevice } from './sbi.ts'
import { SbiRefusal } from './sbi-refusal.ts'

/** The scanner of this machine, as far as it is found. */
export type Finding =
  | { readonly state: 'looking' | 'none' }
  | { readonly state: 'found'; readonly device: KnownDevice }
  | Failed
type Failed = { readonly state: 'refused'; readonly error: SbiRefusal }

/** Whatever goes wrong beyond the standard is a fault of the device. */
export const refusalOf = (error: unknown) => (error instanceof SbiRefusal ? error : new SbiRefusal('device-fault'))

/** Looks for a scanner, a slap device before others, and lets it tell of itself. */
export function useDevice(roots: readonly string[] | undefined) {
  const [finding, setFinding] = useState<Finding>({ state: 'looking' })
  const [tries, setTries] = useState(0)
  const named = roots?.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same roots in another list are not looked at anew
  useEffect(() => {
    const stop = new AbortController()
    const look = async () => {
      setFinding({ state: 'looking' })
      const devices = await discover('finger', { signal: stop.signal })
      const device = devices.find(({ kind }) => kind === 'Slap') ?? devices[0]
      if (!device) return setFinding({ state: 'none' })
      const known = await deviceInfo(device, { signal: stop.signal, ...(roots && { roots }) })
      setFinding({ state: 'found', device: known })
    }
    look().catch(error => {
      if (!stop.signal.aborted) setFinding({ state: 'refused', error: refusalOf(error) })
    })
    return () => stop.abort()
  }, [tries, named])
  return { finding, again: useCallback(() => setTries(count => count + 1), []) }
}

/** What the scanner sees, while it looks. */
export function Glass({ live }: { live: Blob | undefined }) {
  const say = useCaptureSay()
  const address = usePicture(live)
  return (
    <div className="glass">
      {address ? <img src={address} alt={say('live-fingers')} /> : <Hand size={72} strokeWidth={1} aria-hidden />}
    </div>
  )
}

export function DeviceLine({ finding, onAgain }: { finding: Finding; onAgain: () => void }) {
  const say = useCaptureSay()
  if (finding.state === 'found') {
    const { make, model, serial, trust } = finding.device
    return (
      <div className="device">
        <p>
          <strong>
            {make} {model}
          </strong>{' '}
          <span className="figures">{say('device-serial', { serial })}</span>
        </p>
        <Chip kind={trust === 'trusted' ? 'done' : 'not-begun'}>
          {say(trust === 'trusted' ? 'device-trusted' : 'device-not-checked')}
        </Chip>
        <Button look={['text', 'row']} onPress={onAgain}>
          {say('device-look-again')}
        </Button>
      </div>
    )
  }
  if (finding.state === 'looking') return <p className="device quiet">{say('device-looking')}</p>
  return (
    <div className="device">
      <Button look={['primary', 'large']} onPress={onAgain}>
        {say('device-look-again')}
      </Button>
    </div>
  )
}
