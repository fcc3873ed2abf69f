/** Milliseconds since 1970 UTC. The one place, with the cron controller, where time comes from. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
