import { create } from 'qrcode'
import { useMemo } from 'react'
import { useSay } from '../base/language.tsx'

/** The four light cells that a reader needs around the code (ISO/IEC 18004, 9.1). */
const quiet = 4

/** A text as a QR code, drawn to the size of its place. */
export function Qr({ text }: { text: string }) {
  const say = useSay()
  const { path, size } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: 'Q' })
    const dark = Array.from(modules.data.keys()).filter(at => modules.data[at])
    return {
      path: dark.map(at => `M${(at % modules.size) + quiet} ${Math.floor(at / modules.size) + quiet}h1v1h-1z`).join(''),
      size: modules.size + 2 * quiet,
    }
  }, [text])
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={say('qr-of', { what: text })}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
