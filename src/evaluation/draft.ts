/**
 * A fact or a part of an answer on its way: optional members are set on it where they are known. One object, where
 * spreading a member that may be absent makes one for each.
 */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };
