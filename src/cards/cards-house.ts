/** What the doors of cards need of the house: papers of a demonstration are marked. */
export type CardsHouse = { readonly isDemonstration: () => boolean }
