import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve, serveWithoutWork } from '../../platform/http/serve-endpoint.ts'
import { rightsToRead } from './chip-reading.ts'
import { answerReading, beginReading, endReading, picturesOf } from './chip-readings.ts'
import * as contract from './contract.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

export function chipReadingRoutes(doors: Doors): void {
  serve(doors, contract.beginChipReading, async (work, { body: { cardId, ...how } }, { who }) => {
    const right = rightsToRead[how.purpose]
    if (!who?.authority(right, contract.beginChipReading.purpose)) throw requestProblem('right-missing', { right })
    const { id, step, command } = await beginReading(work, cardId, how)
    return { id, step, command: hex(command) }
  })
  serveWithoutWork(doors, contract.answerChipReading, async ({ params, body }, { request, who }) => {
    const { underWay, turn } = await answerReading(params.id, who?.by.id ?? '', body)
    if ('command' in turn) return { step: turn.step, command: hex(turn.command) }
    return doors.openWork(request, contract.answerChipReading, work => endReading(work, underWay, turn.result, turn))
  })
  serve(doors, contract.chipReadingPictures, async (work, { params }) => {
    const { chip, record } = await picturesOf(work, params.id)
    return {
      ...(chip && { chip: { image: base64(chip.image), form: chip.form } }),
      ...(record && { record: base64(record) }),
    }
  })
}
