import { card, framePath, type Shape, type Side } from './shape.ts'

function tagOf(shape: Shape): string {
  if (shape.kind === 'image') {
    const { x, y, width, height } = shape.box
    const fit = shape.fit === 'cover' ? 'xMidYMid slice' : 'xMidYMid meet'
    const data = `data:image/${shape.format};base64,${shape.bytes.toString('base64')}`
    return `<image x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="${fit}" href="${data}"/>`
  }
  const { d, fill = 'none', stroke, opacity, at } = shape
  const lines = stroke ? ` stroke="${stroke.ink}" stroke-width="${stroke.width}"` : ''
  const moved = at ? ` transform="translate(${at.x} ${at.y}) scale(${at.unit})"` : ''
  return `<path d="${d}"${moved} fill="${fill}"${lines}${opacity === undefined ? '' : ` fill-opacity="${opacity}"`}/>`
}

type Extent = { readonly width: number | string; readonly height: number | string }
const trueSize: Extent = { width: `${card.width}mm`, height: `${card.height}mm` }

/** A side as SVG, at its true size or at so many pixels. The corners are round, and clear beyond. */
export const sideSvg = ({ shapes }: Side, { width, height }: Extent = trueSize): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
  `viewBox="0 0 ${card.width} ${card.height}" preserveAspectRatio="none">` +
  `<path d="${framePath({ x: 0, y: 0, width: card.width, height: card.height }, card.corner)}" fill="#ffffff"/>` +
  `${shapes.map(tagOf).join('')}</svg>`

/** A side as PNG: 300 dots an inch are 1011 × 638 pixels, 600 are 2022 × 1275. */
export async function sidePng(side: Side, { dpi = 300 }: { readonly dpi?: 300 | 600 } = {}): Promise<Buffer> {
  const [width, height] = [Math.round((card.width * dpi) / 25.4), Math.round((card.height * dpi) / 25.4)]
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(sideSvg(side, { width, height })))
    .withMetadata({ density: dpi })
    .png()
    .toBuffer()
}
