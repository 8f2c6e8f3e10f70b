import { ChevronLeft, ChevronRight, Download, RotateCw, X, ZoomIn, ZoomOut } from 'lucide-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { Dialog as Box, Heading, Modal, ModalOverlay } from 'react-aria-components'
import type { AttachedCaseKind } from '../../../src/attachments/attachment.ts'
import { Button } from '../../parts/button.tsx'
import { call, type Saved, save } from '../../parts/call.ts'
import { useSay } from '../base/language.tsx'
import { useStale } from '../base/use-endpoint.ts'
import { Failed, Loading } from '../parts/page-state.tsx'
import { type AttachedFile, caseDoors } from './case-doors.ts'

/** Shares of the width of the frame; a picture is first shown whole, as large as the frame lets it be. */
const zooms = [25, 50, 75, 100, 150, 200, 300, 400] as const
const fitted = 0
const whole = 100
const quarter = 90
const turn = 360

type Opened = { readonly id: string; readonly saved?: Saved; readonly address?: string; readonly error?: unknown }

/**
 * The bytes of one picture, as an address of this page alone; let go when another is shown. Each picture is asked for
 * once it is looked at, since each opening stands among the readings of the person.
 */
function useOpened(kind: AttachedCaseKind, id: string): Opened {
  const [opened, setOpened] = useState<Opened>({ id })
  const readAnew = useStale()
  useEffect(() => {
    const stop = new AbortController()
    let address: string | undefined
    const { read, list } = caseDoors[kind]
    setOpened({ id })
    call(read, { params: { id }, signal: stop.signal }).then(
      saved => {
        if (stop.signal.aborted) return
        address = URL.createObjectURL(saved.content)
        setOpened({ id, saved, address })
        readAnew([list])
      },
      (error: unknown) => {
        if (!stop.signal.aborted) setOpened({ id, error })
      },
    )
    return () => {
      stop.abort()
      if (address) URL.revokeObjectURL(address)
    }
  }, [kind, id, readAnew])
  return opened
}

type PictureViewerProps = {
  readonly kind: AttachedCaseKind
  readonly pictures: readonly AttachedFile[]
  readonly nameOf: (one: AttachedFile) => string
  readonly shown: string
  readonly onShow: (id: string) => void
  readonly onClose: () => void
}

/** One picture over the page: larger, smaller, turned, the one before and the one after, each by a key too. */
export function PictureViewer({ kind, pictures, nameOf, shown, onShow, onClose }: PictureViewerProps) {
  const say = useSay()
  const place = Math.max(
    0,
    pictures.findIndex(({ id }) => id === shown),
  )
  const picture = pictures[place]
  const { saved, address, error } = useOpened(kind, shown)
  const [zoom, setZoom] = useState<number>(fitted)
  const [turned, setTurned] = useState(0)
  const larger = () => setZoom(zoom === fitted ? whole : (zooms.find(one => one > zoom) ?? zoom))
  const smaller = () => setZoom(zooms.findLast(one => one < zoom) ?? fitted)
  const rotate = () => setTurned((turned + quarter) % turn)
  const goBy = (step: number) => {
    const next = pictures[place + step]
    if (!next) return
    setZoom(fitted)
    setTurned(0)
    onShow(next.id)
  }
  const deeds: Readonly<Record<string, () => void>> = {
    '+': larger,
    '=': larger,
    '-': smaller,
    r: rotate,
    R: rotate,
    '[': () => goBy(-1),
    ']': () => goBy(1),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const deed = event.ctrlKey || event.metaKey || event.altKey ? undefined : deeds[event.key]
    if (!deed) return
    event.preventDefault()
    event.stopPropagation()
    deed()
  }
  if (!picture) return null
  const name = nameOf(picture)
  return (
    <ModalOverlay className="veil" isOpen onOpenChange={next => next || onClose()} isDismissable>
      <Modal className="dialog viewer">
        <Box>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys repeat the buttons within */}
          <div className="viewer-frame" onKeyDown={onKeyDown}>
            <header>
              <Heading slot="title" level={2}>
                {name}
              </Heading>
              <p className="small" aria-live="polite">
                {say(zoom === fitted ? 'viewer-fitted' : 'viewer-place', { n: place + 1, all: pictures.length, zoom })}
              </p>
            </header>
            <div className="buttons">
              <Button icon={ZoomIn} cap="+" onPress={larger}>
                {say('viewer-larger')}
              </Button>
              <Button icon={ZoomOut} cap="−" onPress={smaller}>
                {say('viewer-smaller')}
              </Button>
              <Button icon={RotateCw} cap="R" onPress={rotate}>
                {say('viewer-turn')}
              </Button>
              {pictures.length > 1 && (
                <>
                  <Button icon={ChevronLeft} cap="[" onPress={() => goBy(-1)} {...(place === 0 && { disabled: true })}>
                    {say('viewer-before')}
                  </Button>
                  <Button
                    icon={ChevronRight}
                    cap="]"
                    onPress={() => goBy(1)}
                    {...(place === pictures.length - 1 && { disabled: true })}
                  >
                    {say('viewer-after')}
                  </Button>
                </>
              )}
              <Button icon={Download} onPress={() => saved && save(saved)} {...(!saved && { disabled: true })}>
                {say('paper-save')}
              </Button>
              <Button icon={X} onPress={onClose} autoFocus>
                {say('viewer-close')}
              </Button>
            </div>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: arrows move what is larger than its frame */}
            <section className="picture" tabIndex={0} aria-label={name}>
              {error !== undefined && <Failed error={error} />}
              {!address && error === undefined && <Loading what={say('paper-opening')} />}
              {address && <Sheet address={address} name={name} zoom={zoom} turned={turned} picture={picture} />}
            </section>
            <p className="small by-mouse">{say('viewer-keys')}</p>
          </div>
        </Box>
      </Modal>
    </ModalOverlay>
  )
}

type SheetProps = {
  readonly address: string
  readonly name: string
  readonly zoom: number
  readonly turned: number
  readonly picture: AttachedFile
}

/** A turned picture takes the room that it has when it is turned. */
function Sheet({ address, name, zoom, turned, picture: { width = 1, height = 1 } }: SheetProps) {
  const lies = turned % (2 * quarter) !== 0
  const ratio = lies ? height / width : width / height
  return (
    <div
      className={zoom === fitted ? 'sheet fitted' : 'sheet'}
      style={{ aspectRatio: String(ratio), ...(zoom !== fitted && { width: `${zoom}%` }) }}
    >
      <img
        src={address}
        alt={name}
        style={{
          width: lies ? `${(width / height) * whole}%` : '100%',
          transform: `translate(-50%, -50%) rotate(${turned}deg)`,
        }}
      />
    </div>
  )
}
