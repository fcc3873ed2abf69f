/** A whole number from 0 to below `bound`. */
export type Random = (bound: number) => number;

/** Numbers that look random and are the same for the same seed: a 32-bit xorshift of Marsaglia's. */
export function createRandom(seed: number): Random {
	// Spread, so that seeds side by side do not begin alike; zero would stay zero.
	let state = Math.imul(seed, 0x9e3779b1) >>> 0 || 1;
	const next = () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		state >>>= 0;
		return state / 2 ** 32;
	};
	return (bound) => Math.floor(next() * bound);
}
