/**
 * How far an answer can reach. While the index is being rebuilt or catches up, not everything can be found; an answer from
 * then stays incomplete until it has been asked for again.
 */
export interface Reach {
  /** Whether everything can be found now. */
  readonly whole: boolean;
  /** Counts the changes between *everything* and *not yet*: an answer of another turn reaches as far as that turn did. */
  readonly turn: number;
}
