import { expect, it, vi } from 'vitest';
import { handleStrokeKey, type StrokeActions } from './stroke-keys';

const press = (key: string, modifiers: Partial<KeyboardEvent> = {}, typing = false) => {
    const actions = { undo: vi.fn(), redo: vi.fn(), clear: vi.fn(), thinner: vi.fn(), thicker: vi.fn(), toggleEraser: vi.fn() } satisfies StrokeActions;
    const [number, all] = [vi.fn(), vi.fn()];
    const event = { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, preventDefault: vi.fn(), target: { closest: () => (typing ? {} : null) }, ...modifiers };
    const handled = handleStrokeKey(event as unknown as KeyboardEvent, actions, ({ key, shiftKey }) => (/^[0-9]$/.test(key) ? () => number(Number(key)) : shiftKey && key === 'Delete' ? all : undefined));
    const called = Object.entries({ ...actions, number, all }).filter(([, action]) => action.mock.calls.length > 0).map(([name]) => name);
    return { handled, called, number };
};

it.each([
    ['z', { ctrlKey: true }, 'undo'], ['Z', { metaKey: true, shiftKey: true }, 'redo'], ['y', { ctrlKey: true }, 'redo'],
    ['Delete', {}, 'clear'], ['[', {}, 'thinner'], [']', {}, 'thicker'], ['e', {}, 'toggleEraser'],
])('%s with %o means %s', (key, modifiers, action) => {
    expect(press(key, modifiers)).toMatchObject({ handled: true, called: [action] });
});

it('asks the page first', () => {
    expect(press('3').number).toHaveBeenCalledWith(3);
    expect(press('Delete', { shiftKey: true }).called).toEqual(['all']);
});

it('leaves other keys and typing alone', () => {
    expect(press('q').handled).toBe(false);
    expect(press('e', {}, true)).toMatchObject({ handled: false, called: [] });
    expect(press('e', { ctrlKey: true }).handled).toBe(false);
    expect(press('3', { ctrlKey: true }).handled).toBe(false);
});
