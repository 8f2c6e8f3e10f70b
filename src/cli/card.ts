import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import * as cards from '../cards/cards.ts'
import { largestBatch } from '../cards/law.ts'
import { asOperator } from '../open-house.ts'
import { writeAgeFile } from '../platform/archive/age-file.ts'
import { parseDay } from '../platform/day.ts'
import { asId, isId } from '../platform/ids.ts'
import { printAnswer, progressOn, WrongUsage } from '../platform/terminal.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import { printImport } from './imports/imports.ts'
import { rejectedBeside } from './imports/rejected-rows.ts'
import type { Invocation } from './invocation.ts'

const authority = asOperator('card')

function batchOptionsOf({ values }: Invocation) {
  const { maker = 'centre', most = String(largestBatch), 'due-before': due } = values
  const number = Number(most)
  const dueBefore = typeof due === 'string' ? parseDay(due) : undefined
  if (maker !== 'house' && maker !== 'centre') throw new WrongUsage('--maker is house or centre')
  if (!Number.isInteger(number) || number < 1 || number > largestBatch)
    throw new WrongUsage(`--most is a number up to ${largestBatch}`)
  if (due !== undefined && !dueBefore) throw new WrongUsage('--due-before takes a day such as 2023-04-20')
  return { maker, most: number, dueBefore } as const
}

/**
 * `card batch [--maker centre|house] [--unit CODE] [--due-before DAY] [--most N]`: puts approved cards into a batch,
 * the most urgent first.
 */
export async function cardBatch(invocation: Invocation): Promise<void> {
  const { house, values, json } = invocation
  const asked = batchOptionsOf(invocation)
  const { unit } = values
  const batch = await house.openWork(authority, async work => {
    const found = typeof unit === 'string' ? await units.findUnitOn(work, unit, work.today) : undefined
    if (unit !== undefined && !found) throw new WrongUsage(`no unit has the code ${unit} on ${work.today}`)
    return cards.planBatch(work, { ...asked, ...(found && { unitIds: [found.id] }) })
  })
  await printAnswer(
    json,
    batch,
    `${batch.code}: ${batch.cards} cards, the first due ${batch.dueOn ?? '-'}; id ${batch.id}`,
  )
}

/** The order file, encrypted with age to a centre: no byte of it is written plain. */
async function writeSealedOrders(work: Work, batch: string, out: string, recipient: string): Promise<cards.OrderFile> {
  const zip = new PassThrough()
  const [file] = await Promise.all([
    cards.writeOrderFile(work, batch, zip).catch(error => {
      zip.destroy(error)
      throw error
    }),
    writeAgeFile(out, [recipient], zip),
  ])
  return file
}

/**
 * `card orders --batch ID --out F.zip.age --recipient AGE1|--plain`: the orders of a batch for an outside centre,
 * encrypted to it.
 */
export async function cardOrders({ house, values, json }: Invocation): Promise<void> {
  const { batch, out, recipient, plain } = values
  if (typeof batch !== 'string' || !isId(batch))
    throw new WrongUsage('card orders needs --batch, the id that `card batch` told')
  if (typeof out !== 'string') throw new WrongUsage('card orders needs --out, the file to write')
  if ((typeof recipient === 'string') === (plain === true))
    throw new WrongUsage(
      'card orders needs --recipient, the age key of the centre; or --plain, and nothing is encrypted',
    )
  // Orders are personal: nothing half-written stays, and nothing that is there is written over.
  if (existsSync(out)) throw new WrongUsage(`${out} is there already; choose another name`)
  const file = await house
    .openWork(authority, work =>
      typeof recipient === 'string'
        ? writeSealedOrders(work, batch, out, recipient)
        : cards.writeOrderFile(work, batch, createWriteStream(out, { mode: 0o600 })),
    )
    .catch(async error => {
      await rm(out, { force: true })
      throw error
    })
  await printAnswer(
    json,
    { batch, out, ...file },
    `${file.cards} orders, ${file.portraits} portraits in ${out}; SHA-256 of its manifest ${file.sha256}`,
  )
}

/** `card hand-up --batch ID`: the orders of a batch to the national centre, by the exchange. */
export async function cardHandUp({ house, values, json }: Invocation): Promise<void> {
  const { batch } = values
  if (typeof batch !== 'string' || !isId(batch))
    throw new WrongUsage('card hand-up needs --batch, the id that `card batch` told')
  const handed = await house.openWork(authority, work => cards.handUpBatch(work, batch))
  await printAnswer(
    json,
    handed,
    `${handed.code}: ${handed.waiting} orders leave for the national centre; exchange now sends them at once`,
  )
}

/** `card returns F.csv`: takes in what the centre answers. */
export async function cardReturns(invocation: Invocation): Promise<void> {
  const [file] = invocation.positionals
  if (!file) throw new WrongUsage('card returns needs the CSV file to read')
  const progress = progressOn()
  const dryRun = invocation.values['dry-run'] === true
  const rejectedTo = dryRun ? undefined : rejectedBeside(file)
  const outcome = await cards.importProductionResults(invocation.house.openWork, authority, file, {
    dryRun,
    rejectedTo,
    onProgress: (share, rows) => progress(share, 1, `${rows} rows`),
  })
  await printImport(invocation, file, outcome)
}

/** Where the picture of a side goes: `the.png` becomes `the-front.png` and `the-back.png`. */
const sideOf = (out: string, side: 'front' | 'back') => out.replace(/\.png$/i, `-${side}.png`)

function printOptionsOf({ values }: Invocation) {
  const { card, batch, out, sheets = 'card', dpi = '300', proof } = values
  if ((typeof card === 'string') === (typeof batch === 'string'))
    throw new WrongUsage('card print needs --card or --batch, one of them')
  const id = String(card ?? batch)
  if (!isId(id))
    throw new WrongUsage(`--${card ? 'card' : 'batch'} is an id, as the console and \`card batch\` tell it`)
  const form = typeof out === 'string' ? /\.(pdf|png)$/i.exec(out)?.[1]?.toLowerCase() : undefined
  if (typeof out !== 'string' || !form) throw new WrongUsage('card print needs --out, which ends in .pdf or .png')
  if (batch !== undefined && form === 'png') throw new WrongUsage('a batch goes into one PDF: --out ends in .pdf')
  if (batch !== undefined && proof === true) throw new WrongUsage('a proof is of one card: --card')
  if (sheets !== 'card' && sheets !== 'a4') throw new WrongUsage('--sheets is card or a4')
  if (dpi !== '300' && dpi !== '600') throw new WrongUsage('--dpi is 300 or 600')
  return {
    id,
    of: card ? 'card' : 'batch',
    out,
    form,
    sheets,
    dpi: dpi === '600' ? 600 : 300,
    proof: proof === true,
  } as const
}

/**
 * `card print --card ID|--batch ID --out F.pdf|F.png [--sheets card|a4] [--dpi 300|600] [--proof]`: what is printed on
 * a card, or on all made cards of a batch.
 */
export async function cardPrint(invocation: Invocation): Promise<void> {
  const { house, json } = invocation
  const { id, of, out, form, sheets, dpi, proof } = printOptionsOf(invocation)
  const isDemonstration = house.record()['demonstration'] !== undefined
  if (of === 'batch') {
    // What is refused leaves no half of a file, and the one before it as it was.
    const part = `${out}.part`
    const drawn = await house
      .openWork(authority, work =>
        cards.writeBatchPdf(work, id, createWriteStream(part, { mode: 0o600 }), { sheets, isDemonstration }),
      )
      .catch(async error => {
        await rm(part, { force: true })
        throw error
      })
    await rename(part, out)
    return printAnswer(json, { ...drawn, out }, `${drawn.code}: the faces of ${drawn.cards} cards in ${out}`)
  }
  const files =
    form === 'pdf'
      ? [['pdf', out] as const]
      : ([
          ['png-front', sideOf(out, 'front')],
          ['png-back', sideOf(out, 'back')],
        ] as const)
  const drawn = await house.openWork(authority, async work => {
    const sides: { to: string; bytes: Buffer }[] = []
    for (const [as, to] of files)
      sides.push({
        to,
        bytes: await cards.writePrintedFace(work, asId<'card'>(id), {
          as,
          sheets,
          dpi,
          proof,
          who: 'maker',
          isDemonstration,
        }),
      })
    return sides
  })
  for (const { to, bytes } of drawn) await writeFile(to, bytes, { mode: 0o600 })
  await printAnswer(json, { card: id, out: drawn.map(({ to }) => to) }, `${drawn.map(({ to }) => to).join(', ')}`)
}
