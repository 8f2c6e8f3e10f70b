// How schools write a value of a pupil: harmless variants of writing and damage are both made in written-*.ts.

/** What stands in a cell, and what a reader who makes no mistake takes from it. */
export type WrittenCell = { value: string | number; format?: string; reads: string }
