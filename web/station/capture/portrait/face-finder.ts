import pointsWeights from '@vladmandic/face-api/model/face_landmark_68_tiny_model.bin?url'
import pointsManifest from '@vladmandic/face-api/model/face_landmark_68_tiny_model-weights_manifest.json?url'
import detectorWeights from '@vladmandic/face-api/model/tiny_face_detector_model.bin?url'
import detectorManifest from '@vladmandic/face-api/model/tiny_face_detector_model-weights_manifest.json?url'
import type { Face } from './face-points.ts'

/**
 * Finds faces and 68 points in each, on the machine itself: the tiny detector and the tiny points of
 * @vladmandic/face-api. The models lie beside the page and are kept with it, so they work without a line. Loaded when a
 * camera is first opened.
 */
export type FaceFinder = {
  /**
   * `webgl` where the machine has a graphics card that a page may use, else `cpu`. Neither needs code to be made at run
   * time.
   */
  readonly backend: 'webgl' | 'cpu'
  find(picture: ImageData): Promise<readonly Face[]>
}

/** The side of what the detector looks at, a multiple of 32: smaller is faster and sees small faces less. */
const inputSizes = { webgl: 224, cpu: 160 } as const
const leastScore = 0.5

let loading: Promise<FaceFinder> | undefined

/** Loads once; a failed load is tried again when it is next asked for. */
export function loadFaceFinder(): Promise<FaceFinder> {
  loading ??= load().catch(error => {
    loading = undefined
    throw error
  })
  return loading
}

async function got(address: string): Promise<Response> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`)
  return answer
}

/** What browsers and drivers call a processor that plays a graphics card. */
const drawnByProcessor = /swiftshader|llvmpipe|softpipe|basic render|software/i

/**
 * False also where the processor plays the card: it takes ten times as long to compile the programs as the `cpu`
 * backend takes to be ready, and twice as long for each picture.
 */
function hasGraphicsCard(): boolean {
  const drawing = document.createElement('canvas').getContext('webgl2')
  if (!drawing) return false
  const driver = drawing.getExtension('WEBGL_debug_renderer_info')
  const renderer = drawing.getParameter(driver ? driver.UNMASKED_RENDERER_WEBGL : drawing.RENDERER)
  drawing.getExtension('WEBGL_lose_context')?.loseContext()
  return !drawnByProcessor.test(String(renderer))
}

async function load(): Promise<FaceFinder> {
  const faces = await import('@vladmandic/face-api')
  const tf = faces.tf as unknown as Backends
  const backend = hasGraphicsCard() && (await tf.setBackend('webgl').catch(() => false)) ? 'webgl' : 'cpu'
  if (backend === 'cpu') await tf.setBackend('cpu')
  await tf.ready()

  const weights = async (manifest: string, file: string) => {
    const [groups, bytes] = await Promise.all([
      got(manifest).then(answer => answer.json()),
      got(file).then(answer => answer.arrayBuffer()),
    ])
    return tf.io.decodeWeights(
      bytes,
      (groups as readonly { weights: readonly unknown[] }[]).flatMap(({ weights }) => weights),
    )
  }
  const [detector, points] = await Promise.all([
    weights(detectorManifest, detectorWeights),
    weights(pointsManifest, pointsWeights),
  ])
  faces.nets.tinyFaceDetector.loadFromWeightMap(detector)
  faces.nets.faceLandmark68TinyNet.loadFromWeightMap(points)

  const options = new faces.TinyFaceDetectorOptions({ inputSize: inputSizes[backend], scoreThreshold: leastScore })
  const find = async (picture: ImageData): Promise<readonly Face[]> => {
    const pixels = tf.browser.fromPixels(picture)
    const found = await faces
      .detectAllFaces(pixels, options)
      .withFaceLandmarks(true)
      .run()
      .finally(() => pixels.dispose())
    return found
      .map(({ detection: { box }, landmarks }) => ({
        box: { x: box.x, y: box.y, width: box.width, height: box.height },
        points: landmarks.positions.map(({ x, y }) => ({ x, y })),
      }))
      .sort((a, b) => b.box.width - a.box.width)
  }
  // The first picture makes the graphics card compile its programs: a second or two, spent here and not before a
  // person.
  const blank = new ImageData(48, 64)
  await find(blank)
  const pixels = tf.browser.fromPixels(blank)
  await faces.detectFaceLandmarksTiny(pixels)
  pixels.dispose()
  return { backend, find }
}

type Weights = Parameters<typeof import('@vladmandic/face-api')['nets']['tinyFaceDetector']['loadFromWeightMap']>[0]

type Pixels = Extract<
  Parameters<typeof import('@vladmandic/face-api')['detectFaceLandmarksTiny']>[0],
  { dispose(): void }
>

/** What is used of the tensor library; its own types do not tell of backends. */
type Backends = {
  setBackend(name: 'webgl' | 'cpu'): Promise<boolean>
  ready(): Promise<void>
  readonly browser: { fromPixels(picture: ImageData): Pixels }
  readonly io: { decodeWeights(bytes: ArrayBuffer, specs: readonly unknown[]): Weights }
}
