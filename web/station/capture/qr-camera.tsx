import { QrCode } from 'lucide-react'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useCaptureSay } from './base/language.tsx'
import { Hint } from './base/measure-and-hint.tsx'
import { type Camera, drawMiddle, useCamera } from './portrait/camera.ts'
import { NoPicture } from './portrait/viewfinder.tsx'

export type QrCameraProps = {
  /**
   * The text of a code, once each time that another is held up; `readCardQr` of src/names/card-qr.ts reads a card's.
   */
  readonly onText: (text: string) => void
}

/** Large enough for the 18 mm code of a card at a span's distance. */
const looked = 720
const pause = 150

/**
 * Reads QR codes by a camera while it is shown. A scanner that types is read where it types: see useScanner in the
 * console's register.
 */
export function QrCamera({ onText }: QrCameraProps) {
  const say = useCaptureSay()
  const camera = useCamera({ width: 1280, height: 720, facing: 'environment', on: true })
  useCodes(camera, onText)
  const { state, video } = camera
  return (
    <section className="qr">
      <Hint kind="moving" icon={QrCode} so={say('qr-so')} todo={say('qr-todo')} />
      <div className="qr-finder">
        <video ref={video} muted playsInline aria-label={say('qr-camera')} hidden={state !== 'live'} />
        {state !== 'live' && <NoPicture camera={camera} />}
      </div>
    </section>
  )
}

function useCodes({ state, video }: Camera, onText: (text: string) => void) {
  const last = useRef<string>(undefined)
  const tell = useEffectEvent((text: string) => {
    if (text === last.current) return
    last.current = text
    onText(text)
  })
  useEffect(() => {
    if (state !== 'live') return
    const worker = new Worker(new URL('./qr-worker.ts', import.meta.url), { type: 'module' })
    const canvas = document.createElement('canvas')
    canvas.width = looked
    canvas.height = looked
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      const context = video.current && drawMiddle(video.current, canvas)
      const frame = context?.getImageData(0, 0, looked, looked)
      if (!frame) {
        timer = setTimeout(look, pause)
        return
      }
      worker.postMessage(frame, [frame.data.buffer])
    }
    worker.onmessage = ({ data }: MessageEvent<string | null>) => {
      if (data) tell(data)
      timer = setTimeout(look, pause)
    }
    look()
    return () => {
      clearTimeout(timer)
      worker.terminate()
    }
  }, [state, video])
}
