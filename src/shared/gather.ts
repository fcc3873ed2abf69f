interface Asked<Question, Answer> {
	readonly question: Question;
	readonly resolve: (answer: Answer) => void;
	readonly reject: (fault: unknown) => void;
}

/**
 * Asks for several at a time: what is asked for in one turn, or while an earlier request is under way,
 * goes into one request together. Where that fails, each is asked for by itself, so that none fails for
 * another's fault.
 *
 * @param askAll answers some questions, in their order.
 * @param turn waits until whoever is to ask in this turn has asked.
 */
export function gather<Question, Answer>(
	askAll: (questions: readonly Question[]) => Promise<readonly Answer[]>,
	turn: () => Promise<void>,
): (question: Question) => Promise<Answer> {
	let waiting: Asked<Question, Answer>[] = [];
	let isAsking = false;

	const ask = async (asked: readonly Asked<Question, Answer>[]): Promise<void> => {
		try {
			const answers = await askAll(asked.map(({ question }) => question));
			for (const [index, { resolve }] of asked.entries()) resolve(answers[index] as Answer);
		} catch (fault) {
			if (asked.length === 1) asked[0]?.reject(fault);
			else for (const one of asked) await ask([one]);
		}
	};

	const askWaiting = async (): Promise<void> => {
		isAsking = true;
		while (waiting.length > 0) {
			await turn();
			const asked = waiting;
			waiting = [];
			await ask(asked);
		}
		isAsking = false;
	};

	return (question) =>
		new Promise((resolve, reject) => {
			waiting.push({ question, resolve, reject });
			if (!isAsking) askWaiting();
		});
}
