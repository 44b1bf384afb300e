/** Problem details of the API, as an error for people. */
export class ApiError extends Error {
    readonly status: number;

    constructor(status: number, message: string) {
        super(message);
        this.status = status;
    }
}

export function getJson<T>(url: string, signal?: AbortSignal): Promise<T> {
    return sendJson<T>('GET', url, undefined, signal);
}

export function postJson<T>(url: string, body: unknown, signal?: AbortSignal): Promise<T> {
    return sendJson<T>('POST', url, body, signal);
}

/** @throws ApiError with the server's own words. */
export async function sendJson<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const content = body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(url, { method, ...content, signal: signal ?? null });
    if (!response.ok) throw new ApiError(response.status, await problemText(response));
    return (response.status === 204 ? undefined : await response.json()) as T;
}

/** The first field error, else the problem's detail or title. */
export async function problemText(response: Response): Promise<string> {
    try {
        const problem = (await response.json()) as { title?: string; detail?: string; errors?: Record<string, string[]> };
        const first = Object.values(problem.errors ?? {})[0]?.[0];
        return first ?? problem.detail ?? problem.title ?? response.statusText;
    } catch {
        return response.statusText || `HTTP ${response.status}`;
    }
}
