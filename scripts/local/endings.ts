/**
 * Ends this process, and with it what it has started, when it is asked to: by Ctrl-C, by a signal,
 * or because npm is gone, which passes no signal on.
 */
export function endWhenAsked(): void {
	process.once("SIGINT", () => process.exit(130));
	process.once("SIGTERM", () => process.exit(143));
	const parent = process.ppid;
	setInterval(() => process.ppid === parent || process.exit(143), 500).unref();
}
