/** A finding said in one sentence, before its level, side and assertion are known. */
export interface Mention {
  readonly finding: string;
  readonly subtype: string | undefined;
  /** Indexes of the marks it is made of: the change (or the whole phrase) and the place it is said of. */
  readonly head: number;
  readonly site: number;
  /** The words say that nothing is wrong ("foramina are patent"). */
  readonly normal: boolean;
  /** Said not to be of its place, where the change itself is there: "compressing the sac but not the roots". */
  readonly spared: boolean;
}

/** What one mark, or several, say without a place of their own. */
export function mentionAt(head: number, finding: string, subtype?: string): Mention {
  return { finding, subtype, head, site: head, normal: false, spared: false };
}

/** The first and the last mark of a mention. */
export function extent(mention: Mention): readonly [number, number] {
  return [Math.min(mention.head, mention.site), Math.max(mention.head, mention.site)];
}
