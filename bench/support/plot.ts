// A plot of measurements over sizes, both axes logarithmic: where the points lie on a line with the slope of
// the dashed one, twice as many take twice as long.

export interface Point {
	readonly size: number;
	readonly seconds: number;
}

const [WIDTH, HEIGHT, MARGIN] = [640, 400, 64];

/** An SVG picture of points; the dashed line goes through the last one and is proportional to the size. */
export function plotGrowth(title: string, points: readonly Point[]): string {
	const sizes = decadesOf(points.map(({ size }) => size));
	const times = decadesOf(points.map(({ seconds }) => seconds));
	const x = (size: number) => place(size, sizes, MARGIN, WIDTH - MARGIN / 2);
	const y = (seconds: number) => place(seconds, times, HEIGHT - MARGIN, MARGIN);
	const last = points.at(-1) ?? { size: 1, seconds: 1 };
	const first = Math.max(sizes[0] ?? 1, ((times[0] ?? 1) / last.seconds) * last.size);
	const line = (x1: number, y1: number, x2: number, y2: number, style: string) =>
		`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${style}/>`;
	const text = (at: number, down: number, words: string, anchor = "middle") =>
		`<text x="${at}" y="${down}" text-anchor="${anchor}">${words}</text>`;
	const grid = 'stroke="#d0d7de"';
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13" role="img" aria-label="${title}">`,
		`<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
		text(WIDTH / 2, MARGIN / 2, title),
		...sizes.flatMap((size) => [
			line(x(size), MARGIN, x(size), HEIGHT - MARGIN, grid),
			text(x(size), HEIGHT - MARGIN + 20, size.toLocaleString("en")),
		]),
		...times.flatMap((seconds) => [
			line(MARGIN, y(seconds), WIDTH - MARGIN / 2, y(seconds), grid),
			text(MARGIN - 8, y(seconds) + 4, `${seconds} s`, "end"),
		]),
		line(
			x(first),
			y((last.seconds * first) / last.size),
			x(last.size),
			y(last.seconds),
			'stroke="#57606a" stroke-dasharray="6 4"',
		),
		...points.map(
			({ size, seconds }) =>
				`<circle cx="${x(size)}" cy="${y(seconds)}" r="5" fill="#0550ae"><title>${size.toLocaleString("en")}: ${seconds.toFixed(2)} s</title></circle>`,
		),
		text(WIDTH / 2, HEIGHT - 16, "subscribers"),
		"</svg>",
		"",
	].join("\n");
}

/** The powers of ten around some numbers. */
function decadesOf(numbers: readonly number[]): number[] {
	const from = Math.floor(Math.log10(Math.min(...numbers)));
	const to = Math.ceil(Math.log10(Math.max(...numbers)));
	return Array.from({ length: to - from + 1 }, (_, index) =>
		Number((10 ** (from + index)).toPrecision(1)),
	);
}

function place(value: number, decades: readonly number[], start: number, end: number): number {
	const [low, high] = [Math.log10(decades[0] ?? 1), Math.log10(decades.at(-1) ?? 10)];
	const share = (Math.log10(value) - low) / (high - low);
	return Number((start + share * (end - start)).toFixed(1));
}
