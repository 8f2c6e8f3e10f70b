import { Check, PenLine, TriangleAlert } from 'lucide-react'
import { type PointerEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { useCaptureSay } from './base/language.tsx'
import { Hint } from './base/measure-and-hint.tsx'
import { unableReasons } from './base/offered-reasons.ts'
import { type Reason, ReasonForm, reasonText } from './base/reason-form.tsx'
import { usePicture } from './base/use-picture.ts'
import { drawStroke, isEnough, padSize, type Stroke } from './signature-ink.ts'

export type Signature =
  /** A PNG on nothing, at most 40 kB. */
  | {
      readonly kind: 'signed'
      readonly png: Blob
      readonly width: number
      readonly height: number
      readonly signedAt: string
    }
  | { readonly kind: 'unable'; readonly reason: Reason; readonly signedAt: string }

export type SignaturePadProps = {
  readonly value: Signature | undefined
  readonly onChange: (signature: Signature | undefined) => void
  readonly beside?: ReactNode
}

const mostBytes = 40_000
/** The first size that is small enough is kept. */
const scales = [1, 0.75, 0.5, 0.35] as const

async function pngOf(strokes: readonly Stroke[]) {
  for (const scale of scales) {
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(padSize.width * scale)
    canvas.height = Math.round(padSize.height * scale)
    const context = canvas.getContext('2d')
    if (!context) break
    context.scale(scale, scale)
    for (const stroke of strokes) drawStroke(context, stroke)
    const png = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/png'))
    if (png && png.size <= mostBytes) return { png, width: canvas.width, height: canvas.height }
  }
  throw new Error('a signature that is too large')
}

/**
 * The signature step: pen, finger or mouse; who cannot sign is recorded with the reason. Mounted inside of
 * <CaptureSpeaks>.
 */
export function SignaturePad({ value, onChange, beside }: SignaturePadProps) {
  const say = useCaptureSay()
  const [strokes, setStrokes] = useState<readonly Stroke[]>([])
  const [asking, setAsking] = useState(false)
  const [little, setLittle] = useState(false)

  const keep = async () => {
    if (!isEnough(strokes)) return setLittle(true)
    onChange({ kind: 'signed', ...(await pngOf(strokes)), signedAt: new Date().toISOString() })
  }
  const clear = () => {
    setStrokes([])
    setLittle(false)
    onChange(undefined)
  }
  return (
    <section className="signature">
      {asking ? (
        <ReasonForm
          title={say('signature-unable')}
          choices={unableReasons}
          deed={say('signature-unable-record')}
          onReason={reason => {
            setAsking(false)
            onChange({ kind: 'unable', reason, signedAt: new Date().toISOString() })
          }}
          onLeave={() => setAsking(false)}
        />
      ) : (
        <SignatureHint value={value} little={little && !isEnough(strokes)} />
      )}
      {value?.kind === 'signed' ? (
        <Kept png={value.png} />
      ) : value ? null : (
        <Pad strokes={strokes} onStrokes={setStrokes} />
      )}
      <footer className="capture-foot">
        <Button look={['primary', 'large']} onPress={() => void keep()} disabled={!!value || asking || !strokes.length}>
          {say('signature-keep')}
        </Button>
        <Button look="large" onPress={clear} disabled={!value && !strokes.length}>
          {say('signature-clear')}
        </Button>
        <Button look="large" onPress={() => setAsking(true)} disabled={!!value || asking}>
          {say('signature-unable')}
        </Button>
        <div className="capture-beside">{beside}</div>
      </footer>
    </section>
  )
}

function SignatureHint({ value, little }: { value: Signature | undefined; little: boolean }) {
  const say = useCaptureSay()
  if (value?.kind === 'signed') return <Hint kind="done" icon={Check} so={say('signature-kept')} />
  if (value)
    return (
      <Hint
        kind="waiting"
        icon={TriangleAlert}
        so={say('signature-unable-kept', { reason: reasonText(say, value.reason, unableReasons) })}
      />
    )
  if (little) return <Hint kind="waiting" icon={TriangleAlert} so={say('signature-little')} />
  return <Hint kind="moving" icon={PenLine} so={say('signature-so')} todo={say('signature-todo')} />
}

function Kept({ png }: { png: Blob }) {
  const say = useCaptureSay()
  const address = usePicture(png)
  return <div className="pad kept">{address && <img src={address} alt={say('signature-kept')} />}</div>
}

function useInk(canvas: RefObject<HTMLCanvasElement | null>, strokes: readonly Stroke[], current: Stroke) {
  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    context.clearRect(0, 0, element.width, element.height)
    for (const stroke of [...strokes, current]) drawStroke(context, stroke)
  }, [canvas, strokes, current])
}

function Pad({ strokes, onStrokes }: { strokes: readonly Stroke[]; onStrokes: (strokes: readonly Stroke[]) => void }) {
  const say = useCaptureSay()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [current, setCurrent] = useState<Stroke>([])
  useInk(canvas, strokes, current)

  const pointsOf = (event: PointerEvent<HTMLCanvasElement>): Stroke => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
    const all = event.nativeEvent.getCoalescedEvents?.() ?? []
    return (all.length ? all : [event.nativeEvent]).map(({ clientX, clientY, pressure }) => ({
      x: ((clientX - left) / width) * padSize.width,
      y: ((clientY - top) / height) * padSize.height,
      pressure: pressure || 0.5,
    }))
  }
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    // A second finger or the palm beside the pen writes nothing.
    if (!event.isPrimary || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setCurrent(pointsOf(event))
  }
  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.isPrimary && current.length) setCurrent([...current, ...pointsOf(event)])
  }
  const end = () => {
    if (current.length) onStrokes([...strokes, current])
    setCurrent([])
  }
  return (
    <div className="pad">
      <canvas
        ref={canvas}
        width={padSize.width}
        height={padSize.height}
        role="img"
        aria-label={say('signature-pad')}
        onPointerDown={begin}
        onPointerMove={go}
        onPointerUp={end}
        onPointerCancel={end}
      />
      {!strokes.length && !current.length && (
        <span className="pad-here" aria-hidden>
          {say('signature-here')}
        </span>
      )}
    </div>
  )
}
