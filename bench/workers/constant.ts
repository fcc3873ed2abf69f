// The least that answers with as many bytes as the feed has.
let text = "";

export default {
	fetch(_, { CONSTANT_BYTES }) {
		text ||= "x".repeat(Number(CONSTANT_BYTES));
		return new Response(text, {
			headers: { "Content-Type": "application/rss+xml; charset=utf-8" },
		});
	},
} satisfies ExportedHandler<{ CONSTANT_BYTES: string }>;
