/** How long something takes, in seconds. */
export async function secondsOf(act: () => Promise<unknown>): Promise<number> {
	const before = performance.now();
	await act();
	return (performance.now() - before) / 1000;
}

/** The one in the middle; of an even number, the higher of the two. */
export function medianOf(numbers: readonly number[]): number {
	return (
		numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN
	);
}

/** The lowest and the highest, in words. */
export function rangeOf(numbers: readonly number[]): string {
	return `${Math.min(...numbers).toFixed(3)} to ${Math.max(...numbers).toFixed(3)}`;
}
