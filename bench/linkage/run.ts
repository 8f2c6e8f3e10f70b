export type LinkFiles = { readonly people: string; readonly rows: string; readonly links: string }

/**
 * `load` until both sides are in memory, `learn` what is learnt from them, `link` from there to the best partner of
 * each row; `linkCpu` of all threads.
 */
export type EngineRun = {
  readonly pairs: number
  readonly seconds: { readonly load: number; readonly learn: number; readonly link: number }
  readonly linkCpu: number
}

export function cpuSecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
