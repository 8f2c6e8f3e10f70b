import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import sharp from 'sharp'
import { compareFaces } from '../comparing/comparing.ts'
import { faceThresholds } from '../law.ts'
import { openFaceEngine } from './face-engine.ts'
import { areFaceModelsInstalled } from './load-face-models.ts'

/** Photographs that the package of the models ships with. */
const photographs = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo')
const photograph = (name: string) => readFile(join(photographs, `${name}.jpg`))
const skip = areFaceModelsInstalled() ? false : 'the optional packages of the face models are not installed'
const engine = openFaceEngine()
after(() => engine?.close())
const describe = (picture: Uint8Array) => {
  assert.ok(engine)
  return engine.describe(picture)
}
const thresholds = faceThresholds.rows[0]?.value ?? { same: 0, unsure: 0 }

/** One face of a photograph of several, with room around it. */
async function cutOut(picture: Buffer, nth: number): Promise<Buffer> {
  const { faces, width } = await describe(picture)
  const box = faces[nth]?.box
  assert.ok(box)
  const whole = await sharp(picture).metadata()
  const scale = (whole.width ?? 0) / width
  const left = Math.max(0, Math.round((box.x - box.width * 0.3) * scale))
  const top = Math.max(0, Math.round((box.y - box.height * 0.4) * scale))
  const size = Math.round(box.width * 1.6 * scale)
  return sharp(picture)
    .extract({
      left,
      top,
      width: Math.min(size, (whole.width ?? 0) - left),
      height: Math.min(Math.round(size * 1.2), (whole.height ?? 0) - top),
    })
    .jpeg()
    .toBuffer()
}

test('a face is the same after the picture was made smaller and darker, and no other face is', { skip }, async () => {
  const group = await photograph('sample1')
  const [one, other] = [await cutOut(group, 0), await cutOut(group, 1)]
  const changed = await sharp(one).resize(320).modulate({ brightness: 0.8 }).jpeg({ quality: 60 }).toBuffer()
  const [first, again, another] = await Promise.all([describe(one), describe(changed), describe(other)])
  assert.ok(first.template && again.template && another.template)
  assert.equal(compareFaces(first.template, again.template, thresholds).verdict, 'same')
  assert.equal(compareFaces(first.template, another.template, thresholds).verdict, 'different')
})

test('a picture without a face, with several and one that is none say so and have no template', { skip }, async () => {
  const wall = await sharp({ create: { width: 600, height: 800, channels: 3, background: '#9ab' } })
    .jpeg()
    .toBuffer()
  assert.deepEqual(
    await Promise.all(
      [wall, await photograph('sample1'), Buffer.from('not a picture')].map(async picture => {
        const { fault, template } = await describe(picture)
        return [fault, template]
      }),
    ),
    [
      ['no-face', undefined],
      ['several-faces', undefined],
      ['unreadable', undefined],
    ],
  )
})

test('light, sizes and pose are measured under the names of the standard, and the rest is not done', {
  skip,
}, async () => {
  const one = await cutOut(await photograph('sample1'), 0)
  const dark = await sharp(one).linear(0.35, 0).jpeg().toBuffer()
  const [measured, ofDark] = await Promise.all([describe(one), describe(dark)])
  const quality = (of: typeof measured, name: string) => of.quality.find(measure => measure.name === name)?.quality
  assert.ok((quality(measured, 'LuminanceMean') ?? 0) > 10)
  assert.ok((quality(ofDark, 'LuminanceMean') ?? 100) < 5)
  assert.ok((quality(measured, 'EyesOpen') ?? 0) > 50)
  assert.ok((quality(measured, 'HeadPoseRoll') ?? 100) < 90)
  assert.equal(quality(measured, 'UnifiedQualityScore'), undefined)
  assert.equal(quality(measured, 'SingleFacePresent'), 100)
})
