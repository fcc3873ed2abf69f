/** Milliseconds since 1970 UTC. The one place, with the cron controller, where time comes from. */
export type Clock = () => number;

/** Waits for so many milliseconds. */
export type Pause = (ms: number) => Promise<void>;

export const systemPause: Pause = (ms) => scheduler.wait(ms);

export const systemClock: Clock = () => Date.now();
