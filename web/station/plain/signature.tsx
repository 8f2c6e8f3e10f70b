import { type PointerEvent, useEffect, useRef, useState } from 'react'
import type { SignatureTaken, Taking } from '../capture-seam.ts'
import { useSay } from '../language.tsx'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'

const size = { width: 560, height: 130 } as const

async function draw(canvas: HTMLCanvasElement, png: Blob | undefined) {
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  if (png) pen.drawImage(await createImageBitmap(png), 0, 0)
}

/** Lines drawn by pen, finger or mouse; or why there is no signature. */
export function PlainSignature({ taken, onTaken }: Taking<SignatureTaken>) {
  const say = useSay()
  const canvas = useRef<HTMLCanvasElement>(null)
  const last = useRef<{ x: number; y: number }>(undefined)
  const first = useRef(taken)
  const [unable, setUnable] = useState(taken?.unable !== undefined)
  useEffect(() => {
    if (!unable && canvas.current) void draw(canvas.current, first.current?.png)
  }, [unable])

  const at = ({ nativeEvent: { offsetX, offsetY }, currentTarget }: PointerEvent<HTMLCanvasElement>) => ({
    x: (offsetX * currentTarget.width) / currentTarget.clientWidth,
    y: (offsetY * currentTarget.height) / currentTarget.clientHeight,
  })
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    last.current = at(event)
  }
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = event.currentTarget.getContext('2d')
    if (!last.current || !pen) return
    const next = at(event)
    pen.strokeStyle = '#16211f'
    pen.lineWidth = 2.5
    pen.lineCap = 'round'
    pen.beginPath()
    pen.moveTo(last.current.x, last.current.y)
    pen.lineTo(next.x, next.y)
    pen.stroke()
    last.current = next
  }
  const end = () => {
    if (!last.current) return
    last.current = undefined
    canvas.current?.toBlob(png => png && onTaken({ png }), 'image/png')
  }
  const clear = () => {
    first.current = undefined
    onTaken(undefined)
    if (canvas.current) void draw(canvas.current, undefined)
  }

  if (unable)
    return (
      <div className="plain-signature">
        <Field
          label={say('signature-unable-why')}
          value={taken?.unable ?? ''}
          onChange={why => onTaken(why.trim() ? { unable: why } : undefined)}
        />
        <Button
          look="text"
          onPress={() => {
            first.current = undefined
            onTaken(undefined)
            setUnable(false)
          }}
        >
          {say('signature')}
        </Button>
      </div>
    )
  return (
    <div className="plain-signature">
      <canvas
        ref={canvas}
        {...size}
        role="img"
        aria-label={say('signature-here')}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      />
      <p className="small" aria-live="polite">
        {say(taken?.png ? 'signature-taken' : 'signature-here')}
      </p>
      <div className="buttons">
        <Button onPress={clear}>{say('signature-clear')}</Button>
        <Button
          onPress={() => {
            onTaken(undefined)
            setUnable(true)
          }}
        >
          {say('signature-unable')}
        </Button>
      </div>
    </div>
  )
}
