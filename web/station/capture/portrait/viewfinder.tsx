import { Button } from '../../../parts/button.tsx'
import { useCaptureSay } from '../base/language.tsx'
import { usePicture } from '../base/use-picture.ts'
import type { Camera } from './camera.ts'
import type { Portrait } from './portrait-picture.ts'

/** The picture of the camera at 3:4 with the guide over it, or the picture that was taken, or why there is none. */
export function Viewfinder({ camera, value }: { camera: Camera; value: Portrait | undefined }) {
  const say = useCaptureSay()
  const address = usePicture(value?.jpeg)
  const { state } = camera
  return (
    <div className="viewfinder">
      {address ? (
        <img src={address} alt={say('portrait-taken')} />
      ) : (
        <>
          <video ref={camera.video} muted playsInline aria-label={say('camera-live')} hidden={state !== 'live'} />
          {state === 'live' ? <Guide /> : <NoPicture camera={camera} />}
        </>
      )}
      <svg className="corners" viewBox="0 0 300 400" aria-hidden="true">
        <path d="M12 36V12H36M264 12H288V36M288 364V388H264M36 388H12V364" />
      </svg>
    </div>
  )
}

/** Where the head should be: 0.65 of the height, the eyes a little above the middle (portrait-limits.ts). */
const Guide = () => (
  <svg className="guide" viewBox="0 0 300 400" aria-hidden="true">
    <ellipse cx="150" cy="190" rx="92" ry="124" />
    <path d="M40 182H62M238 182H260" />
  </svg>
)

/** Why there is no picture, and how to get one. */
export function NoPicture({ camera: { state, again } }: { camera: Camera }) {
  const say = useCaptureSay()
  const key = state === 'opening' || state === 'live' ? 'camera-opening' : state
  return (
    <div className="no-picture" role="status">
      <p className="hint-so">{say(key)}</p>
      <p>{say(`${key}-todo`)}</p>
      {state !== 'opening' && <Button onPress={again}>{say('camera-again')}</Button>}
    </div>
  )
}

/** Which camera, where there are several, and a word where it is too coarse. */
export function CameraChoice({ camera: { cameras, chosen, choose, video } }: { camera: Camera }) {
  const say = useCaptureSay()
  const lines = video.current?.videoHeight ?? 0
  return (
    <div className="camera-choice">
      {cameras.length > 1 && (
        <label>
          {say('camera-which')}
          <select
            className="input"
            value={chosen ?? cameras[0]?.deviceId}
            onChange={event => choose(event.target.value)}
          >
            {cameras.map(({ deviceId, label }, at) => (
              <option key={deviceId} value={deviceId}>
                {label || at + 1}
              </option>
            ))}
          </select>
        </label>
      )}
      {lines > 0 && lines < 800 && <p className="small">{say('camera-coarse', { height: lines })}</p>}
    </div>
  )
}
