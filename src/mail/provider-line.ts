import { type Calling, findUnreachable } from "./provider-call.ts";
import type { Line, Message, Outcome } from "./transport.ts";

/**
 * A line to a provider that is called by HTTP. Whether it is there is asked before the first
 * hand-over, and again after an answer was lost. A provider that is away, or fails in a way that any
 * other message would fail too, is not called again.
 */
export function openProviderLine(
	api: URL,
	calling: Calling,
	submitSome: (messages: readonly Message[]) => Promise<readonly Outcome[]>,
): Line {
	let isReached = false;
	let away: Outcome | undefined;

	const ready = async (): Promise<void> => {
		if (isReached || away) return;
		const detail = await findUnreachable(api, calling);
		if (detail === null) isReached = true;
		else away = { kind: "retry", detail, scope: "provider" };
	};

	return {
		ready,
		async submit(messages) {
			await ready();
			const whatIsWrong = away;
			if (whatIsWrong) return messages.map(() => whatIsWrong);
			const outcomes = await submitSome(messages);
			away = outcomes.find(isProvidersFault);
			if (outcomes.some(({ kind }) => kind === "unknown")) isReached = false;
			return outcomes;
		},
		close: async () => {},
	};
}

/** Whether nothing else would be accepted either. */
export function isProvidersFault(outcome: Outcome): boolean {
	return outcome.kind === "retry" && outcome.scope === "provider";
}
