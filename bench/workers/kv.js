// A KV namespace in memory: what workerd asks of one to read and to list; it counts what it is asked. It
// does no more than it must: it stands for what costs a Worker on the platform no processor time.
import documents from "documents.json";

const encoder = new TextEncoder();
const kept = new Map(
	documents.map(({ name, value, metadata }) => [
		encodeURIComponent(name),
		{
			bytes: encoder.encode(value),
			init: { headers: new Headers(metadata === undefined ? {} : { "CF-KV-Metadata": metadata }) },
		},
	]),
);
let operations = 0;

export default {
	fetch({ url }) {
		operations += 1;
		const from = url.indexOf("/", url.indexOf("//") + 2) + 1;
		const to = url.indexOf("?", from);
		const found = kept.get(to < 0 ? url.slice(from) : url.slice(from, to));
		return found ? new Response(found.bytes, found.init) : answerSlowly(new URL(url));
	},
};

function answerSlowly({ pathname, searchParams }) {
	if (pathname === "/") return list(searchParams.get("prefix") ?? "");
	if (pathname !== "/operations") return new Response("Not Found", { status: 404 });
	operations -= 1;
	return new Response(String(operations));
}

function list(prefix) {
	const names = [...kept.keys()].map(decodeURIComponent).filter((name) => name.startsWith(prefix));
	return Response.json({
		keys: names.map((name) => ({ name })),
		list_complete: true,
		cacheStatus: null,
	});
}
