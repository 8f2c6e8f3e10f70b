import { Check, Fingerprint, Hand, Loader, TriangleAlert } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { type CaptureSay, useCaptureSay } from '../base/language.tsx'
import { Hint, type HintProps } from '../base/measure-and-hint.tsx'
import { despiteReasons, missingReasons } from '../base/offered-reasons.ts'
import { ReasonForm } from '../base/reason-form.tsx'
import { useSpaceBar } from '../base/space-bar.ts'
import {
  afterCapture,
  currentSlap,
  type Fingerprints,
  keepDespite,
  markMissing,
  mayKeepDespite,
  missing,
  poorIn,
  takeAfterAll,
  triesBeforeDespite,
  usualMinimum,
  wanted,
} from './fingerprint-work.ts'
import type { Finger, Slap } from './fingers.ts'
import { Hands } from './hands.tsx'
import { type CaptureRequest, capture, type KnownDevice } from './sbi.ts'
import type { SbiRefusal } from './sbi-refusal.ts'
import { stream } from './sbi-stream.ts'
import { DeviceLine, type Finding, Glass, refusalOf, useDevice } from './scanner.tsx'

export type FingerprintStepProps = {
  readonly value: Fingerprints
  readonly onChange: (work: Fingerprints) => void
  /** Certificates of the makers that are allowed; without them the device counts as not checked. */
  readonly roots?: readonly string[]
  /** The least quality of a finger, 0 to 100. */
  readonly minimum?: number
  readonly beside?: ReactNode
}

/** How long the device tries for a good picture, in milliseconds. */
const captureTime = 12_000

const requestOf = (work: Fingerprints, slap: Slap, minimum: number): CaptureRequest => ({
  modality: 'finger',
  subtypes: wanted(work, slap),
  exceptions: missing(work, slap),
  requestedScore: minimum,
  timeout: captureTime,
  transactionId: work.transactionId,
  ...(work.lastHash && { previousHash: work.lastHash }),
})

type Taking = Pick<FingerprintStepProps, 'onChange' | 'roots'> & {
  readonly device: KnownDevice | undefined
  readonly slap: Slap | undefined
  readonly work: Fingerprints
  readonly minimum: number
}

/** Takes the slap that lies on the glass, showing what the scanner sees meanwhile. */
function useTaking({ device, slap, work, onChange, roots, minimum }: Taking) {
  const [taking, setTaking] = useState(false)
  const [refused, setRefused] = useState<SbiRefusal>()
  const [live, setLive] = useState<Blob>()
  const stop = useRef<AbortController>(undefined)
  useEffect(() => () => stop.current?.abort(), [])

  const take = async () => {
    if (!device || !slap || taking) return
    setTaking(true)
    setRefused(undefined)
    const watching = new AbortController()
    stop.current = watching
    // The live picture helps the hand; a device without one takes fingers all the same.
    void stream(device, {
      subtypes: slap.fingers,
      signal: watching.signal,
      onFrame: setLive,
      timeout: captureTime,
    }).catch(() => undefined)
    try {
      const taken = await capture(device, requestOf(work, slap, minimum), {
        signal: watching.signal,
        ...(roots && { roots }),
      })
      onChange(afterCapture(work, slap, taken))
    } catch (error) {
      if (!watching.signal.aborted) setRefused(refusalOf(error))
    } finally {
      watching.abort()
      setLive(undefined)
      setTaking(false)
    }
  }
  return { taking, live, refused, take, forget: () => setRefused(undefined) }
}

/** The fingerprint step: the device, three slaps, ten fingers with their quality. Mounted inside of <CaptureSpeaks>. */
export function FingerprintStep({
  value: work,
  onChange,
  roots,
  minimum = usualMinimum,
  beside,
}: FingerprintStepProps) {
  const say = useCaptureSay()
  const { finding, again } = useDevice(roots)
  const [asking, setAsking] = useState<Finger | 'despite'>()
  const device = finding.state === 'found' ? finding.device : undefined
  const slap = currentSlap(work, minimum)

  const { taking, live, refused, take, forget } = useTaking({ device, slap, work, onChange, roots, minimum })
  useSpaceBar(() => void take(), !!device && !!slap && !taking && !asking)

  const settled = (next: Fingerprints) => {
    setAsking(undefined)
    forget()
    onChange(next)
  }
  const tried = slap ? (work.tries[slap.name] ?? 0) : 0
  const named = slap ? inner(say(`slap-${slap.name}`)) : ''
  return (
    <section className="fingerprints">
      <div className="capture-columns">
        <div className="scanner">
          <Glass live={live} />
          <DeviceLine finding={finding} onAgain={again} />
        </div>
        <div className="portrait-measures">
          {asking ? (
            <Asked
              asking={asking}
              work={work}
              slap={slap}
              minimum={minimum}
              onSettled={settled}
              onLeave={() => setAsking(undefined)}
            />
          ) : (
            <Hint {...hintOf(say, { finding, refused, taking, slap, work, minimum })} />
          )}
          <Hands
            work={work}
            slap={slap}
            minimum={minimum}
            asking={!!asking || taking}
            onCannot={setAsking}
            onCan={finger => settled(takeAfterAll(work, finger))}
          />
        </div>
      </div>
      <footer className="capture-foot">
        <Button
          look={['primary', 'large']}
          cap="Space"
          onPress={() => void take()}
          disabled={!device || !slap || taking || !!asking}
        >
          {slap ? say(tried ? 'take-slap-again' : 'take-slap', { slap: named }) : say('slap-done-so')}
        </Button>
        <Button
          look="large"
          onPress={() => setAsking('despite')}
          disabled={!slap || !mayKeepDespite(work, slap, minimum) || taking || !!asking}
        >
          {say('take-slap-despite')}
        </Button>
        <div className="capture-beside">{beside}</div>
      </footer>
    </section>
  )
}

const inner = (text: string) => text.charAt(0).toLocaleLowerCase('vi') + text.slice(1)

type Shown = {
  readonly finding: Finding
  readonly refused: SbiRefusal | undefined
  readonly taking: boolean
  readonly slap: Slap | undefined
  readonly work: Fingerprints
  readonly minimum: number
}

function hintOf(say: CaptureSay, { finding, refused, taking, slap, work, minimum }: Shown): HintProps {
  const error = refused ?? (finding.state === 'refused' ? finding.error : undefined)
  if (error)
    return {
      kind: 'late',
      icon: TriangleAlert,
      so: say(`sbi-${error.reason}`),
      todo: say(`sbi-${error.reason}-todo`),
      code: error.own && say('sbi-code', { code: error.own }),
    }
  if (!slap) return { kind: 'done', icon: Check, so: say('slap-done-so'), todo: say('slap-done-todo') }
  if (finding.state === 'looking')
    return { kind: 'moving', icon: Loader, so: say('device-looking'), todo: say('device-looking-todo') }
  if (finding.state === 'none')
    return { kind: 'waiting', icon: TriangleAlert, so: say('device-none'), todo: say('device-none-todo') }
  const named = inner(say(`slap-${slap.name}`))
  if (taking)
    return {
      kind: 'moving',
      icon: Fingerprint,
      so: say('slap-taking-so', { slap: named }),
      todo: say('slap-taking-todo'),
    }
  const n = poorIn(work, slap, minimum).length
  const tries = work.tries[slap.name] ?? 0
  const all = triesBeforeDespite
  if (n && mayKeepDespite(work, slap, minimum))
    return { kind: 'waiting', icon: TriangleAlert, so: say('slap-tried-so', { n, all }), todo: say('slap-tried-todo') }
  if (n)
    return {
      kind: 'waiting',
      icon: TriangleAlert,
      so: say('slap-poor-so', { n }),
      todo: say('slap-poor-todo', { tries, all }),
    }
  return { kind: 'moving', icon: Hand, so: say('slap-put-so', { slap: named }), todo: say('slap-put-todo') }
}

type AskedProps = {
  readonly asking: Finger | 'despite'
  readonly work: Fingerprints
  readonly slap: Slap | undefined
  readonly minimum: number
  readonly onSettled: (work: Fingerprints) => void
  readonly onLeave: () => void
}

function Asked({ asking, work, slap, minimum, onSettled, onLeave }: AskedProps) {
  const say = useCaptureSay()
  if (asking === 'despite')
    return (
      <ReasonForm
        title={say('take-slap-despite')}
        choices={despiteReasons}
        deed={say('take-slap-despite-now')}
        onReason={reason => slap && onSettled(keepDespite(work, slap, reason, minimum))}
        onLeave={onLeave}
      />
    )
  return (
    <ReasonForm
      title={say('finger-cannot-title', { finger: inner(say(asking)) })}
      choices={missingReasons}
      deed={say('finger-missing-record')}
      onReason={reason => onSettled(markMissing(work, asking, reason))}
      onLeave={onLeave}
    />
  )
}
