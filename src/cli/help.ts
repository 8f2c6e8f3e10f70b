import { type Command, type Commands, everywhere, optionRows, usageOf } from './options.ts'

/** No line of help is longer: it is read in terminals beside each other. */
export const widest = 110

/** Rows of two columns, aligned. */
function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}

/** Breaks a line between words; what is left stands below, set in. */
function wrapped(text: string): string[] {
  const lines = ['']
  for (const word of text.split(/ (?=\[|--)/)) {
    const last = lines.at(-1) ?? ''
    if (`${last} ${word}`.length > widest) lines.push(`    ${word}`)
    else lines[lines.length - 1] = last ? `${last} ${word}` : word
  }
  return lines
}

/** All commands by what they are about, or those of one noun; empty where it has none. */
export function help(groups: Readonly<Record<string, Commands>>, noun?: string): string {
  const isMeant = (name: string) => noun === undefined || name.split(' ')[0] === noun
  const listed = Object.entries(groups).flatMap(([group, commands]) =>
    Object.entries(commands)
      .filter(([name]) => isMeant(name))
      .map(([name, { takes, does }]) => ({ group, left: takes ? `${name} ${takes}` : name, does })),
  )
  if (listed.length === 0) return ''
  const lines = aligned(listed.map(({ left, does }) => [left, does]))
  const blocks = Object.keys(groups).map(group => {
    const ofGroup = lines.filter((_line, at) => listed[at]?.group === group)
    return ofGroup.length > 0 ? [group, ...ofGroup, ''] : []
  })
  const last = 'dinhdanh help COMMAND tells the options of one, with an example.'
  return ['dinhdanh COMMAND [OPTIONS]', '', ...blocks.flat(), last].join('\n')
}

/** One command: how it is written, what it does, its options, an example. */
export function helpOf(name: string, command: Command): string {
  return [
    ...wrapped(`dinhdanh ${usageOf(name, command)}`),
    '',
    `  ${command.does}`,
    '',
    'Options',
    ...aligned(optionRows({ ...command.options, ...everywhere })),
    '',
    'Example',
    `  npx dinhdanh ${name} ${command.example}`,
  ].join('\n')
}
