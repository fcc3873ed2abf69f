import "vitest";
import type { D1Migration } from "@cloudflare/vitest-plugin";
import type { Bindings } from "../../src/rooms.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** Port of the SMTP server that misbehaves on request. */
		rudeSmtpPort: number;
		/** Port of the WebSub hub that behaves as its path says. */
		hubPort: number;
		/** Port of the mail providers that behave as their path says. */
		providerPort: number;
		/** Port of a TLS server whose certificate nobody has signed. */
		selfSignedPort: number;
	}
}

declare global {
	namespace Cloudflare {
		interface Env extends Bindings {
			readonly MIGRATIONS: D1Migration[];
		}
		interface GlobalProps {
			mainModule: typeof import("../../src/worker.ts");
		}
	}
}
