import { openHouse } from '../open-house.ts'
import { answer, exitCodeOf, tell, WrongUsage } from '../platform/terminal.ts'
import { attendance, attendanceOptions } from './attendance.ts'
import { campaignCreate, campaignHandDown, campaignList, handDownOptions } from './campaign.ts'
import { batchOptions, cardBatch, cardOrders, cardPrint, cardReturns, orderOptions, printOptions, returnOptions } from './card.ts'
import { help } from './help.ts'
import {
  dryOptions,
  importAccountHistory,
  importAccounts,
  importCardHistory,
  importCards,
  importFigures,
  importOptions,
  importRegister,
  importSandboxPeople,
  importSchools,
  importUnits,
} from './import.ts'
import type { Invocation } from './invocation.ts'
import { link, linkOptions } from './link.ts'
import { modelOptions, rollModel } from './model.ts'
import { type Command, readOptions, startOptions, synthOptions } from './options.ts'
import { importPackets, packetOptions, showGaps } from './packets.ts'
import { rollCheck, rollOptions } from './roll.ts'
import { listOptions, statsList, statsOptions, statsPublish, statsQuick, statsRecount, statsWhy } from './stats.ts'
import { auditVerify, backupTo, doctor, restoreFrom, rotateKeys } from './upkeep.ts'

// biome-ignore format: a table
const commands: Readonly<Record<string, Command>> = {
  start:             { usage: 'start [--port N] [--host H] [--origin URL] [--tls] [--people N] [--no-demo]', does: 'starts everything', options: startOptions, alone: async given => (await import('./start.ts')).startHouse(given) },
  synth:             { usage: 'synth --people N --seed S --out DIR [--damage 1.5] [--season [--until DAY]]', does: 'writes a synthetic province with its truth', options: synthOptions, alone: async given => (await import('./synth.ts')).synth(given) },
  'units import':    { usage: 'units import FILE.csv [--dry-run]',           does: 'takes in administrative units', options: importOptions, run: importUnits },
  'schools import':  { usage: 'schools import FILE.csv [--as-of DAY]',       does: 'takes in schools', options: importOptions, run: importSchools },
  'register import': { usage: 'register import FILE.csv [--as-of DAY] [--dry-run]', does: 'takes in persons', options: importOptions, run: importRegister },
  'cards import':    { usage: 'cards import FILE.csv [--as-of DAY] [--dry-run]',    does: 'takes in an extract of cards', options: importOptions, run: importCards },
  'accounts import': { usage: 'accounts import FILE.csv [--as-of DAY] [--dry-run]', does: 'takes in an extract of accounts', options: importOptions, run: importAccounts },
  'cards history':   { usage: 'cards history FILE.csv [--dry-run]',          does: 'takes in what cards went through, move by move', options: dryOptions, run: importCardHistory },
  'accounts history': { usage: 'accounts history FILE.csv [--dry-run]',      does: 'takes in what accounts went through, move by move', options: dryOptions, run: importAccountHistory },
  'card batch':      { usage: 'card batch [--maker centre|house] [--unit CODE] [--due-before DAY] [--most N]', does: 'puts approved cards into a batch, the most urgent first', options: batchOptions, run: cardBatch },
  'card orders':     { usage: 'card orders --batch ID --out F.zip',          does: 'writes the orders of a batch for an outside centre', options: orderOptions, run: cardOrders },
  'card print':      { usage: 'card print --card ID|--batch ID --out F.pdf|F.png [--sheets card|a4] [--dpi 300|600] [--proof]', does: 'draws what is printed on a card, or on the made cards of a batch', options: printOptions, run: cardPrint },
  'card returns':    { usage: 'card returns FILE.csv [--dry-run]',           does: 'takes in what the centre answers', options: returnOptions, run: cardReturns },
  'roll check':      { usage: 'roll check FILE|DIR --school CODE --school-year 2022-2023 [--as-of DAY] [--out F.xlsx]', does: 'reads a roll and tells who needs what', options: rollOptions, run: rollCheck },
  'roll model':      { usage: 'roll model [--save M.json] [--use M.json|HASH]', does: 'tells what was learnt of the errors in rolls', options: modelOptions, run: rollModel },
  link:              { usage: 'link LEFT.csv RIGHT.csv --settings S.json --out PAIRS.csv [--model M.json] [--save-model M.json]', does: 'links the records of any two files', options: linkOptions, alone: link },
  attendance:        { usage: 'attendance --school-year 2022-2023 [--unit CODE] [--as-of DAY] [--home any|permanent] [--out F.xlsx]', does: "tells which children of school age are on nobody's roll", options: attendanceOptions, run: attendance },
  'campaign create': { usage: 'campaign create FILE.json',                   does: 'makes a campaign, and counts whom it means', run: campaignCreate },
  'campaign list':   { usage: 'campaign list',                               does: 'tells what campaigns there are', run: campaignList },
  'campaign hand-down': { usage: 'campaign hand-down NAME --issued-by TEXT [--metric M] [--batch B] [--by population|cohort|need]', does: 'hands the batch of its unit down to districts and communes', options: handDownOptions, run: campaignHandDown },
  'stats quick':     { usage: 'stats quick --campaign NAME [--as-of DAY] [--unit CODE] [--metric M] [--map 2023|2024|2025] [--out F.xlsx|F.pdf|F.csv|F.txt]', does: 'the quick statistics of any day', options: statsOptions, run: statsQuick },
  'stats list':      { usage: 'stats list --campaign NAME [--which done|new|lacking|members|stopped] [--from DAY] [--as-of DAY] [--unit CODE] [--metric M] [--out F.csv]', does: 'the people behind a figure', options: listOptions, run: statsList },
  'stats why':       { usage: 'stats why --campaign NAME --since EDITION [--which …] [--as-of DAY] [--unit CODE] [--metric M]', does: 'why a figure became another', options: listOptions, run: statsWhy },
  'stats publish':   { usage: 'stats publish --campaign NAME [--as-of DAY] [--unit CODE] [--metric M]', does: 'signs the sheet of a day and keeps it', options: statsOptions, run: statsPublish },
  'stats recount':   { usage: 'stats recount',                               does: 'counts everyone anew from the facts and compares', run: statsRecount },
  'figures import':  { usage: 'figures import FILE.csv [--dry-run]',         does: 'takes in figures that others report, beside ours', options: dryOptions, run: importFigures },
  'packets import':  { usage: 'packets import FILE [--out ANSWER.json]',     does: 'takes in what a station wrote to a USB stick', options: packetOptions, run: importPackets },
  gaps:              { usage: 'gaps',                                        does: 'tells what is stuck between two hands', run: showGaps },
  'sandbox import':  { usage: 'sandbox import FILE.csv [--dry-run]',        does: 'says who in the register is invented, for sandbox clients', options: dryOptions, run: importSandboxPeople },
  'keys rotate':     { usage: 'keys rotate',                                 does: 'replaces the keys that sign ID tokens at once: for keys that others may know', run: rotateKeys },
  'audit verify':    { usage: 'audit verify [--heads FILE]',                 does: 'checks the record of deeds', options: { heads: 'string' }, run: auditVerify },
  backup:            { usage: 'backup FILE',                                 does: 'writes everything into one file', run: backupTo },
  restore:           { usage: 'restore FILE',                                does: 'puts a backup into an empty house', run: restoreFrom },
  doctor:            { usage: 'doctor',                                      does: 'looks the house over', run: doctor },
}

/** Finds the command by its first two words, or its first. */
function commandOf(words: readonly string[]): { command: Command; rest: string[] } {
  for (const length of [2, 1]) {
    const command = commands[words.slice(0, length).join(' ')]
    if (command) return { command, rest: words.slice(length) }
  }
  throw new WrongUsage(`there is no command "${words.slice(0, 2).join(' ')}"\n\n${help(commands)}`)
}

async function run(words: readonly string[]): Promise<void> {
  if (words.length === 0 || words[0] === 'help' || words[0] === '--help') return answer(false, undefined, help(commands))
  const { command, rest } = commandOf(words)
  const { values, positionals } = readOptions(command, rest)
  const folder = typeof values['data'] === 'string' ? values['data'] : 'data'
  const given = { positionals, values: values as Invocation['values'], json: values['json'] === true }
  if ('alone' in command) return command.alone({ ...given, folder })
  const house = await openHouse({ folder, purpose: 'command', said: { logLevel: 'warn' } })
  try {
    await command.run({ ...given, house })
  } finally {
    await house.close()
  }
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  tell(error)
  process.exitCode = exitCodeOf(error)
}
