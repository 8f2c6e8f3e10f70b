import sharp from 'sharp'

/** Drawn ridges that look enough like a finger for a person and a header; they are no one's. */

export const ridgeSize = { width: 160, height: 200 } as const

/**
 * The same seed draws the same finger: concentric ridges around a core, bent by two slow waves, fading to white at the
 * edge.
 */
export function drawRidges(seed: number): Buffer {
  const { width, height } = ridgeSize
  const pixels = Buffer.alloc(width * height)
  const turn = (seed * 0.61803) % 1
  const core = { x: width * (0.42 + 0.16 * turn), y: height * (0.4 + 0.1 * ((seed * 0.7548) % 1)) }
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - core.x, y - core.y]
      const bend = 6 * Math.sin(dx / 23 + turn * 6) + 5 * Math.cos(dy / 31 + seed)
      const ridge = Math.sin((Math.hypot(dx, dy * 0.8) + bend) * (0.62 + 0.1 * turn))
      const edge = Math.hypot((x - width / 2) / (width * 0.46), (y - height / 2) / (height * 0.48))
      const ink = edge > 1 ? 0 : Math.min(1, (1 - edge) * 6)
      pixels[y * width + x] = Math.round(255 - ink * (ridge > 0 ? 190 : 30))
    }
  return pixels
}

/** A finger image record with one uncompressed view of 500 pixels an inch (ISO/IEC 19794-4:2011, tables 3 and 4). */
export function fingerRecord(position: number, quality: number, pixels: Buffer): Buffer {
  const { width, height } = ridgeSize
  const view = Buffer.alloc(46)
  view.writeUInt32BE(46 + pixels.length, 0)
  view.writeUInt16BE(2023, 4)
  view.set([4, 20, 8, 30, 0], 6)
  view.writeUInt8(1, 18) // one quality block: score, then maker and algorithm
  view.set([quality, 0, 0, 0, 0], 19)
  view.writeUInt8(position, 24)
  view.writeUInt8(1, 25)
  view.writeUInt8(1, 26) // pixels an inch
  for (const at of [27, 29, 31, 33]) view.writeUInt16BE(500, at)
  view.writeUInt8(8, 35)
  view.writeUInt8(0, 36) // not compressed
  view.writeUInt8(0, 37) // live scan, plain
  view.writeUInt16BE(width, 38)
  view.writeUInt16BE(height, 40)
  view.writeUInt32BE(pixels.length, 42)
  const head = Buffer.alloc(16)
  head.write('FIR\0' + '020\0', 0, 'latin1')
  head.writeUInt32BE(16 + view.length + pixels.length, 8)
  head.writeUInt16BE(1, 12)
  head.writeUInt8(0, 14)
  head.writeUInt8(1, 15)
  return Buffer.concat([head, view, pixels])
}

/** Fingers side by side, as the live picture of a slap shows them. */
export async function liveFrame(seeds: readonly number[]): Promise<Buffer> {
  const { width, height } = ridgeSize
  const fingers = seeds.map((seed, at) => ({
    input: drawRidges(seed),
    raw: { width, height, channels: 1 as const },
    left: at * width,
    top: 0,
  }))
  const ground = {
    create: { width: width * Math.max(1, seeds.length), height, channels: 3 as const, background: '#fff' },
  }
  return sharp(ground).composite(fingers).jpeg({ quality: 70 }).toBuffer()
}
