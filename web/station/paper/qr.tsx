import { create } from 'qrcode'
import { useMemo } from 'react'

/** A QR code drawn as one path: sharp on paper at any size. */
export function Qr({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' })
    const cells = Array.from(modules.data, (dark, at) =>
      dark ? `M${at % modules.size} ${Math.floor(at / modules.size)}h1v1h-1z` : '',
    )
    return { size: modules.size, path: cells.join('') }
  }, [text])
  return (
    <svg className="qr" viewBox={`-4 -4 ${size + 8} ${size + 8}`} role="img" aria-label={label}>
      <rect x="-4" y="-4" width={size + 8} height={size + 8} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
