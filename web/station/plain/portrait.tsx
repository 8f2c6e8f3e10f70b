import { Camera, ImageUp } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { largestPart } from '../../../src/enrolment/capture.ts'
import type { PortraitTaken, Taking } from '../capture-seam.ts'
import { useKeys } from '../keys.ts'
import { useSay } from '../language.tsx'
import { Button } from '../parts/button.tsx'
import { Deeds } from '../parts/deeds.tsx'
import { FieldError } from '../parts/field.tsx'

/** A still of the camera, or a picture file, without any measure: what was not measured says so. */

const unmeasured: PortraitTaken['measures'] = ['face', 'eyes', 'light', 'sharpness', 'pose', 'background'].map(name => ({
  name,
  verdict: 'not-done',
}))

type Sight = { readonly state: 'starting' | 'none' } | { readonly state: 'there'; readonly stream: MediaStream }

function useCamera(wanted: boolean): Sight {
  const [sight, setSight] = useState<Sight>({ state: 'starting' })
  useEffect(() => {
    if (!wanted) return
    let stream: MediaStream | undefined
    let left = false
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    const start = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 }, height: { ideal: 960 } } })
      if (left) stop()
      else setSight({ state: 'there', stream })
    }
    start().catch(() => setSight({ state: 'none' }))
    return () => {
      left = true
      stop()
      setSight({ state: 'starting' })
    }
  }, [wanted])
  return sight
}

const stillOf = (video: HTMLVideoElement) =>
  new Promise<Blob | null>(resolve => {
    const canvas = document.createElement('canvas')
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    canvas.getContext('2d')?.drawImage(video, 0, 0)
    canvas.toBlob(resolve, 'image/jpeg', 0.92)
  })

/** An address of a picture in memory, given up when it is not shown any more. */
function useAddress(blob: Blob | undefined): string | undefined {
  const address = useMemo(() => blob && URL.createObjectURL(blob), [blob])
  useEffect(() => () => (address ? URL.revokeObjectURL(address) : undefined), [address])
  return address
}

export function PlainPortrait({ taken, onTaken, onNext }: Taking<PortraitTaken>) {
  const say = useSay()
  const video = useRef<HTMLVideoElement>(null)
  const file = useRef<HTMLInputElement>(null)
  const [tooLarge, setTooLarge] = useState(false)
  const sight = useCamera(!taken)
  const address = useAddress(taken?.jpeg)
  const stream = sight.state === 'there' ? sight.stream : undefined
  useEffect(() => {
    if (video.current && stream) video.current.srcObject = stream
  }, [stream])

  const take = (jpeg: Blob | null, device?: string) => {
    if (!jpeg) return
    if (jpeg.size > largestPart) return setTooLarge(true)
    setTooLarge(false)
    onTaken({ jpeg, measures: unmeasured, ...(device && { device }) })
  }
  const shoot = async () => {
    const label = stream?.getVideoTracks()[0]?.label.slice(0, 120)
    if (video.current?.videoWidth) take(await stillOf(video.current), label)
  }
  useKeys({ ' ': taken ? undefined : () => void shoot(), Enter: taken ? onNext : undefined })

  return (
    <div className="plain-portrait">
      <div className="sight">
        {address ? (
          <img src={address} alt={say('portrait-taken')} />
        ) : stream ? (
          <video ref={video} autoPlay playsInline muted aria-label={say('portrait-view')} />
        ) : (
          <p className="quiet">{say(sight.state === 'none' ? 'portrait-none' : 'portrait-starting')}</p>
        )}
      </div>
      <div className="beside">
        <h2 className="instruction">{say('portrait-say')}</h2>
        <p className="quiet">{say('not-measured')}</p>
        {tooLarge && <FieldError>{say('portrait-too-large')}</FieldError>}
        <Deeds>
          {taken ? (
            <>
              <Button look="primary" cap="Enter" onPress={onNext}>
                {say('next')}
              </Button>
              <Button onPress={() => onTaken(undefined)}>{say('portrait-again')}</Button>
            </>
          ) : (
            <>
              {stream && (
                <Button look="primary" cap="Space" icon={Camera} onPress={() => void shoot()}>
                  {say('portrait-camera')}
                </Button>
              )}
              <Button icon={ImageUp} onPress={() => file.current?.click()}>
                {say('portrait-file')}
              </Button>
            </>
          )}
          <input
            ref={file}
            type="file"
            hidden
            accept="image/jpeg"
            aria-label={say('portrait-file')}
            onChange={event => take(event.target.files?.[0] ?? null)}
          />
        </Deeds>
      </div>
    </div>
  )
}
