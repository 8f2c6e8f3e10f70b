import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

/** Why there is no picture, in the words of ../base/words.ts. */
export type CameraFault = 'camera-denied' | 'camera-none' | 'camera-used'
export type CameraState = 'opening' | 'live' | CameraFault

export type Camera = {
  readonly state: CameraState
  readonly video: RefObject<HTMLVideoElement | null>
  /** All cameras of the machine; their names are told only after the browser has allowed one. */
  readonly cameras: readonly MediaDeviceInfo[]
  readonly chosen: string | undefined
  choose(deviceId: string): void
  again(): void
}

/** Errors of getUserMedia (W3C Media Capture and Streams, 10.2), by what a person can do about them. */
const faults: Readonly<Record<string, CameraFault>> = {
  NotAllowedError: 'camera-denied',
  SecurityError: 'camera-denied',
  NotFoundError: 'camera-none',
  OverconstrainedError: 'camera-none',
  NotReadableError: 'camera-used',
  AbortError: 'camera-used',
}

export type CameraWish = {
  readonly width: number
  readonly height: number
  readonly facing: 'user' | 'environment'
  readonly on: boolean
}

const remembered = 'camera'

/**
 * Opens a camera while the part that uses it is shown, and lets go of it after. The camera that was chosen last is
 * opened again.
 */
export function useCamera({ width, height, facing, on }: CameraWish): Camera {
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<CameraState>('opening')
  const [cameras, setCameras] = useState<readonly MediaDeviceInfo[]>([])
  const [chosen, setChosen] = useState<string | undefined>(
    () => localStorage.getItem(`${remembered}-${facing}`) ?? undefined,
  )
  const [tries, setTries] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: each try opens the camera anew
  useEffect(() => {
    if (!on) return
    let stream: MediaStream | undefined
    let over = false
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    const open = async () => {
      setState('opening')
      if (!navigator.mediaDevices) return setState('camera-none')
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          audio: false,
          video: {
            width: { ideal: width },
            height: { ideal: height },
            ...(chosen ? { deviceId: { ideal: chosen } } : { facingMode: facing }),
          },
        })
        if (over) return stop()
        const [track] = stream.getVideoTracks()
        // A camera that is pulled out ends its track.
        track?.addEventListener('ended', () => setState('camera-none'))
        setCameras((await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput'))
        const element = video.current
        if (over || !element) return stop()
        element.srcObject = stream
        await element.play()
        if (!over) setState('live')
      } catch (error) {
        stop()
        if (!over) setState(faults[error instanceof DOMException ? error.name : ''] ?? 'camera-used')
      }
    }
    void open()
    return () => {
      over = true
      stop()
    }
  }, [on, chosen, tries, width, height, facing])

  const choose = useCallback(
    (deviceId: string) => {
      localStorage.setItem(`${remembered}-${facing}`, deviceId)
      setChosen(deviceId)
    },
    [facing],
  )
  const again = useCallback(() => setTries(count => count + 1), [])
  return { state, video, cameras, chosen, choose, again }
}

/** The largest part of a picture that has this proportion, in its middle. */
export function middlePart(
  { width, height }: { readonly width: number; readonly height: number },
  wide: number,
  high: number,
) {
  const scale = Math.min(width / wide, height / high)
  const part = { width: wide * scale, height: high * scale }
  return { x: (width - part.width) / 2, y: (height - part.height) / 2, ...part }
}

/** Draws the middle of what the camera shows now. The context is kept in memory that can be read back quickly. */
export function drawMiddle(video: HTMLVideoElement, canvas: HTMLCanvasElement): CanvasRenderingContext2D | undefined {
  const { videoWidth, videoHeight } = video
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context || !videoWidth) return undefined
  const { x, y, width, height } = middlePart({ width: videoWidth, height: videoHeight }, canvas.width, canvas.height)
  context.drawImage(video, x, y, width, height, 0, 0, canvas.width, canvas.height)
  return context
}
