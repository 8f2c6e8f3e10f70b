import { parentPort } from 'node:worker_threads'
import type { Face } from '../face-points.ts'
import { faceLimits } from '../law.ts'
import { measureQuality } from '../portrait-quality/portrait-quality.ts'
import type { DescribedPicture, FaceAnswer, FaceRequest } from './face-messages.ts'
import { loadFaceModels } from './load-face-models.ts'

/** The thread in which faces are found and described, one picture after another. */

const say = (answer: FaceAnswer) => parentPort?.postMessage(answer)
const { default: sharp } = await import('sharp')
const findFaces = await loadFaceModels()
say({ ready: true })

async function pixelsOf(picture: Uint8Array) {
  const { data, info } = await sharp(picture, { limitInputPixels: faceLimits.pictureSide ** 2, failOn: 'error' })
    .rotate()
    .resize(faceLimits.searchedSide, faceLimits.searchedSide, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.channels !== 3) throw new RangeError('a picture has three colours')
  return { data: new Uint8Array(data), width: info.width, height: info.height }
}

async function describe(picture: Uint8Array): Promise<DescribedPicture> {
  const pixels = await pixelsOf(picture).catch(() => undefined)
  if (!pixels)
    return { template: undefined, fault: 'unreadable', faces: [], quality: measureQuality(noPixels, []), ...noSize }
  const found = (await findFaces(pixels)).toSorted((a, b) => b.detection.box.width - a.detection.box.width)
  const faces: readonly Face[] = found.map(({ detection: { box }, landmarks }) => ({
    box: { x: box.x, y: box.y, width: box.width, height: box.height },
    points: landmarks.positions.map(({ x, y }) => ({ x, y })),
  }))
  const fault = found.length === 0 ? 'no-face' : found.length > 1 ? 'several-faces' : undefined
  return {
    template: fault ? undefined : found[0]?.descriptor,
    fault,
    faces,
    quality: measureQuality(pixels, faces),
    width: pixels.width,
    height: pixels.height,
  }
}

const noSize = { width: 0, height: 0 }
const noPixels = { data: new Uint8Array(), ...noSize }

let queue: Promise<unknown> = Promise.resolve()
parentPort?.on('message', ({ ask, picture }: FaceRequest) => {
  queue = queue.then(async () => {
    try {
      say({ ask, described: await describe(picture) })
    } catch (error) {
      say({ ask, failed: error instanceof Error ? error.message : String(error) })
    }
  })
})
