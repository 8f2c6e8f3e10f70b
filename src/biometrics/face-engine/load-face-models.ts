import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * The networks that find and describe faces: those of @vladmandic/face-api, by TensorFlow's WebAssembly. The package
 * bundles its own TensorFlow for browsers; here it shares engine and backend of the one that was made for Node, which
 * is registered first. Only the thread of the engine loads them: what it sets holds for a whole thread.
 */

const { resolve } = createRequire(import.meta.url)

type Tensor = { dispose(): void }
type FoundFace = {
  readonly detection: { readonly box: { x: number; y: number; width: number; height: number } }
  readonly landmarks: { readonly positions: readonly { readonly x: number; readonly y: number }[] }
  readonly descriptor: Float32Array
}
type Net = { loadFromWeightMap(weights: unknown): void }
type FaceApi = {
  readonly tf: {
    readonly io: { decodeWeights(bytes: ArrayBuffer, specs: readonly unknown[]): unknown }
    setBackend(name: 'wasm'): Promise<boolean>
    ready(): Promise<void>
    tensor3d(data: Int32Array, shape: readonly [number, number, number], type: 'int32'): Tensor
  }
  readonly nets: {
    readonly tinyFaceDetector: Net
    readonly ssdMobilenetv1: Net
    readonly faceLandmark68Net: Net
    readonly faceRecognitionNet: Net
  }
  readonly TinyFaceDetectorOptions: new (options: { inputSize: number; scoreThreshold: number }) => object
  readonly SsdMobilenetv1Options: new (options: { minConfidence: number }) => object
  detectAllFaces(
    picture: Tensor,
    options: object,
  ): { withFaceLandmarks(): { withFaceDescriptors(): PromiseLike<FoundFace[]> } }
}
type TensorFlow = { env(): { set(flag: 'IS_NODE', value: boolean): void } }
type Wasm = { setWasmPaths(folder: string): void; setThreadsCount(count: number): void }

/** Whether the optional packages are installed. */
export function areFaceModelsInstalled(): boolean {
  try {
    for (const name of ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm', '@vladmandic/face-api']) resolve(name)
    return true
  } catch {
    return false
  }
}

/** Each pixel as red, green and blue. */
type Pixels = { readonly data: Uint8Array; readonly width: number; readonly height: number }
export type FindFaces = (pixels: Pixels) => Promise<readonly FoundFace[]>

export async function loadFaceModels(): Promise<FindFaces> {
  const tensorflow = (await import('@tensorflow/tfjs-core')) as unknown as TensorFlow
  const wasm = (await import('@tensorflow/tfjs-backend-wasm')) as unknown as Wasm
  wasm.setWasmPaths(`${join(dirname(resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist')}/`)
  wasm.setThreadsCount(1)
  const api = await loadBundle(tensorflow)
  await api.tf.setBackend('wasm')
  await api.tf.ready()

  const folder = join(dirname(resolve('@vladmandic/face-api/package.json')), 'model')
  const load = async (net: Net, name: string) => {
    const groups = JSON.parse(await readFile(join(folder, `${name}-weights_manifest.json`), 'utf8')) as readonly {
      readonly weights: readonly unknown[]
    }[]
    const { buffer } = new Uint8Array(await readFile(join(folder, `${name}.bin`)))
    net.loadFromWeightMap(
      api.tf.io.decodeWeights(
        buffer,
        groups.flatMap(({ weights }) => weights),
      ),
    )
  }
  await load(api.nets.tinyFaceDetector, 'tiny_face_detector_model')
  await load(api.nets.ssdMobilenetv1, 'ssd_mobilenetv1_model')
  await load(api.nets.faceLandmark68Net, 'face_landmark_68_model')
  await load(api.nets.faceRecognitionNet, 'face_recognition_model')

  // The small detector is fast, the large one finds what it misses.
  const detectors = [
    new api.TinyFaceDetectorOptions({ inputSize: 416, scoreThreshold: 0.5 }),
    new api.SsdMobilenetv1Options({ minConfidence: 0.5 }),
  ]
  return async ({ data, width, height }) => {
    const picture = api.tf.tensor3d(Int32Array.from(data), [height, width, 3], 'int32')
    try {
      for (const detector of detectors) {
        const found = await api.detectAllFaces(picture, detector).withFaceLandmarks().withFaceDescriptors()
        if (found.length > 0) return found
      }
      return []
    } finally {
      picture.dispose()
    }
  }
}

/** The bundle asks for a module of Node that it has not bundled, unless it is told that this is none. */
async function loadBundle(tensorflow: TensorFlow): Promise<FaceApi> {
  const { warn } = console
  // It warns of each of 150 kernels that are registered already, which is what is wanted.
  console.warn = () => undefined
  tensorflow.env().set('IS_NODE', false)
  try {
    return (await import('@vladmandic/face-api/dist/face-api.esm.js' as string)) as FaceApi
  } finally {
    tensorflow.env().set('IS_NODE', true)
    console.warn = warn
  }
}
