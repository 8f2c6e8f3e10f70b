import type { Command } from './options.ts'

/** What `dinhdanh help` says, and whoever names no command that there is. */
export const help = (commands: Readonly<Record<string, Command>>): string =>
  [
    'dinhdanh COMMAND [--data DIR] [--json]',
    '',
    ...Object.values(commands).map(({ usage, does }) => `  ${usage.padEnd(72)} ${does}`),
  ].join('\n')
