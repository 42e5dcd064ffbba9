/** Where sacroiliac pain is felt, as sites are written; a leg may be where it refers to. */
const INDEX =
  /\b(?:back|spine|spinal|buttocks?|glut\w+|sacr\w*|si|sij|lumb\w*|lbp|pelvi\w*|hips?|legs?|thighs?|lower extremit\w+|[ls][1-5])\b/i;
/** Parts of the body that have nothing to do with it. */
const OTHER =
  /\b(?:knees?|shoulders?|rotator cuff|elbows?|wrists?|hands?|fingers?|thumbs?|ankles?|foot|feet|toes?|plantar|achilles|neck|cervical|thoracic|jaw|tmj|heads?|vestibular|carpal|arms?|forearms?|c[1-8])\b/i;

/** Whether words name a part of the body, and none where sacroiliac pain is felt ("PT for the right knee"). */
export function isOfOtherRegion(words: string): boolean {
  return OTHER.test(words) && !INDEX.test(words);
}

/** Whether words are of a place where sacroiliac pain is felt. */
export function isOfIndexRegion(words: string): boolean {
  return INDEX.test(words);
}
