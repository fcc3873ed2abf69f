/** How long something takes, in seconds. */
export async function secondsOf(act: () => Promise<unknown>): Promise<number> {
	const before = performance.now();
	await act();
	return (performance.now() - before) / 1000;
}

/**
 * Measures several ways of doing the same in turn, so that whatever else the machine does falls on all
 * of them; each round begins with another way, so that none is always first.
 *
 * @param ways each gives one measurement; the names stand in the table.
 * @returns the measurements of each way, in the order of the rounds.
 */
export async function interleave<Name extends string>(
	ways: Readonly<Record<Name, () => Promise<number>>>,
	rounds: number,
): Promise<Record<Name, number[]>> {
	const names = Object.keys(ways) as Name[];
	const measured = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
		Name,
		number[]
	>;
	for (let round = 0; round < rounds; round += 1) {
		const first = round % names.length;
		for (const name of [...names.slice(first), ...names.slice(0, first)])
			measured[name].push(await ways[name]());
		showProgress(`round ${round + 1} of ${rounds}`);
	}
	endProgress();
	return measured;
}

/** The one in the middle; of an even number, the higher of the two. */
export function medianOf(numbers: readonly number[]): number {
	return (
		numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN
	);
}

/** What one way came to by what another did in the same round, of each round. */
export function ratiosOf(ours: readonly number[], baseline: readonly number[]): number[] {
	return ours.map((one, round) => one / (baseline[round] ?? Number.NaN));
}

/** A long measurement says how far it is, on a line of its own that it writes over. */
export function showProgress(words: string): void {
	if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${words}`);
}

export function endProgress(): void {
	if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
}
