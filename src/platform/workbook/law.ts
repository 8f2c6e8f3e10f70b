/** How long an exported list may be. A plain number: no row of law.csv changes it. */

/** A workbook of more rows is no longer read by anyone, and takes long to make. */
export const mostExportedRows = 100_000
