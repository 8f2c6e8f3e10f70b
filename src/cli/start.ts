import { start } from '../main.ts'
import type { Config } from '../platform/settings/config.ts'
import { WrongUsage } from '../platform/terminal.ts'

const parseWholeNumber = (name: string, text: unknown): number | undefined => {
  if (text === undefined) return undefined
  if (typeof text !== 'string' || !/^\d+$/.test(text)) throw new WrongUsage(`--${name} takes a whole number`)
  return Number(text)
}

/** `start`: what the command line says wins over the environment and the file of settings. */
export async function startHouse({
  values,
  folder,
}: {
  values: Readonly<Record<string, string | boolean | undefined>>
  folder: string
}): Promise<void> {
  const [port, people] = [parseWholeNumber('port', values['port']), parseWholeNumber('people', values['people'])]
  const said: Partial<Config> = {
    ...(port !== undefined && { port }),
    ...(people !== undefined && { people }),
    ...(typeof values['host'] === 'string' && { host: values['host'] }),
    ...(typeof values['origin'] === 'string' && { origin: values['origin'].replace(/\/$/, '') }),
    ...(values['tls'] === true && { tls: true }),
    ...(values['no-demo'] === true && { demo: false }),
  }
  await start(folder, said)
  // Whatever sleeps still, since the database was away when it was told to end, wakes for nobody.
  process.exit(0)
}
