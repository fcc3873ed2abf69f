import { fromMarkdown } from "mdast-util-from-markdown";
import { toString as wordsOf } from "mdast-util-to-string";

type Node = ReturnType<typeof fromMarkdown>["children"][number];

/** The words of a CommonMark text without its markup: each block of it a paragraph. */
export function markdownWords(source: string): string {
	return fromMarkdown(source)
		.children.flatMap(blocksOf)
		.map((block) => wordsOf(block))
		.filter((words) => words.trim() !== "")
		.join("\n\n");
}

/** The blocks that hold words themselves, in their order: lists and quotations hold blocks. */
function blocksOf(node: Node): Node[] {
	const holdsBlocks =
		node.type === "list" || node.type === "listItem" || node.type === "blockquote";
	return holdsBlocks ? node.children.flatMap(blocksOf) : [node];
}
