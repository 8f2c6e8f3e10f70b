import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'

/**
 * Faces before a camera, made at test time from the sample photographs that come with the detector: a head is cut out
 * and set before a plain ground, then spoiled in one way. Nothing of it is kept.
 */

const samples = join(import.meta.dirname, '../node_modules/@vladmandic/face-api/demo')

export const cameraSize = { width: 1120, height: 840 } as const
const ground = { r: 214, g: 219, b: 222 }

/**
 * Where a head is in its photograph, by the box of its face, and by how many degrees it must be turned to stand
 * upright.
 */
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
  'aside-eyes-shut': { sample: 4, x: 946, y: 229, width: 243, height: 218, upright: -9 },
} as const satisfies Record<string, Head>
export type HeadName = keyof typeof heads

export type Scene = {
  readonly head?: HeadName | 'none'
  /** A second head, at the side. */
  readonly beside?: HeadName
  readonly rolledBy?: number
  /** By the width of the picture. */
  readonly aside?: number
  readonly spoil?: (picture: Sharp) => Sharp
}

/** A head on nothing, its edges soft: an oval around the face and the hair. */
async function cutOut(name: HeadName, tall: number, rolledBy: number): Promise<Buffer> {
  const { sample, x, y, width, height, upright }: Head = heads[name]
  const [wide, high] = [Math.round(width * 1.42), Math.round(height * 1.62)]
  const [left, top] = [Math.round(x + width / 2 - wide / 2), Math.round(y + height / 2 - high * 0.54)]
  const extract = { left: Math.max(0, left), top: Math.max(0, top), width: wide, height: high }
  const scaled = { width: Math.round((tall * wide) / high), height: tall }
  const oval =
    `<svg width="${scaled.width}" height="${tall}"><defs><filter id="s"><feGaussianBlur ` +
    `stdDeviation="${tall * 0.012}"/></filter></defs><ellipse cx="50%" cy="50%" rx="${scaled.width * 0.42}" ` +
    `ry="${tall * 0.475}" fill="#fff" filter="url(#s)"/></svg>`
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
    `<svg width="${width}" height="${height}"><path d="M${cx - 290} ${height} Q${cx - 260} ${top + 80} ` +
      `${cx - 60} ${top} L${cx + 60} ${top} Q${cx + 260} ${top + 80} ${cx + 290} ${height} Z" fill="#f4f6f7" ` +
      'stroke="#c4cbd0"/></svg>',
  )
}

/** What the camera sees, as a JPEG. */
export async function scene({ head = 'front', beside, rolledBy = 0, aside = 0, spoil }: Scene = {}): Promise<Buffer> {
  const { width, height } = cameraSize
  const cx = Math.round(width / 2 + aside * width)
  const layers: { input: Buffer; left?: number; top?: number }[] = []
  if (head !== 'none') {
    layers.push({ input: shoulders(cx, height * 0.8) })
    layers.push(await placed(head, cx, height * 0.46, Math.round(height * 0.74), rolledBy))
  }
  if (beside) layers.push(await placed(beside, cx + 205, height * 0.55, Math.round(height * 0.42), 0))
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

/**
 * A picture as a film of one frame that a browser takes for its camera (YUV4MPEG2): five frames a second, not packed,
 * so that a small machine has its time for what is tested. Colours by ITU-R BT.601, half as many as there are pixels
 * each way.
 */
export async function asCamera(picture: Buffer): Promise<Buffer> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const { width, height } = info
  const luma = Buffer.alloc(width * height)
  const [blue, red] = [Buffer.alloc((width * height) / 4), Buffer.alloc((width * height) / 4)]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const [r = 0, g = 0, b = 0] = data.subarray(at * 3, at * 3 + 3)
      luma[at] = 16 + 0.257 * r + 0.504 * g + 0.098 * b
      if (x % 2 || y % 2) continue
      const half = (y / 2) * (width / 2) + x / 2
      blue[half] = 128 - 0.148 * r - 0.291 * g + 0.439 * b
      red[half] = 128 + 0.439 * r - 0.368 * g - 0.071 * b
    }
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F5:1 Ip C420\nFRAME\n`), luma, blue, red])
}
