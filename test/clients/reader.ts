/** An item that a feed reader shows. */
export interface Shown {
	readonly id: string;
	readonly title: string;
	readonly url: string;
}

/** A feed reader that follows one feed, with all that it keeps in a folder of its own. */
export interface Reader {
	subscribe(home: string, address: string): Promise<void>;
	/** Asks the feed for what is new. */
	refresh(home: string): Promise<void>;
	/** Everything that it shows as new since it subscribed. */
	shown(home: string): Promise<Shown[]>;
}
