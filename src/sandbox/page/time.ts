export type Time = { pass: (ms: number) => Promise<void>; passing: () => boolean };

/** Lets time pass for people, Slack and the product alike; two wishes at once are granted one after the other. */
export function createTime(advance: (ms: number) => Promise<void>, changed: () => void): Time {
  let line: Promise<void> = Promise.resolve();
  let waiting = 0;

  return {
    passing: () => waiting > 0,
    pass(ms) {
      waiting += 1;
      changed();
      const mine = line.then(() => advance(ms));
      line = mine
        .catch(() => {})
        .then(() => {
          waiting -= 1;
          changed();
        });
      return mine;
    },
  };
}
