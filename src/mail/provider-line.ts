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
	let reaching: Promise<void> | undefined;
	let away: Outcome | undefined;

	const reach = async (): Promise<void> => {
		const detail = await findUnreachable(api, calling);
		if (detail !== null) away = { kind: "retry", detail, scope: "provider" };
	};
	const ready = async (): Promise<void> => {
		if (away) return;
		reaching ??= reach();
		await reaching;
	};

	return {
		ready,
		async submit(messages) {
			await ready();
			const whatIsWrong = away;
			if (whatIsWrong) return messages.map(() => whatIsWrong);
			const outcomes = await submitSome(messages);
			// Of several at a time one may be taken after another found the provider away.
			away ??= outcomes.find(isProvidersFault);
			if (outcomes.some(({ kind }) => kind === "unknown")) reaching = undefined;
			return outcomes;
		},
		close: async () => {},
	};
}

/** Whether nothing else would be accepted either. */
export function isProvidersFault(outcome: Outcome): boolean {
	return outcome.kind === "retry" && outcome.scope === "provider";
}
