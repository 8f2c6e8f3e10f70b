import { parseDay } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId } from '../../platform/ids.ts'
import { counterBody } from '../appointments/counter-view.ts'
import { ticketText } from '../appointments/slot.ts'
import { type Board, type BoardCall, readBoard } from './board.ts'
import * as contract from './contract.ts'
import { readCounterDay } from './counter-day.ts'
import * as queue from './queue.ts'

const counterId = (text: string) => asId<'site'>(text)

const ticketBody = (ticket: queue.Ticket & { readonly isLate?: boolean }) => ({
  ticket: ticketText(ticket.service, ticket.number),
  service: ticket.service,
  number: ticket.number,
  state: ticket.state,
  isBooked: !!ticket.bookingId,
  ...(ticket.isLate !== undefined && { isLate: ticket.isLate }),
  cameAt: ticket.cameAt.toISOString(),
  ...(ticket.desk && { desk: ticket.desk }),
  ...(ticket.forDesk && { forDesk: ticket.forDesk }),
  calls: ticket.calls,
  ...(ticket.calledAt && { calledAt: ticket.calledAt.toISOString() }),
})

const calledBody = (ticket: queue.Ticket | undefined) => (ticket ? { called: ticketBody(ticket) } : {})

const callBody = ({ service, number, desk, at, calls }: BoardCall) => ({
  ticket: ticketText(service, number),
  service,
  desk,
  at: at.toISOString(),
  calls,
})

export const boardBody = ({ at, breakUntil, called, before, next, lines }: Board) => ({
  at: at.toISOString(),
  ...(breakUntil && { breakUntil: breakUntil.toISOString() }),
  ...(called && { called: callBody(called) }),
  before: before.map(callBody),
  next: next.map(one => ticketText(one.service, one.number)),
  lines: [...lines],
})

function dayRoutes(doors: Doors): void {
  serve(doors, contract.showCounterDay, async (work, { params }) => {
    const day = parseDay(params.day)
    if (!day) throw requestProblem('input-invalid', { wrong: [{ field: 'day' }] })
    const counterDay = await readCounterDay(work, counterId(params.id), day)
    return {
      counter: counterBody(counterDay.counter),
      day: counterDay.day,
      isToday: counterDay.isToday,
      ...(queue.isOnBreak(counterDay.counter, work.now) && {
        breakUntil: counterDay.counter.breakUntil?.toISOString(),
      }),
      ...(counterDay.kioskUntil && { kioskUntil: counterDay.kioskUntil.toISOString() }),
      ...(counterDay.off && {
        off: { is: counterDay.off.is, ...(counterDay.off.name && { name: counterDay.off.name }) },
      }),
      slots: counterDay.slots.map(({ startsAt, left }) => ({ startsAt, left: { ...left } })),
      booked: counterDay.booked.map(one => ({
        id: one.id,
        personId: one.personId,
        name: one.name ?? '',
        service: one.service,
        ticket: ticketText(one.service, one.number),
        startsAt: one.startsAt,
        state: one.state as 'booked' | 'served' | 'no-show',
        isConfirmed: !!one.confirmedAt,
        ...(one.cameAt && { cameAt: one.cameAt.toISOString() }),
        ...(one.ticketState && { ticketState: one.ticketState }),
      })),
      lost: counterDay.lost.map(one => ({
        id: one.id,
        name: one.name ?? '',
        service: one.service,
        ticket: ticketText(one.service, one.number),
        startsAt: one.startsAt,
        isTold: !one.notTold,
        ...(one.home && { home: one.home }),
        ...(one.nextDay &&
          one.nextAt &&
          one.nextNumber && {
            next: { day: one.nextDay, startsAt: one.nextAt, ticket: ticketText(one.service, one.nextNumber) },
          }),
      })),
      waiting: counterDay.waiting.map(ticketBody),
      called: counterDay.called.map(ticketBody),
      lastCalls: counterDay.lastCalls.map(ticketBody),
    }
  })
}

function callRoutes(doors: Doors): void {
  serve(doors, contract.giveTicket, async (work, { params, body }) =>
    ticketBody(await queue.giveTicket(work, counterId(params.id), body.service)),
  )
  serve(doors, contract.checkInBooking, async (work, { params, body }) =>
    ticketBody(await queue.checkInBooking(work, counterId(params.id), asId<'booking'>(body.booking))),
  )
  serve(doors, contract.callNext, async (work, { params }) =>
    calledBody(await queue.callNext(work, counterId(params.id), params.desk)),
  )
  serve(doors, contract.callAgain, async (work, { params }) =>
    calledBody(await queue.callAgain(work, counterId(params.id), params.desk)),
  )
  serve(doors, contract.finishTicket, async (work, { params, body }) =>
    calledBody(
      body.outcome === 'served'
        ? await queue.finishTicket(work, counterId(params.id), params.desk)
        : await queue.giveUpTicket(work, counterId(params.id), params.desk),
    ),
  )
  serve(doors, contract.sendTicketOn, async (work, { params, body }) =>
    calledBody(await queue.sendOn(work, counterId(params.id), params.desk, body.to)),
  )
  serve(doors, contract.setBreak, async (work, { params, body }) => {
    await queue.setBreak(work, counterId(params.id), body.minutes)
    return {}
  })
  serve(doors, contract.openKiosk, async (work, { params }) => {
    const { token, until } = await queue.openKiosk(work, counterId(params.id))
    return { path: `/kiosk/${token}`, until: until.toISOString() }
  })
  serve(doors, contract.closeKiosk, async (work, { params }) => {
    await queue.closeKiosk(work, counterId(params.id))
    return {}
  })
}

export function queueRoutes(doors: Doors): void {
  dayRoutes(doors)
  callRoutes(doors)
  serve(doors, contract.showBoard, async (work, { params }) => boardBody(await readBoard(work, params.publicId)))
}
