import { Layout } from "./layout.tsx";
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
		<Layout publication={publication} title={title}>
			<div class="frame message">
				<h1>{title}</h1>
				<p class="lead">{detail}</p>
				<p>
					<a href="/">Go to the newest releases</a>
				</p>
				<p class="fine">Error {status}</p>
			</div>
		</Layout>
	);
}
