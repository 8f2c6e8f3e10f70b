import { openAbisEngine } from '../../biometrics/abis/abis.ts'
import { openFaceEngine } from '../../biometrics/face-engine/face-engine.ts'
import { makeFaceGallery } from '../../biometrics/gallery/gallery.ts'
import { abisSettingsOf } from '../../platform/settings/config.ts'
import type { DoctorCheck, LookedAtHouse } from '../doctor/check.ts'

const answerSeconds = 20

/** What searches people by their pictures, and whether it answers; no picture is sent. */
export async function checkBiometricEngine({ config }: Pick<LookedAtHouse, 'config'>): Promise<DoctorCheck> {
  const what = 'biometric engine'
  const opened = await openAbisEngine(abisSettingsOf(config), {
    own:
      config.biometricEngine === 'own'
        ? { gallery: makeFaceGallery(), faces: openFaceEngine(), threshold: 100 }
        : undefined,
    references: { issue: () => '', end: () => undefined },
  })
  try {
    const late = new Promise<string>(done => setTimeout(() => done('no-answer'), answerSeconds * 1000).unref())
    const answer = await Promise.race([opened.check(), late])
    if (config.abisUrl !== '') {
      const todo = 'see docs/operations.md, Searching people by their pictures'
      return { what, ok: answer === 'yes', found: answer === 'yes' ? 'it answers' : `it is away: ${answer}`, todo }
    }
    return { what, ok: true, found: answer === 'yes' ? 'own: faces, no fingers' : `${answer}: nobody is searched` }
  } finally {
    await opened.close()
  }
}
