import type { Command } from './options.ts'

/** The text of `dinhdanh help`, also shown for an unknown command. */
export const help = (commands: Readonly<Record<string, Command>>): string =>
  [
    'dinhdanh COMMAND [--data DIR] [--json]',
    '',
    ...Object.values(commands).map(({ usage, does }) => `  ${usage.padEnd(72)} ${does}`),
  ].join('\n')
