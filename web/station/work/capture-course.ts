import { useCallback, useEffect, useRef, useState } from 'react'
import type { RosterPerson } from '../../../src/planning/rosters/contract-station.ts'
import { atStep, type Draft, newReceipt } from '../draft/draft.ts'
import { type Eligibility, eligibilityOf } from '../draft/eligibility.ts'
import { contentOf, NotWhole, refusalContentOf, type Sealer } from '../draft/packet-content.ts'
import { ownPhoneOf } from '../draft/signer-and-phone.ts'
import { ifRoom, isDiskFault, isFull } from '../keep/acknowledged-packets.ts'
import type { PacketRow, ReceiptRow } from '../keep/database.ts'
import { openDraft, saveDraft, setAside } from '../keep/drafts.ts'
import { packetName, seal } from '../keep/packet-chain.ts'
import { mayCapture } from '../keep/registration.ts'
import { closeEntry, type Entry, putEntry } from '../keep/session-queue.ts'
import { dayHere } from '../keep/trusted-clock.ts'
import { type Running, useRunning } from '../running/running.tsx'
import { steps } from '../steps/step-order.ts'
import type { WordKey } from '../words/words.ts'
import type { Opened } from './officer-at-work.ts'
import { type Someone, someoneOf } from './people.ts'

/** One capture at a time, from "begin" to "sealed" or "put off". Whatever changes is kept at once. */

export type Refusing = { readonly entry: Entry; readonly someone: Someone; readonly eligibility: Eligibility }
/** Somebody of whom this station has sealed a packet in this session. */
export type DoneBefore = {
  readonly entry: Entry
  readonly someone: Someone
  readonly packet?: PacketRow | undefined
  readonly receipt?: ReceiptRow | undefined
}
export type JustSealed = { readonly packet: string; readonly name: string; readonly refused?: true }

const pause = 200

/** Saves the draft soon after each change, one save after another. `flush` waits until all is kept. */
function useSaving(draft: Draft | undefined, { unlocked, roster }: Opened, onFault: (failed: boolean) => void) {
  const { keep } = useRunning()
  const tail = useRef(Promise.resolve())
  const due = useRef<Draft>(undefined)
  const flush = useCallback(() => {
    const now = due.current
    due.current = undefined
    if (now)
      tail.current = tail.current
        .then(() => saveDraft(keep, now, unlocked.officer, roster))
        .then(
          () => onFault(false),
          () => {
            // It is still due: whatever comes next tries again, and nobody goes on as if it were kept.
            due.current ??= now
            onFault(true)
          },
        )
    return tail.current.then(() => due.current === undefined)
  }, [keep, unlocked, roster, onFault])
  useEffect(() => {
    if (!draft) return
    due.current = draft
    const timer = setTimeout(flush, pause)
    return () => clearTimeout(timer)
  }, [draft, flush])
  useEffect(() => {
    const leaving = () => void flush()
    addEventListener('pagehide', leaving)
    document.addEventListener('visibilitychange', leaving)
    return () => {
      removeEventListener('pagehide', leaving)
      document.removeEventListener('visibilitychange', leaving)
    }
  }, [flush])
  const forget = useCallback(() => {
    due.current = undefined
  }, [])
  /** Before the machine is locked: what has no room on the disk is held, closed. Tells whether all is kept there. */
  const hold = useCallback(async () => {
    if (await flush()) return true
    const unkept = due.current
    due.current = undefined
    if (unkept) await setAside(keep, unkept, unlocked.officer, roster)
    return false
  }, [flush, keep, unlocked, roster])
  return { flush, forget, hold }
}

function sealerOf({ keep, station, clock }: Running, { officer }: Opened): Sealer {
  const at = keep.now()
  return {
    officer: { id: officer.id, grant: officer.grant },
    day: dayHere(station ?? {}, at),
    at,
    ...(clock?.knownAt !== undefined && { knownAt: clock.knownAt }),
  }
}

/** Nobody is asked what is certain: whom somebody must represent does not sign. */
function newDraft(
  entry: Entry,
  { person, known, undeclared }: Someone,
  { request, represented }: Eligibility,
  session: { id: string; place: string },
  at: Date,
): Draft {
  return {
    application: crypto.randomUUID(),
    session: session.id,
    place: session.place,
    entry: entry.id,
    startedAt: at.toISOString(),
    step: steps[0],
    furthest: steps[0],
    source: known ? 'roster' : 'walk-in',
    person,
    ...(undeclared && { undeclared }),
    ...(known && { known }),
    check: {},
    request,
    ...(known?.card?.serial && { oldCard: { kind: 'cccd' as const, serial: known.card.serial, collected: false } }),
    signer: { kind: represented ? 'representative' : 'self' },
    receipt: newReceipt(),
  }
}

export function useCapture(
  opened: Opened,
  entries: readonly Entry[] | undefined,
  people: ReadonlyMap<string, RosterPerson>,
) {
  const running = useRunning()
  const { keep, rounds, jump, disk } = running
  const [draft, setDraft] = useState<Draft>()
  const [refusing, setRefusing] = useState<Refusing>()
  const [sealed, setSealed] = useState<JustSealed>()
  const [done, setDone] = useState<DoneBefore>()
  const [note, setNote] = useState<WordKey>()
  const [failed, setFailed] = useState(false)
  const { flush, forget, hold } = useSaving(draft, opened, setFailed)
  const { roster, unlocked } = opened

  /** Says that the disk took nothing, where that is why something could not be done. */
  const unlessDiskFails = (doing: Promise<void>): Promise<void> =>
    doing.catch((error: unknown) => {
      if (!isFull(error) && !isDiskFault(error)) throw error
      setNote('save-failed')
    })

  const begin = async (entry: Entry, again?: string) => {
    if (disk === 'full') return setNote('disk-full')
    const someone = someoneOf(entry, people)
    const at = keep.now()
    const eligibility = someone && eligibilityOf(someone.law, dayHere(running.station ?? {}, at))
    if (!someone || !eligibility || !roster) return
    if (eligibility.refused) return setRefusing({ entry, someone, eligibility })
    const fresh = { ...newDraft(entry, someone, eligibility, roster.roster.session, at), ...(again && { again }) }
    await saveDraft(keep, fresh, unlocked.officer, roster)
    await putEntry(keep, { ...entry, state: 'doing', application: fresh.application }, roster)
    setDraft(fresh)
  }

  /**
   * Goes on with a capture that was begun. One that was sealed just before the browser was killed is found to be done.
   */
  const resume = async (entry: Entry, application: string) => {
    const there = await openDraft(keep, application, unlocked, roster)
    if (there) {
      if (roster && entry.state !== 'doing') await putEntry(keep, { ...entry, state: 'doing' }, roster)
      return setDraft(there)
    }
    const packet = await keep.db.packets.where('application').equals(application).first()
    if (packet && roster) return putEntry(keep, { ...entry, state: 'done', packet: packet.counter }, roster)
    if (await keep.db.drafts.get(application)) return setNote('draft-elsewhere')
    return begin(entry)
  }

  /** When and as what packet somebody was done: nobody is begun anew by a second scan. */
  const showDone = async (entry: Entry) => {
    const someone = someoneOf(entry, people)
    if (!someone) return
    const packet = entry.packet === undefined ? undefined : await keep.db.packets.get(entry.packet)
    const receipt = packet && (await keep.db.receipts.get(packet.application))
    setDone({ entry, someone, packet, receipt })
  }

  const captureAgain = async (reason: string) => {
    if (!done) return
    setDone(undefined)
    await unlessDiskFails(begin(done.entry, reason))
  }

  const open = (entry: Entry) => unlessDiskFails(openAnyhow(entry))

  const openAnyhow = async (entry: Entry) => {
    setSealed(undefined)
    setNote(undefined)
    setRefusing(undefined)
    setDone(undefined)
    if (draft && !(await putOff())) return
    if (entry.state === 'done' || entry.state === 'refused') await showDone(entry)
    else if (entry.application) await resume(entry, entry.application)
    else if (entry.state === 'waiting') await begin(entry)
  }

  const openUnfinished = (application: string) => unlessDiskFails(openUnfinishedAnyhow(application))

  const openUnfinishedAnyhow = async (application: string) => {
    if (draft && !(await putOff())) return
    setSealed(undefined)
    const there = await openDraft(keep, application, unlocked, roster)
    setNote(there ? undefined : 'draft-elsewhere')
    setDraft(there)
  }

  /** Tells whether it is kept: what is not stays open. */
  async function putOff(): Promise<boolean> {
    if (!(await flush())) return false
    const entry = entries?.find(({ id }) => id === draft?.entry)
    // Its place in the queue may stay as it was: the capture itself is kept.
    if (entry && roster) await ifRoom(putEntry(keep, { ...entry, state: 'deferred' }, roster))
    setDraft(undefined)
    return true
  }

  const change = useCallback((changes: Partial<Draft>) => {
    setDraft(before => {
      if (!before) return before
      const { step, ...rest } = changes
      const after = { ...before, ...rest }
      return step ? atStep(after, step) : after
    })
  }, [])

  // A jump is of whoever is in hand when it happens; of somebody who is begun later it says nothing.
  useEffect(() => {
    if (!jump) return
    setDraft(before => {
      if (!before || before.clockJumps?.some(({ at }) => at === jump.at)) return before
      return { ...before, clockJumps: [...(before.clockJumps ?? []), jump] }
    })
  }, [jump])

  const finish = async (): Promise<WordKey | undefined> => {
    if (!draft) return undefined
    if (!mayCapture(opened.officer, keep.now())) return 'grant-over-todo'
    const { application, session, receipt, person } = draft
    await flush()
    try {
      const content = await contentOf(draft, sealerOf(running, opened))
      const entry = entries?.find(({ id }) => id === draft.entry)
      const phone = ownPhoneOf(draft, dayHere(running.station ?? {}, keep.now()))
      const row = await seal(keep, {
        application,
        session,
        content,
        receipt,
        ...(entry &&
          roster && {
            entry: counter => closeEntry({ ...entry, state: 'done', packet: counter, ...(phone && { phone }) }, roster),
          }),
      })
      forget()
      setDraft(undefined)
      setSealed({ packet: packetName(running.station?.code ?? '', row.counter), name: person.fullName })
      rounds.now()
      return undefined
    } catch (error) {
      return error instanceof NotWhole ? error.code : 'seal-failed'
    }
  }

  /** Records that somebody was turned away; the notice was printed. */
  const refuse = async (receipt: Draft['receipt']): Promise<WordKey | undefined> => {
    if (!refusing) return undefined
    if (!roster) return 'roster-over'
    const { entry, someone, eligibility } = refusing
    const application = crypto.randomUUID()
    const session = roster.roster.session.id
    try {
      const content = await refusalContentOf(
        {
          application,
          session,
          source: someone.known ? 'roster' : 'walk-in',
          person: someone.person,
          receipt,
          eligibility,
        },
        sealerOf(running, opened),
      )
      const row = await seal(keep, {
        application,
        session,
        content,
        receipt,
        entry: counter =>
          closeEntry(
            {
              ...entry,
              state: 'refused',
              application,
              packet: counter,
              ...(eligibility.refused && { refused: eligibility.refused }),
            },
            roster,
          ),
      })
      setRefusing(undefined)
      setSealed({
        packet: packetName(running.station?.code ?? '', row.counter),
        name: someone.person.fullName,
        refused: true,
      })
      rounds.now()
      return undefined
    } catch (error) {
      return error instanceof NotWhole ? error.code : 'seal-failed'
    }
  }

  return {
    officer: opened.officer,
    draft,
    refusing,
    done,
    sealed,
    note,
    failed,
    open,
    openUnfinished,
    putOff,
    change,
    finish,
    refuse,
    leaveRefusal: () => setRefusing(undefined),
    captureAgain,
    leaveDone: () => setDone(undefined),
    hold,
  }
}

export type Capturing = ReturnType<typeof useCapture>
