/**
 * A face as numbers: templates of one algorithm are compared by the distance between them. They are personal data of
 * the special kind: they lie sealed, and never leave the installation but to an engine that it names.
 */

/** What made a template. Templates of different algorithms are never compared. */
export const faceAlgorithm = 'dlib-resnet-29/face-api-1.7.15'

/** Numbers of one template. */
export const templateLength = 128

export type FaceTemplate = Float32Array

/** 512 bytes, each number as IEEE 754 binary32, little-endian. Throws a RangeError for another length. */
export function templateBytes(template: FaceTemplate): Uint8Array<ArrayBuffer> {
  requireLength(template)
  const bytes = new Uint8Array(templateLength * 4)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < templateLength; at++) view.setFloat32(at * 4, template[at] ?? 0, true)
  return bytes
}

/** Throws a RangeError for bytes that are no template, or have a number in them that is none. */
export function readTemplate(bytes: Uint8Array): FaceTemplate {
  if (bytes.length !== templateLength * 4) throw new RangeError(`a template has ${templateLength * 4} bytes`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const template = new Float32Array(templateLength)
  for (let at = 0; at < templateLength; at++) template[at] = view.getFloat32(at * 4, true)
  requireLength(template)
  return template
}

/** Throws a RangeError for another length, or for a number that is not finite: it would be near to nobody. */
export function requireLength(template: FaceTemplate): void {
  if (template.length !== templateLength || !template.every(Number.isFinite))
    throw new RangeError(`a template is ${templateLength} finite numbers`)
}
