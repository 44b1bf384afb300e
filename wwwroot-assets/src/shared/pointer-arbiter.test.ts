import { expect, it } from 'vitest';
import { PointerArbiter } from './pointer-arbiter';

const pointer = (pointerId: number, pointerType: string, timeStamp = 0, button = 0) => ({ pointerId, pointerType, timeStamp, button });

it('lets one pointer draw at a time', () => {
    const arbiter = new PointerArbiter();
    expect(arbiter.down(pointer(1, 'touch'))).toBe('begin');
    expect(arbiter.down(pointer(2, 'touch'))).toBe('ignore');
    expect(arbiter.owns(pointer(1, 'touch'))).toBe(true);
    expect(arbiter.owns(pointer(2, 'touch'))).toBe(false);
    arbiter.release();
    expect(arbiter.down(pointer(2, 'touch'))).toBe('begin');
});

it('ignores every button of the mouse but the main one', () => {
    expect(new PointerArbiter().down(pointer(1, 'mouse', 0, 2))).toBe('ignore');
});

it('lets a pen take over from a finger', () => {
    const arbiter = new PointerArbiter();
    arbiter.down(pointer(1, 'touch'));
    expect(arbiter.down(pointer(2, 'pen', 10))).toBe('takeover');
    expect(arbiter.owns(pointer(1, 'touch', 20))).toBe(false);
    expect(arbiter.owns(pointer(2, 'pen', 20))).toBe(true);
});

it('takes a touch soon after the pen for a palm', () => {
    const arbiter = new PointerArbiter();
    arbiter.down(pointer(1, 'pen', 0));
    arbiter.release();
    expect(arbiter.down(pointer(2, 'touch', 300))).toBe('ignore');
    expect(arbiter.down(pointer(2, 'touch', 2000))).toBe('begin');
});
