export type Estimate = { readonly quota?: number; readonly usage?: number }

export const estimated = async (): Promise<Estimate> => (await navigator.storage?.estimate?.()) ?? {}

/** What a browser may use is more than what the disk has where that is nearly full: so half of it counts. */
export const freeIn = ({ quota, usage = 0 }: Estimate): number | undefined =>
  quota === undefined ? undefined : Math.max(0, (quota - usage) / 2)

/** Bytes that this page may still write; undefined where the browser does not say. */
export const freeNow = async (): Promise<number | undefined> => freeIn(await estimated())
