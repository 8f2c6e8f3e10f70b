/** A drawn eye that looks enough like one for a person and a header; it is no one's. */

export const irisSize = { width: 320, height: 240 } as const

/** A dark pupil, an iris of rays that differ by seed, the white around it. */
export function drawIris(seed: number): Buffer {
  const { width, height } = irisSize
  const pixels = Buffer.alloc(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - width / 2, y - height / 2]
      const [far, turn] = [Math.hypot(dx, dy), Math.atan2(dy, dx)]
      const rays = 110 + 30 * Math.sin(turn * (17 + seed)) + 15 * Math.sin(far / 3 + seed)
      pixels[y * width + x] = far < 28 ? 15 : far < 80 ? Math.round(rays) : far < 84 ? 70 : 205
    }
  return pixels
}

/** An iris image record with one eye (ISO/IEC 19794-6:2011); `label`: 1 right, 2 left, 0 left open. */
export function irisRecord(
  label: number,
  quality: number,
  image: Buffer = drawIris(label),
  { width, height, format = 2 }: { width: number; height: number; format?: number } = irisSize,
): Buffer<ArrayBuffer> {
  const eye = Buffer.alloc(57)
  eye.writeUInt32BE(eye.length + image.length, 0)
  eye.writeUInt16BE(2024, 4)
  eye.set([7, 20, 8, 30, 0], 6)
  eye.writeUInt8(1, 18) // one quality block: score, then maker and algorithm
  eye.set([quality, 0, 0, 0, 0], 19)
  eye.writeUInt16BE(1, 24)
  eye.writeUInt8(label, 26)
  eye.writeUInt8(2, 27) // an uncropped picture of the size of VGA or less
  eye.writeUInt8(format, 28)
  eye.writeUInt16BE(width, 30)
  eye.writeUInt16BE(height, 32)
  eye.writeUInt8(8, 34)
  eye.writeUInt32BE(image.length, 53)
  const head = Buffer.alloc(16)
  head.write('IIR\0' + '020\0', 0, 'latin1')
  head.writeUInt32BE(16 + eye.length + image.length, 8)
  head.writeUInt16BE(1, 12)
  head.writeUInt8(1, 15)
  return Buffer.concat([head, eye, image])
}
