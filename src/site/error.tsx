import { Message } from "./message.tsx";
import type { Publication } from "./publication.ts";

interface ErrorPageProps {
	readonly publication: Publication;
	readonly status: number;
	/** What went wrong, in a few words. */
	readonly title: string;
	/** What it means for the reader, as a sentence. */
	readonly detail: string;
}

/** The page for a request that could not be answered. */
export function ErrorPage({ publication, status, title, detail }: ErrorPageProps) {
	return (
		<Message publication={publication} title={title}>
			<p class="lead">{detail}</p>
			<p>
				<a href="/">Go to the newest releases</a>
			</p>
			<p class="fine">Error {status}</p>
		</Message>
	);
}
