/** What stands in a cell, and what a reader who makes no mistake takes from it. */
export type GivenCell = { value: string | number; format?: string; reads: string }
