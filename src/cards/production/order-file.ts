import { createHash } from 'node:crypto'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import * as audit from '../../audit/audit.ts'
import { csvLine } from '../../platform/csv/write-csv.ts'
import { formatPartialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { productionProblem } from './problems.ts'
import * as batches from './store-batch.ts'
import * as orders from './store-order.ts'

/**
 * The file for a centre that makes cards: a zip of orders.csv, portraits/<card>.jpg, manifest.json and manifest.sha256.
 */

const orderColumnsInFile = [
  'card',
  'number',
  'full_name',
  'birth_date',
  'sex',
  'nationality',
  'hometown',
  'birth_place',
  'residence',
  'features',
  'old_number',
  'cancelled_number',
  'parents',
  'due_on',
  'unit',
  'portrait_sha256',
  'signature_sha256',
]

/** Every field as it is to be printed: a machine reads this file. */
function orderLineText({ cardId, unitId, dueOn, content, portraitSha256, signatureSha256 }: batches.OrderLine): string {
  const {
    number,
    fullName,
    birthDate,
    sex,
    nationality,
    hometown,
    birthPlace,
    residence,
    features,
    oldNumber,
    cancelledNumber,
    parents,
  } = content
  return csvLine(
    [
      cardId,
      number,
      fullName,
      formatPartialDay(birthDate),
      sex,
      nationality,
      hometown ?? '',
      birthPlace ?? '',
      residence,
      features ?? '',
      oldNumber ?? '',
      cancelledNumber ?? '',
      (parents ?? []).join(';'),
      dueOn,
      unitId,
      portraitSha256 ?? '',
      signatureSha256 ?? '',
    ],
    { formulas: 'keep' },
  )
}

const sha256OfText = (text: string) => createHash('sha256').update(text).digest('hex')

export type OrderFile = { readonly cards: number; readonly portraits: number; readonly sha256: string }

/**
 * Writes the order file of a batch for an outside centre: the cards of it that still wait. Portraits are read one by
 * one as the zip reaches them. Sending it again is no other order. Throws batch-unknown, batch-not-for-centre,
 * batch-closed.
 */
export async function writeOrderFile(work: Work, batchId: string, out: Writable): Promise<OrderFile> {
  const batch = await batches.holdBatch(work, batchId)
  if (!batch) throw productionProblem('batch-unknown')
  if (batch.maker !== 'centre') throw productionProblem('batch-not-for-centre')
  if (batch.state === 'closed') throw productionProblem('batch-closed')
  const lines = await batches.findWaitingOrders(work, batchId)
  const csv = `\ufeff${[csvLine(orderColumnsInFile), ...lines.map(orderLineText)].join('\n')}\n`
  const pictured = lines.filter(({ portraitSha256 }) => portraitSha256 !== null)
  const pathOf = (cardId: Id<'card'>) => `portraits/${cardId}.jpg`
  const manifest = `${JSON.stringify(
    {
      batch: batch.code,
      id: batch.id,
      day: work.today,
      cards: lines.length,
      portraits: pictured.length,
      files: {
        'orders.csv': sha256OfText(csv),
        ...Object.fromEntries(pictured.map(line => [pathOf(line.cardId), line.portraitSha256])),
      },
    },
    null,
    1,
  )}\n`
  const hash = sha256OfText(manifest)

  const zip = new ZipFile()
  const options = { mtime: work.now, mode: 0o100600 }
  zip.addBuffer(Buffer.from(manifest), 'manifest.json', options)
  zip.addBuffer(Buffer.from(`${hash}  manifest.json\n`), 'manifest.sha256', options)
  zip.addBuffer(Buffer.from(csv), 'orders.csv', options)
  for (const { personId, cardId } of pictured)
    zip.addReadStreamLazy(pathOf(cardId), { ...options, compress: false }, next => {
      orders.findOrderImages(work, personId, cardId).then(
        ({ portrait = Buffer.alloc(0) }) => next(null, Readable.from([portrait])),
        (error: unknown) => next(error, Readable.from([])),
      )
    })
  zip.on('error', error => out.destroy(error instanceof Error ? error : new Error(String(error))))
  zip.end()
  await pipeline(zip.outputStream, out)

  await batches.setBatchOrdered(work, batchId, hash)
  await audit.noteReading(
    work,
    lines.map(({ personId }) => personId),
    ['card-content', 'portrait'],
  )
  await audit.record(
    work,
    'batch.ordered',
    { kind: 'batch', id: batch.id, unitId: batch.unitId },
    { cards: lines.length, manifest: hash },
  )
  return { cards: lines.length, portraits: pictured.length, sha256: hash }
}
