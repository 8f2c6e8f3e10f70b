import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'

/**
 * Faces before a camera, made at test time from the sample photographs that come with the detector: a head is cut out and set before a plain
 * ground, then spoiled in one way. Nothing of it is kept.
 */

const samples = join(import.meta.dirname, '../node_modules/@vladmandic/face-api/demo')

export const cameraSize = { width: 1280, height: 960 } as const
const ground = { r: 214, g: 219, b: 222 }

/** Where a head is in its photograph, by the box of its face, and by how many degrees it must be turned to stand upright. */
type Head = {
  readonly sample: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly upright: number
}

const heads = {
  front: { sample: 6, x: 1124, y: 355, width: 262, height: 262, upright: -1 },
  another: { sample: 6, x: 1441, y: 319, width: 274, height: 276, upright: -13 },
  turned: { sample: 6, x: 613, y: 383, width: 286, height: 285, upright: 5 },
  'eyes-shut': { sample: 4, x: 946, y: 229, width: 243, height: 218, upright: -9 },
} as const satisfies Record<string, Head>
export type HeadName = keyof typeof heads

export type Scene = {
  readonly head?: HeadName | 'none'
  /** A second head, at the side. */
  readonly beside?: HeadName
  readonly rolledBy?: number
  /** By the size of the picture. */
  readonly aside?: number
  /** Of the face's usual size. */
  readonly size?: number
  readonly spoil?: (picture: Sharp) => Sharp
  readonly ground?: 'plain' | 'patterned'
  /** Light from the right: the left side is darkened. */
  readonly lit?: 'evenly' | 'from-the-right'
}

/** A head on nothing, its edges soft: an oval around the face and the hair. */
async function cutOut(name: HeadName, tall: number, rolledBy: number): Promise<Buffer> {
  const { sample, x, y, width, height, upright }: Head = heads[name]
  const [wide, high] = [Math.round(width * 1.42), Math.round(height * 1.62)]
  const [left, top] = [Math.round(x + width / 2 - wide / 2), Math.round(y + height / 2 - high * 0.54)]
  const extract = { left: Math.max(0, left), top: Math.max(0, top), width: wide, height: high }
  const scaled = { width: Math.round((tall * wide) / high), height: tall }
  const oval = `<svg width="${scaled.width}" height="${tall}"><defs><filter id="s"><feGaussianBlur stdDeviation="${tall * 0.012}"/></filter></defs><ellipse cx="50%" cy="50%" rx="${scaled.width * 0.42}" ry="${tall * 0.475}" fill="#fff" filter="url(#s)"/></svg>`
  const cut = await sharp(join(samples, `sample${sample}.jpg`))
    .extract(extract)
    .resize({ ...scaled, kernel: 'lanczos3' })
    .ensureAlpha()
    .composite([{ input: Buffer.from(oval), blend: 'dest-in' }])
    .png()
    .toBuffer()
  return sharp(cut)
    .rotate(upright + rolledBy, { background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .png()
    .toBuffer()
}

/** The shoulders, drawn. */
const shoulders = (cx: number, top: number) => {
  const { width, height } = cameraSize
  return Buffer.from(
    `<svg width="${width}" height="${height}"><path d="M${cx - 330} ${height} Q${cx - 300} ${top + 90} ${cx - 70} ${top} L${cx + 70} ${top} Q${cx + 300} ${top + 90} ${cx + 330} ${height} Z" fill="#f4f6f7" stroke="#c4cbd0"/></svg>`,
  )
}

const pattern = () => {
  const { width, height } = cameraSize
  const stripes = Array.from({ length: 40 }, (_, at) => `<rect x="${at * 34}" width="17" height="${height}" fill="#33473f"/>`).join('')
  return Buffer.from(`<svg width="${width}" height="${height}">${stripes}</svg>`)
}

const shade = () => {
  const { width, height } = cameraSize
  return Buffer.from(
    `<svg width="${width}" height="${height}"><defs><linearGradient id="g"><stop offset="0.38" stop-color="#000" stop-opacity="0.75"/><stop offset="0.62" stop-color="#000" stop-opacity="0"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/></svg>`,
  )
}

/** What the camera sees, as a JPEG of 1280 × 960. */
export async function scene({
  head = 'front',
  beside,
  rolledBy = 0,
  aside = 0,
  size = 1,
  spoil,
  ground: behind,
  lit,
}: Scene = {}): Promise<Buffer> {
  const { width, height } = cameraSize
  const cx = Math.round(width / 2 + aside * width)
  const layers: { input: Buffer; left?: number; top?: number }[] = []
  if (behind === 'patterned') layers.push({ input: pattern() })
  if (head !== 'none') {
    layers.push({ input: shoulders(cx, height * 0.8) })
    layers.push(await placed(head, cx, height * 0.46, Math.round(height * 0.74 * size), rolledBy))
  }
  if (beside) layers.push(await placed(beside, cx + 230, height * 0.55, Math.round(height * 0.42), 0))
  if (lit === 'from-the-right') layers.push({ input: shade() })
  const flat = await sharp({ create: { width, height, channels: 3, background: ground } })
    .composite(layers)
    .png()
    .toBuffer()
  return (spoil ?? (picture => picture))(sharp(flat)).jpeg({ quality: 92 }).toBuffer()
}

async function placed(head: HeadName, cx: number, cy: number, tall: number, rolledBy: number) {
  const input = await cutOut(head, tall, rolledBy)
  const { width = 0, height = 0 } = await sharp(input).metadata()
  return { input, left: Math.round(cx - width / 2), top: Math.max(0, Math.round(cy - height / 2)) }
}
