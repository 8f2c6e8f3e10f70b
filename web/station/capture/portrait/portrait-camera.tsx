import {
  Check,
  Eye,
  Focus,
  Image,
  Loader,
  type LucideIcon,
  RotateCcw,
  Sun,
  TriangleAlert,
  UserRound,
} from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { type CaptureSay, useCaptureSay } from '../base/language.tsx'
import { Hint, type HintProps, Measured } from '../base/measure-and-hint.tsx'
import { portraitReasons } from '../base/offered-reasons.ts'
import { tick } from '../base/portrait-limits.ts'
import { type Reason, ReasonForm, reasonText } from '../base/reason-form.tsx'
import { useSpaceBar } from '../base/space-bar.ts'
import { type Camera, useCamera } from './camera.ts'
import { type FaceFinder, loadFaceFinder } from './face-finder.ts'
import { allGood, firstFault, type Measure, type MeasureName, measureNames } from './portrait.ts'
import { freeze, measuredSize, measureNow, type Portrait, portraitOf } from './portrait-picture.ts'
import { CameraChoice, Viewfinder } from './viewfinder.tsx'

export type PortraitCameraProps = {
  readonly value: Portrait | undefined
  readonly onChange: (portrait: Portrait | undefined) => void
  /** What stands at the right of the foot: to put the person off, to go on. */
  readonly beside?: ReactNode
}

const icons: Readonly<Record<MeasureName, LucideIcon>> = {
  face: UserRound,
  eyes: Eye,
  light: Sun,
  sharpness: Focus,
  pose: RotateCcw,
  background: Image,
}

const nothingYet: readonly Measure[] = measureNames.map(name => ({
  name,
  verdict: 'not-done',
  score: undefined,
  fault: undefined,
}))

/**
 * `loading` until the models are there; `failed` where they cannot be loaded: then a portrait can still be taken, with
 * a reason.
 */
type Finding = FaceFinder | 'loading' | 'failed'

function useFinder(): Finding {
  const [finding, setFinding] = useState<Finding>('loading')
  useEffect(() => {
    let over = false
    loadFaceFinder().then(
      finder => over || setFinding(finder),
      () => over || setFinding('failed'),
    )
    return () => {
      over = true
    }
  }, [])
  return finding
}

const finderOf = (finding: Finding) => (typeof finding === 'string' ? undefined : finding)

/** Measures what the camera shows, again and again, leaving the machine half of the time for everything else. */
function useMeasures({ state, video }: Camera, finding: Finding, on: boolean) {
  const [measures, setMeasures] = useState(nothingYet)
  const [fault, setFault] = useState<Measure>()
  useEffect(() => {
    if (!on || state !== 'live' || finding === 'loading') return
    const canvas = document.createElement('canvas')
    Object.assign(canvas, measuredSize)
    let timer: ReturnType<typeof setTimeout> | undefined
    let over = false
    let before: string | undefined
    const look = async () => {
      const element = video.current
      const begun = performance.now()
      const seen = element ? await measureNow(element, canvas, finderOf(finding)).catch(() => undefined) : undefined
      if (over) return
      if (seen) {
        setMeasures(seen)
        const now = firstFault(seen)
        // An instruction that changes with every frame cannot be followed: a new one must be seen twice.
        if (now?.fault === before) setFault(now)
        before = now?.fault
      }
      timer = setTimeout(look, Math.max(100, performance.now() - begun))
    }
    void look()
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [on, state, video, finding])
  return state === 'live' ? { measures, fault } : { measures: nothingYet, fault: undefined }
}

type Taking = {
  readonly camera: Camera
  readonly finding: Finding
  readonly onChange: PortraitCameraProps['onChange']
  readonly free: boolean
}

/** Takes the picture: when all is good, or with a reason. What spoke against it is said otherwise. */
function useTaking({ camera, finding, onChange, free }: Taking) {
  const say = useCaptureSay()
  const [refused, setRefused] = useState<string>()
  const [busy, setBusy] = useState(false)
  const ready = free && camera.state === 'live' && finding !== 'loading' && !busy
  /** Resolves with whether it was taken. */
  const take = async (reason?: Reason): Promise<boolean> => {
    const element = camera.video.current
    if (!ready || !element) return false
    setBusy(true)
    setRefused(undefined)
    const frozen = await freeze(element, finderOf(finding)).finally(() => setBusy(false))
    if (!frozen) return false
    if (!reason && !allGood(frozen.measures)) {
      setRefused(say('take-refused', { fault: refusalOf(say, frozen.measures) }))
      return false
    }
    onChange(await portraitOf(frozen, nameOf(element), reason))
    return true
  }
  return { take, ready, refused, forget: () => setRefused(undefined) }
}

/** The portrait step: the camera, one instruction, six measures, and the deeds. Mounted inside of <CaptureSpeaks>. */
export function PortraitCamera({ value, onChange, beside }: PortraitCameraProps) {
  const say = useCaptureSay()
  const camera = useCamera({ width: 1920, height: 1080, facing: 'user', on: !value })
  const finding = useFinder()
  const { measures: live, fault } = useMeasures(camera, finding, !value)
  const [asking, setAsking] = useState(false)
  const { take, ready, refused, forget } = useTaking({ camera, finding, onChange, free: !value })
  const measures = value?.measures ?? live

  const again = () => {
    forget()
    onChange(undefined)
  }
  const takeDespite = async (reason: Reason) => {
    if (await take(reason)) setAsking(false)
  }
  useSpaceBar(() => void take(), ready && !asking)

  return (
    <section className="portrait">
      <div className="capture-columns">
        <Viewfinder camera={camera} value={value} />
        <div className="portrait-measures">
          {asking ? (
            <ReasonForm
              title={say('take-despite')}
              choices={portraitReasons}
              deed={say('take-despite-now')}
              onReason={reason => void takeDespite(reason)}
              onLeave={() => setAsking(false)}
            />
          ) : (
            <Hint {...hintOf(say, { value, finding, fault, measures })} />
          )}
          <Measures measures={measures} />
          {camera.state === 'live' && <CameraChoice camera={camera} />}
        </div>
      </div>
      <footer className="capture-foot">
        <Button look={['primary', 'large']} cap="Space" onPress={() => void take()} disabled={!ready || asking}>
          {say('take-portrait')}
        </Button>
        <Button look="large" onPress={again} disabled={!value}>
          {say('take-again')}
        </Button>
        <Button look="large" onPress={() => setAsking(true)} disabled={!ready || asking || allGood(measures)}>
          {say('take-despite')}
        </Button>
        <p role="alert" className="capture-refused">
          {refused}
        </p>
        <div className="capture-beside">{beside}</div>
      </footer>
    </section>
  )
}

/** What the camera that gives this picture is called. */
const nameOf = ({ srcObject }: HTMLVideoElement) =>
  srcObject instanceof MediaStream ? (srcObject.getVideoTracks()[0]?.label ?? '') : ''

function refusalOf(say: CaptureSay, measures: readonly Measure[]): string {
  const first = firstFault(measures)
  return first?.fault ? say(`fault-${first.fault}`, { n: first.figure ?? 0 }) : say('detector-failed-so')
}

type Shown = {
  readonly value: Portrait | undefined
  readonly finding: Finding
  readonly fault: Measure | undefined
  readonly measures: readonly Measure[]
}

function hintOf(say: CaptureSay, { value, finding, fault, measures }: Shown): HintProps {
  if (value?.reason)
    return {
      kind: 'waiting',
      icon: TriangleAlert,
      so: say('portrait-despite-so'),
      todo: say('portrait-despite-todo', { reason: reasonText(say, value.reason, portraitReasons) }),
    }
  if (value) return { kind: 'done', icon: Check, so: say('portrait-taken-so'), todo: say('portrait-taken-todo') }
  if (finding === 'loading')
    return { kind: 'moving', icon: Loader, so: say('detector-loading-so'), todo: say('detector-loading-todo') }
  const blind = {
    kind: 'waiting',
    icon: TriangleAlert,
    so: say('detector-failed-so'),
    todo: say('detector-failed-todo'),
  } as const
  if (finding === 'failed') return blind
  if (fault?.fault) {
    const n = fault.figure ?? 0
    return {
      kind: 'waiting',
      icon: icons[fault.name],
      so: say(`fault-${fault.fault}-so`, { n }),
      todo: say(`fault-${fault.fault}-todo`),
    }
  }
  if (measures !== nothingYet && measures.some(({ verdict }) => verdict === 'not-done')) return blind
  if (!allGood(measures))
    return { kind: 'moving', icon: Loader, so: say('camera-opening'), todo: say('camera-opening-todo') }
  return { kind: 'done', icon: Check, so: say('portrait-good-so'), todo: say('portrait-good-todo') }
}

function Measures({ measures }: { measures: readonly Measure[] }) {
  const say = useCaptureSay()
  return (
    <>
      <ul className="measures">
        {measures.map(one => (
          <MeasureRow key={one.name} measure={one} />
        ))}
      </ul>
      <p className="small">
        {say('tick-is-minimum')} {say('face-matching')}
      </p>
    </>
  )
}

function MeasureRow({ measure: { name, verdict, score, fault, figure = 0 } }: { measure: Measure }) {
  const say = useCaptureSay()
  const label = say(`measure-${name}`)
  const chip =
    verdict === 'good'
      ? say(`good-${name}`, { n: figure })
      : fault
        ? say(`fault-${fault}`, { n: figure })
        : say('not-done')
  const said =
    score === undefined
      ? say('measure-not-done-said', { name: label })
      : say('measure-said', { name: label, verdict: chip, score, tick })
  return <Measured label={label} score={score} verdict={verdict} chip={chip} said={said} />
}
