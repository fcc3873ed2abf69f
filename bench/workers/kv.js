// A KV namespace in memory: what workerd asks of one to read and to list; it counts what it is asked.
import documents from "documents.json";

const encoder = new TextEncoder();
const kept = new Map(
	documents.map(({ name, value, metadata }) => [
		name,
		{
			bytes: encoder.encode(value),
			headers: metadata === undefined ? {} : { "CF-KV-Metadata": metadata },
		},
	]),
);

let operations = 0;

export default {
	fetch({ url }) {
		const { pathname, searchParams } = new URL(url);
		if (pathname === "/operations") return new Response(String(operations));
		operations += 1;
		if (pathname === "/") return list(searchParams.get("prefix") ?? "");
		const found = kept.get(decodeURIComponent(pathname.slice(1)));
		if (!found) return new Response("Not Found", { status: 404 });
		return new Response(found.bytes, { headers: found.headers });
	},
};

function list(prefix) {
	const names = [...kept.keys()].filter((name) => name.startsWith(prefix));
	return Response.json({
		keys: names.map((name) => ({ name })),
		list_complete: true,
		cacheStatus: null,
	});
}
