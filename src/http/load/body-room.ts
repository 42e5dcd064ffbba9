import { CdsError } from '../../errors.js';

/** What one request takes of the room. */
export interface BodyClaim {
  /**
   * Room for so many bytes in all; less than before changes nothing.
   *
   * @throws CdsError ERR_OVERLOADED when there is not so much left
   */
  grow(bytes: number): void;
  /** Gives it all back. */
  release(): void;
}

export interface BodyRoom {
  claim(): BodyClaim;
}

/**
 * Room for bodies that are being read and answered: a body becomes objects of several times its size, and a few hundred
 * large ones at once would be the end of the process. Who finds none is told to go on without advice.
 *
 * @param bytes of all bodies together; at least one of the largest allowed has to fit
 */
export function createBodyRoom(bytes: number): BodyRoom {
  let taken = 0;
  const claim = (): BodyClaim => {
    let own = 0;
    return {
      grow: (wanted) => {
        if (taken - own + Math.max(own, wanted) > bytes)
          throw new CdsError(
            'ERR_OVERLOADED',
            'more and larger calls than there is memory for; send it again',
          );
        taken += Math.max(0, wanted - own);
        own = Math.max(own, wanted);
      },
      release: () => {
        taken -= own;
        own = 0;
      },
    };
  };
  return { claim };
}

/** Takes no room; for whoever bounds bodies otherwise. */
export const NO_CLAIM: BodyClaim = { grow: () => undefined, release: () => undefined };
