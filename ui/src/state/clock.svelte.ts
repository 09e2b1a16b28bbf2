/** The moment that relative times are read against. One timer for the whole window instead of one per word. */
class WallClock {
  now = $state(Date.now());

  constructor() {
    setInterval(() => (this.now = Date.now()), 20_000);
  }
}

export const clock = new WallClock();
