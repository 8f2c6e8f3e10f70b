import { isId } from '../../platform/ids.ts'
import { type FaceEngine, FaceEngineFailed } from '../face-engine/face-engine.ts'
import type { FaceGallery } from '../gallery/gallery.ts'
import type { AbisEngine } from './engine.ts'
import { modalitiesOf, requirePictures } from './pictures.ts'

/**
 * The engine that an installation has without buying one: faces alone, in the gallery of this process. What it took in
 * is lost with the process; who keeps the templates inserts them into the gallery again by their references.
 */
export type OwnEngineParts = {
  readonly gallery: FaceGallery
  /** Undefined where the optional packages are not installed. */
  readonly faces: FaceEngine | undefined
  /** The score from which on it finds, where a search names none (`faceThresholds.duplicate`). */
  readonly threshold: number
}

const requireReference = (reference: string) => {
  if (!isId(reference)) throw new RangeError('a reference is a UUID')
}

export function openOwnEngine({ gallery, faces, threshold: usual }: OwnEngineParts): AbisEngine {
  return {
    async insert(reference, pictures) {
      requireReference(reference)
      requirePictures(pictures)
      const notDone = modalitiesOf(pictures).filter(modality => modality !== 'face')
      const face = pictures.find(({ modality }) => modality === 'face')
      if (!face) return { kind: 'not-done', why: 'no-picture-it-knows' }
      if (!faces) return { kind: 'not-done', why: 'packages-missing' }
      if (gallery.has(reference)) return { kind: 'refused', why: 'reference-exists' }
      try {
        const { template, fault } = await faces.describe(face.bytes)
        if (!template) return { kind: 'refused', why: fault ?? 'no-face' }
        if (gallery.has(reference)) return { kind: 'refused', why: 'reference-exists' }
        gallery.insert(reference, template)
        return { kind: 'done', taken: ['face'], notDone }
      } catch (error) {
        if (!(error instanceof FaceEngineFailed)) throw error
        return { kind: 'unanswered', code: 'face-engine-failed' }
      }
    },
    async identify(reference, { threshold = usual, most, among }) {
      requireReference(reference)
      const template = gallery.templateOf(reference)
      if (!template) return { kind: 'refused', why: 'reference-unknown' }
      const { candidates, count } = gallery.identify(template, {
        threshold,
        most,
        except: new Set([reference]),
        ...(among && { among }),
      })
      return { kind: 'done', count, candidates: candidates.map(({ id, score }) => ({ reference: id, score })) }
    },
    async remove(reference) {
      requireReference(reference)
      return { kind: 'done', was: gallery.remove(reference) }
    },
    check: async () => (faces ? 'yes' : 'packages-missing'),
    close: async () => faces?.close(),
  }
}

/** Where an operator set no engine: nothing is searched, and whoever asks is told so. */
export const noEngine: AbisEngine = {
  insert: async () => ({ kind: 'not-done', why: 'no-engine' }),
  identify: async () => ({ kind: 'not-done', why: 'no-engine' }),
  remove: async () => ({ kind: 'not-done', why: 'no-engine' }),
  check: async () => 'no-engine',
  close: async () => undefined,
}
