import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Correcting, type Subject } from './correcting';

const subject = (x: number, readAs = 1): Subject => ({ drawing: { width: 280, height: 280, strokes: [[x, 60, 220, 60]] }, readAs, weights: 'single-digit' });

let asked: { method: string; url: string; body: unknown }[];
let answer: () => Response | Promise<Response>;
let changes: number;
let correcting: Correcting;

beforeEach(() => {
    [asked, changes] = [[], 0];
    answer = () => Response.json({ id: 'c1', label: 7 });
    vi.stubGlobal('fetch', (url: string, { method, body }: RequestInit) => {
        asked.push({ method: method!, url, body: body ? JSON.parse(body as string) : undefined });
        return Promise.resolve(answer());
    });
    correcting = new Correcting(() => changes++);
});
afterEach(() => vi.unstubAllGlobals());

it('keeps what was drawn with its label, what it was read as and by whom', async () => {
    correcting.show(subject(60));
    await correcting.choose(7);

    expect(asked).toEqual([{ method: 'POST', url: '/api/corrections', body: { ...subject(60), label: 7 } }]);
    expect(correcting.kept).toEqual({ id: 'c1', label: 7 });
    expect(changes).toBe(2);
});

it('says nothing while nothing is shown', async () => {
    await correcting.choose(7);
    await correcting.takeBack();

    expect(asked).toEqual([]);
});

it('gives the same digit another label, and not the same one twice', async () => {
    correcting.show(subject(60));
    await correcting.choose(7);
    await correcting.choose(7);
    answer = () => Response.json({ id: 'c1', label: 2 });
    await correcting.choose(2);

    expect(asked.slice(1)).toEqual([{ method: 'PATCH', url: '/api/corrections/c1', body: { label: 2 } }]);
    expect(correcting.kept?.label).toBe(2);
});

it('takes a correction back', async () => {
    correcting.show(subject(60));
    await correcting.choose(7);
    answer = () => new Response(null, { status: 204 });
    await correcting.takeBack();

    expect(asked[1]).toEqual({ method: 'DELETE', url: '/api/corrections/c1', body: undefined });
    expect(correcting.kept).toBeNull();
});

it('knows each digit for itself, whoever reads it', async () => {
    correcting.show(subject(60));
    await correcting.choose(7);

    correcting.show(subject(80));
    expect(correcting.kept).toBeNull();
    correcting.show(subject(60, 4));
    expect(correcting.kept?.label).toBe(7);
});

it('remembers an answer that comes when another digit is shown', async () => {
    let land = (_: Response) => {};
    answer = () => new Promise(resolve => (land = resolve));
    correcting.show(subject(60));
    const choosing = correcting.choose(7);
    await correcting.choose(7);
    correcting.show(subject(80));
    land(Response.json({ id: 'c1', label: 7 }));
    await choosing;

    expect(asked).toHaveLength(1);
    expect(correcting.kept).toBeNull();
    correcting.show(subject(60));
    expect(correcting.kept?.id).toBe('c1');
});

it('says why it could not be kept, until another digit is shown', async () => {
    answer = () => Response.json({ errors: { corrections: ['The lab keeps 2,000 corrections.'] } }, { status: 409 });
    correcting.show(subject(60));
    await correcting.choose(7);

    expect(correcting.problem).toBe('The lab keeps 2,000 corrections.');
    expect(correcting.kept).toBeNull();
    correcting.show(subject(80));
    expect(correcting.problem).toBe('');
});

it('forgets a correction that was deleted elsewhere', async () => {
    correcting.show(subject(60));
    await correcting.choose(7);
    answer = () => Response.json({ errors: { id: ["No correction is called 'c1'."] } }, { status: 404 });
    await correcting.choose(2);

    expect(correcting.kept).toBeNull();
    expect(correcting.problem).toContain('c1');
});
