import { Check, Fingerprint, Hand, Loader, TriangleAlert } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { Button } from '../../console/parts/button.tsx'
import { Chip } from '../../console/parts/chip.tsx'
import {
  afterCapture,
  currentSlap,
  type Fingerprints,
  keepDespite,
  markMissing,
  mayKeepDespite,
  missing,
  poorIn,
  resultOf,
  settledCount,
  standingOf,
  takeAfterAll,
  usualMinimum,
  wanted,
} from './fingerprint-work.ts'
import type { Finger, Slap } from './fingers.ts'
import { usePicture, useSpaceBar } from './hand.ts'
import { type CaptureSay, useCaptureSay } from './language.tsx'
import { Hint, type HintProps, Measured } from './measured.tsx'
import { type ReasonChoice, ReasonForm } from './reason.tsx'
import { capture, deviceInfo, discover, type KnownDevice, stream } from './sbi.ts'
import { SbiRefusal } from './sbi-refusal.ts'

export type FingerprintStepProps = {
  readonly value: Fingerprints
  readonly onChange: (work: Fingerprints) => void
  /** Certificates of the makers that are allowed; without them the device counts as not checked. */
  readonly roots?: readonly string[]
  /** The least quality of a finger, 0 to 100. */
  readonly minimum?: number
  readonly beside?: ReactNode
}

export const missingReasons: readonly ReasonChoice[] = [
  ['lost', 'missing-lost'],
  ['wound', 'missing-wound'],
  ['bent', 'missing-bent'],
]
export const despiteReasons: readonly ReasonChoice[] = [
  ['worn', 'despite-worn'],
  ['old', 'despite-old'],
  ['skin', 'despite-skin'],
]

/** How long the device tries for a good picture, in milliseconds. */
const captureTime = 12_000

type Finding = { readonly state: 'looking' | 'none' } | { readonly state: 'found'; readonly device: KnownDevice } | Failed
type Failed = { readonly state: 'refused'; readonly error: SbiRefusal }

const refusalOf = (error: unknown) => (error instanceof SbiRefusal ? error : new SbiRefusal('device-fault'))

function useDevice(roots: readonly string[] | undefined) {
  const [finding, setFinding] = useState<Finding>({ state: 'looking' })
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try looks anew
  useEffect(() => {
    const stop = new AbortController()
    const look = async () => {
      setFinding({ state: 'looking' })
      const devices = await discover('finger', { signal: stop.signal })
      const device = devices.find(({ kind }) => kind === 'Slap') ?? devices[0]
      if (!device) return setFinding({ state: 'none' })
      const known = await deviceInfo(device, { signal: stop.signal, ...(roots && { roots }) })
      setFinding({ state: 'found', device: known })
    }
    look().catch(error => {
      if (!stop.signal.aborted) setFinding({ state: 'refused', error: refusalOf(error) })
    })
    return () => stop.abort()
  }, [tries, roots])
  return { finding, again: useCallback(() => setTries(count => count + 1), []) }
}

/** The fingerprint step: the device, three slaps, ten fingers with their quality. Mounted inside of <CaptureSpeaks>. */
export function FingerprintStep({ value: work, onChange, roots, minimum = usualMinimum, beside }: FingerprintStepProps) {
  const say = useCaptureSay()
  const { finding, again } = useDevice(roots)
  const [asking, setAsking] = useState<Finger | 'despite'>()
  const [taking, setTaking] = useState(false)
  const [refused, setRefused] = useState<SbiRefusal>()
  const [live, setLive] = useState<Blob>()
  const device = finding.state === 'found' ? finding.device : undefined
  const slap = currentSlap(work, minimum)

  const stop = useRef<AbortController>(undefined)
  useEffect(() => () => stop.current?.abort(), [])

  const take = async () => {
    if (!device || !slap || taking) return
    setTaking(true)
    setRefused(undefined)
    const watching = new AbortController()
    stop.current = watching
    const subtypes = wanted(work, slap)
    // The live picture helps the hand; a device without one takes fingers all the same.
    void stream(device, { subtypes, signal: watching.signal, onFrame: setLive, timeout: captureTime }).catch(() => undefined)
    try {
      const taken = await capture(
        device,
        {
          modality: 'finger',
          subtypes,
          exceptions: missing(work, slap),
          requestedScore: minimum,
          timeout: captureTime,
          transactionId: work.transactionId,
          ...(work.lastHash && { previousHash: work.lastHash }),
        },
        { signal: watching.signal, ...(roots && { roots }) },
      )
      onChange(afterCapture(work, slap, taken))
    } catch (error) {
      if (!watching.signal.aborted) setRefused(refusalOf(error))
    } finally {
      watching.abort()
      setLive(undefined)
      setTaking(false)
    }
  }
  useSpaceBar(() => void take(), !!device && !!slap && !taking && !asking)

  const settled = (next: Fingerprints) => {
    setAsking(undefined)
    setRefused(undefined)
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
            <Asked asking={asking} work={work} slap={slap} minimum={minimum} onSettled={settled} onLeave={() => setAsking(undefined)} />
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
        <Button look={['primary', 'large']} cap="Space" onPress={() => void take()} disabled={!device || !slap || taking || !!asking}>
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
  if (finding.state === 'looking') return { kind: 'moving', icon: Loader, so: say('device-looking'), todo: say('device-looking-todo') }
  if (finding.state === 'none') return { kind: 'waiting', icon: TriangleAlert, so: say('device-none'), todo: say('device-none-todo') }
  const named = inner(say(`slap-${slap.name}`))
  if (taking) return { kind: 'moving', icon: Fingerprint, so: say('slap-taking-so', { slap: named }), todo: say('slap-taking-todo') }
  const n = poorIn(work, slap, minimum).length
  const tries = work.tries[slap.name] ?? 0
  if (n && mayKeepDespite(work, slap, minimum))
    return { kind: 'waiting', icon: TriangleAlert, so: say('slap-three-so', { n }), todo: say('slap-three-todo') }
  if (n) return { kind: 'waiting', icon: TriangleAlert, so: say('slap-poor-so', { n }), todo: say('slap-poor-todo', { tries }) }
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

function Glass({ live }: { live: Blob | undefined }) {
  const say = useCaptureSay()
  const address = usePicture(live)
  return (
    <div className="glass">
      {address ? <img src={address} alt={say('live-fingers')} /> : <Hand size={72} strokeWidth={1} aria-hidden />}
    </div>
  )
}

function DeviceLine({ finding, onAgain }: { finding: Finding; onAgain: () => void }) {
  const say = useCaptureSay()
  if (finding.state === 'found') {
    const { make, model, serial, trust } = finding.device
    return (
      <div className="device">
        <p>
          <strong>
            {make} {model}
          </strong>{' '}
          <span className="figures">{say('device-serial', { serial })}</span>
        </p>
        <Chip kind={trust === 'trusted' ? 'done' : 'not-begun'}>{say(trust === 'trusted' ? 'device-trusted' : 'device-not-checked')}</Chip>
      </div>
    )
  }
  if (finding.state === 'looking') return <p className="device quiet">{say('device-looking')}</p>
  return (
    <div className="device">
      <Button look={['primary', 'large']} onPress={onAgain}>
        {say('device-look-again')}
      </Button>
    </div>
  )
}

const hands = [
  ['left-little', 'left-ring', 'left-middle', 'left-index', 'left-thumb'],
  ['right-little', 'right-ring', 'right-middle', 'right-index', 'right-thumb'],
] as const satisfies readonly (readonly Finger[])[]

type HandsProps = {
  readonly work: Fingerprints
  readonly slap: Slap | undefined
  readonly minimum: number
  readonly asking: boolean
  readonly onCannot: (finger: Finger) => void
  readonly onCan: (finger: Finger) => void
}

/** Both hands side by side, each finger with its quality; what is to be laid on the glass now is marked. */
function Hands({ work, slap, minimum, asking, onCannot, onCan }: HandsProps) {
  const say = useCaptureSay()
  const isNow = (finger: Finger) => (slap?.fingers as readonly Finger[] | undefined)?.includes(finger) ?? false
  return (
    <>
      <div className="hands">
        {hands.map(hand => (
          <ul key={hand[0]} className="measures">
            {hand.map(finger => (
              <FingerRow key={finger} finger={finger} work={work} minimum={minimum} now={isNow(finger)}>
                {!asking && resultOf(work, finger)?.kind === 'missing' && (
                  <Button look={['text', 'row']} onPress={() => onCan(finger)}>
                    {say('finger-can')}
                    <span className="unseen"> {say(finger)}</span>
                  </Button>
                )}
                {!asking && isNow(finger) && ['waiting', 'poor'].includes(standingOf(work, finger, minimum)) && (
                  <Button look={['text', 'row']} onPress={() => onCannot(finger)}>
                    {say('finger-cannot')}
                    <span className="unseen"> {say(finger)}</span>
                  </Button>
                )}
              </FingerRow>
            ))}
          </ul>
        ))}
      </div>
      <p className="small">
        {say('tick-is-minimum')} <span className="figures">{say('fingers-done', { n: settledCount(work, minimum) })}</span>
      </p>
    </>
  )
}

type FingerRowProps = {
  readonly finger: Finger
  readonly work: Fingerprints
  readonly minimum: number
  readonly now: boolean
  readonly children: ReactNode
}

function FingerRow({ finger, work, minimum, now, children }: FingerRowProps) {
  const say = useCaptureSay()
  const result = resultOf(work, finger)
  const standing = standingOf(work, finger, minimum)
  const score = result?.kind === 'taken' ? Math.round(result.biometric.qualityScore) : undefined
  const slapTries = Object.entries(work.tries).find(([name]) => name === slapNameOf(finger))?.[1] ?? 0
  const chip = standing === 'poor' ? say('finger-poor', { n: Math.min(3, slapTries) }) : say(`finger-${standing}`)
  const said = score === undefined ? `${say(finger)}: ${chip}` : say('finger-quality', { finger: say(finger), score, tick: minimum })
  const verdict = standing === 'good' ? 'good' : standing === 'waiting' || standing === 'missing' ? 'not-done' : 'poor'
  return (
    <Measured label={say(finger)} score={score} minimum={minimum} verdict={verdict} chip={chip} said={said} now={now}>
      {children}
    </Measured>
  )
}

const slapNameOf = (finger: Finger): Slap['name'] =>
  finger.endsWith('thumb') ? 'thumbs' : finger.startsWith('left') ? 'left-four' : 'right-four'
