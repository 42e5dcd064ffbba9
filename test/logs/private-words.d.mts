/** The lines of a text in which something private stands; when each line was written is left aside. */
export function privateLinesOf(text: string): readonly string[];
