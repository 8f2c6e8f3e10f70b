import '../../parts/styles/tokens.css'
import '../../parts/styles/fonts.css'
import '../../parts/styles/base.css'
import '../../parts/styles/parts.css'
import '../styles/capture.css'
import '../styles/trial.css'
import { type ComponentType, StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { readCardQr } from '../../../src/names/card-qr.ts'
import { Button } from '../../parts/button.tsx'
import { CaptureSpeaks } from './base/language.tsx'
import { type Fingerprints, isComplete, noFingerprints } from './fingers/fingerprint-work.ts'
import { FingerprintStep } from './fingers/fingerprints.tsx'
import { loadFaceFinder } from './portrait/face-finder.ts'
import { PortraitCamera } from './portrait/portrait-camera.tsx'
import type { Portrait } from './portrait/portrait-picture.ts'
import { QrCamera } from './qr-camera.tsx'
import { type Signature, SignaturePad } from './signature-pad.tsx'

/**
 * The steps one by one, for the tests that look at them: ?step=portrait&language=vi&roots=… What a step gave is told on
 * the window.
 */

declare global {
  interface Window {
    given?: unknown
    /** What the finder of faces works with; `none` where it cannot be loaded. */
    faceBackend?: Promise<string>
    /** Begins the step anew, as for the next person. */
    beginAnew?: () => void
  }
}

const asked = new URLSearchParams(location.search)
const roots = asked.get('roots')?.split(',')
const later = <Button look="large">Hoãn em này</Button>

function PortraitTrial() {
  const [value, setValue] = useState<Portrait>()
  window.given = value
  window.faceBackend ??= loadFaceFinder().then(
    ({ backend }) => backend,
    () => 'none',
  )
  return <PortraitCamera value={value} onChange={setValue} beside={later} />
}

function FingerprintTrial() {
  const [value, setValue] = useState<Fingerprints>(() => noFingerprints('trial-visit'))
  window.given = { ...value, complete: isComplete(value) }
  return <FingerprintStep value={value} onChange={setValue} beside={later} {...(roots && { roots })} />
}

function SignatureTrial() {
  const [value, setValue] = useState<Signature>()
  window.given = value
  return <SignaturePad value={value} onChange={setValue} beside={later} />
}

function QrTrial() {
  const [text, setText] = useState('')
  const card = readCardQr(text)
  return (
    <section>
      <QrCamera onText={setText} />
      <output>{card.kind === 'card' ? card.number : text}</output>
    </section>
  )
}

const steps: Readonly<Record<string, ComponentType>> = {
  portrait: PortraitTrial,
  fingerprints: FingerprintTrial,
  signature: SignatureTrial,
  qr: QrTrial,
}
const Step = steps[asked.get('step') ?? ''] ?? PortraitTrial

function Trial() {
  const [times, setTimes] = useState(0)
  window.beginAnew = () => setTimes(count => count + 1)
  return <Step key={times} />
}

const root = document.getElementById('root')
if (!root) throw new Error('trial.html has no #root')
createRoot(root).render(
  <StrictMode>
    <CaptureSpeaks language={asked.get('language') === 'en' ? 'en' : 'vi'} addressed="pupil">
      <div className="trial">
        <header>Trạm thu nhận</header>
        <nav aria-label="Hàng chờ">Hàng chờ 7 trên 64</nav>
        <main>
          <h1 className="person">Tôn Nữ Hoàng Nguyễn Thị Phương Khánh Quỳnh</h1>
          <Trial />
        </main>
      </div>
    </CaptureSpeaks>
  </StrictMode>,
)
