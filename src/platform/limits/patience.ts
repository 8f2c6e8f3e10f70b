/** How many attempts cost nothing, the first wait after them, which doubles each time, and the longest; in seconds. */
export type Patience = { readonly free: number; readonly first: number; readonly longest: number }
