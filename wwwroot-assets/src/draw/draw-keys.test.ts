import { expect, it, vi } from 'vitest';
import { handleDrawKey, type DrawActions } from './draw-keys';

const press = (key: string, modifiers: Partial<KeyboardEvent> = {}, typing = false) => {
    const actions = { undo: vi.fn(), redo: vi.fn(), clear: vi.fn(), thinner: vi.fn(), thicker: vi.fn(), toggleEraser: vi.fn(), chooseHead: vi.fn(), correct: vi.fn() } satisfies DrawActions;
    const event = { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, preventDefault: vi.fn(), target: { closest: () => (typing ? {} : null) }, ...modifiers };
    const handled = handleDrawKey(event as unknown as KeyboardEvent, actions);
    const called = Object.entries(actions).filter(([, action]) => action.mock.calls.length > 0).map(([name]) => name);
    return { handled, called, actions };
};

it.each([
    ['z', { ctrlKey: true }, 'undo'], ['Z', { metaKey: true, shiftKey: true }, 'redo'], ['y', { ctrlKey: true }, 'redo'],
    ['Delete', {}, 'clear'], ['[', {}, 'thinner'], [']', {}, 'thicker'], ['e', {}, 'toggleEraser'], ['3', {}, 'chooseHead'], ['n', {}, 'correct'],
])('%s with %o means %s', (key, modifiers, action) => {
    expect(press(key, modifiers)).toMatchObject({ handled: true, called: [action] });
});

it('counts heads from 1, and 0 is all of them', () => {
    expect(press('1').actions.chooseHead).toHaveBeenCalledWith(1);
    expect(press('0').actions.chooseHead).toHaveBeenCalledWith(0);
});

it('leaves other keys and typing alone', () => {
    expect(press('q').handled).toBe(false);
    expect(press('e', {}, true)).toMatchObject({ handled: false, called: [] });
    expect(press('e', { ctrlKey: true }).handled).toBe(false);
});
