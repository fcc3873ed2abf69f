/** The middle of some numbers. */
export function median(values: readonly number[]): number {
	const sorted = values.toSorted((one, other) => one - other);
	const middle = Math.floor(sorted.length / 2);
	const [below = Number.NaN, above = Number.NaN] = [sorted[middle - 1], sorted[middle]];
	return sorted.length % 2 === 1 ? above : (below + above) / 2;
}

/**
 * The Mann-Whitney U test, two-sided, by its normal approximation with the correction for ties: how
 * likely two samples differ at least so much where both are drawn from one distribution.
 *
 * @param first and `second`: 20 numbers or more each.
 */
export function mannWhitney(first: readonly number[], second: readonly number[]): number {
	const all = [...first, ...second].toSorted((one, other) => one - other);
	const [n, m, size] = [first.length, second.length, all.length];
	const { rankOf, tied } = rank(all);
	const rankSum = first.reduce((sum, value) => sum + (rankOf.get(value) ?? 0), 0);
	const u = rankSum - (n * (n + 1)) / 2;
	const variance = ((n * m) / 12) * (size + 1 - tied / (size * (size - 1)));
	if (variance === 0) return 1;
	// The 0.5 makes up for U being a whole number.
	const z = Math.max(Math.abs(u - (n * m) / 2) - 0.5, 0) / Math.sqrt(variance);
	return 2 * upperTail(z);
}

/** The mean rank of each value of a sorted list, and the sum of t³ − t over its ties. */
function rank(sorted: readonly number[]): { rankOf: Map<number, number>; tied: number } {
	const rankOf = new Map<number, number>();
	let tied = 0;
	for (let from = 0; from < sorted.length; ) {
		const value = sorted[from] as number;
		let to = from;
		while (sorted[to] === value) to += 1;
		rankOf.set(value, (from + 1 + to) / 2);
		tied += (to - from) ** 3 - (to - from);
		from = to;
	}
	return { rankOf, tied };
}

/** How likely a standard normal number is above z ≥ 0 (Abramowitz and Stegun, 26.2.17). */
function upperTail(z: number): number {
	const t = 1 / (1 + 0.2316419 * z);
	const series = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
	const sum = series.reduceRight((rest, factor) => t * (factor + rest), 0);
	return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}
