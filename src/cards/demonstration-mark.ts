/** Whether the papers and drawings of cards bear the mark of a demonstration: routes of cards ask the installation. */
export type DemonstrationMark = { readonly isDemonstration: () => boolean }
