import { createHash } from 'node:crypto'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import * as audit from '../../audit/audit.ts'
import { csvLine } from '../../platform/csv/write-csv.ts'
import { formatPartialDay } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import type { CardData } from '../card-data.ts'
import { extensionOf, fingerName, orderedDataOf, readOrderedFiles, typeOfBeginning } from './ordered-card.ts'
import { productionProblem } from './problems.ts'
import * as batches from './store-batch.ts'
import * as orders from './store-order.ts'

/**
 * The file for a centre that makes cards: a zip of orders.csv, portraits/<card>.jpg, signatures/<card>.png,
 * fingers/<card>/<finger>.png, manifest.json and manifest.sha256 (docs/interfaces.md).
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
  'kind',
  'mrz_1',
  'mrz_2',
  'mrz_3',
  'issued_on',
  'expires_on',
  'signature_file',
  'finger_files',
]

/** A picture in the zip: where it stands, and its name among those of the order. */
type ZippedFile = { readonly path: string; readonly name: string; readonly sha256: string }

/** Every field as it is to be printed: a machine reads this file. */
function orderLineText(
  { cardId, unitId, dueOn, content, portraitSha256, signatureSha256 }: batches.OrderLine,
  { kind, mrz, issuedOn, expiresOn }: CardData,
  files: readonly ZippedFile[],
): string {
  const paths = files.filter(({ name }) => name !== 'portrait')
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
      kind,
      ...mrz,
      issuedOn,
      expiresOn ?? '',
      paths.find(({ name }) => name === 'signature')?.path ?? '',
      paths
        .filter(({ name }) => name !== 'signature')
        .map(({ path }) => path)
        .join(';'),
    ],
    { formulas: 'keep' },
  )
}

const sha256OfText = (text: string) => createHash('sha256').update(text).digest('hex')

export type OrderFile = { readonly cards: number; readonly portraits: number; readonly sha256: string }

/** The pictures of each card of a batch that waits, as they stand in the zip. */
async function zippedFiles(
  work: Work,
  batchId: string,
  lines: readonly batches.OrderLine[],
): Promise<Map<string, ZippedFile[]>> {
  const fingers = Map.groupBy(await orders.findFingersOfBatch(work, batchId), ({ cardId }) => cardId)
  return new Map(
    lines.map(({ cardId, portraitSha256, signatureSha256, signatureBegins }) => [
      cardId,
      [
        ...(portraitSha256 ? [{ name: 'portrait', path: `portraits/${cardId}.jpg`, sha256: portraitSha256 }] : []),
        ...(signatureSha256
          ? [
              {
                name: 'signature',
                path: `signatures/${cardId}.${extensionOf(typeOfBeginning(signatureBegins ?? ''))}`,
                sha256: signatureSha256,
              },
            ]
          : []),
        ...(fingers.get(cardId) ?? []).map(({ finger, type, sha256 }) => {
          const name = fingerName(finger)
          return { name, path: `fingers/${cardId}/${name}.${extensionOf(type)}`, sha256 }
        }),
      ],
    ]),
  )
}

/**
 * Writes the order file of a batch for an outside centre: the cards of it that still wait. Portraits are read one by
 * one as the zip reaches them. Kind, zone and term are those of a card issued today. Sending it again is no other
 * order. Throws batch-unknown, batch-not-for-centre, batch-closed, batch-handed-up, batch-order-refused.
 */
export async function writeOrderFile(work: Work, batchId: string, out: Writable): Promise<OrderFile> {
  const batch = await batches.holdBatch(work, batchId)
  if (!batch) throw productionProblem('batch-unknown')
  if (batch.maker !== 'centre') throw productionProblem('batch-not-for-centre')
  if (batch.handedUpAt) throw productionProblem('batch-handed-up')
  if (batch.state === 'closed') throw productionProblem('batch-closed')
  const lines = await batches.findWaitingOrders(work, batchId)
  const files = await zippedFiles(work, batchId, lines)
  const filesOf = ({ cardId }: batches.OrderLine) => files.get(cardId) ?? []
  const texts = lines.map(line => orderLineText(line, orderedDataOf(work, line, work.today), filesOf(line)))
  const csv = `\ufeff${[csvLine(orderColumnsInFile), ...texts].join('\n')}\n`
  const portraits = lines.filter(({ portraitSha256 }) => portraitSha256 !== null).length
  const manifest = `${JSON.stringify(
    {
      batch: batch.code,
      id: batch.id,
      day: work.today,
      cards: lines.length,
      portraits,
      files: {
        'orders.csv': sha256OfText(csv),
        ...Object.fromEntries(lines.flatMap(filesOf).map(({ path, sha256 }) => [path, sha256])),
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
  for (const line of lines) {
    let pictures: ReturnType<typeof readOrderedFiles> | undefined
    for (const { name, path } of filesOf(line))
      zip.addReadStreamLazy(path, { ...options, compress: false }, next => {
        pictures ??= readOrderedFiles(work, line)
        pictures.then(
          read => next(null, Readable.from([read.find(file => file.name === name)?.bytes ?? Buffer.alloc(0)])),
          (error: unknown) => next(error, Readable.from([])),
        )
        // The last of a card's lets go of them: a zip of thousands is not held.
        if (path === filesOf(line).at(-1)?.path) pictures = undefined
      })
  }
  zip.on('error', error => out.destroy(error instanceof Error ? error : new Error(String(error))))
  zip.end()
  await pipeline(zip.outputStream, out)

  await batches.setBatchOrdered(work, batchId, hash)
  await audit.noteReading(
    work,
    lines.map(({ personId }) => personId),
    ['card-content', 'portrait', 'signature', 'fingerprint'],
  )
  await audit.record(
    work,
    'batch.ordered',
    { kind: 'batch', id: batch.id, unitId: batch.unitId },
    { cards: lines.length, manifest: hash },
  )
  return { cards: lines.length, portraits, sha256: hash }
}
