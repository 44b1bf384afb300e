using System.Numerics;
using VitLab.Vision;

namespace VitLab.Data;

/// <summary>
/// Fixed shuffles of 0 … count - 1 that are computed rather than stored: a Feistel network over the next power of four, walked until it
/// lands inside (Black, Rogaway: Ciphers with arbitrary finite domains, 2002).
/// </summary>
internal static class Permutation
{
    private const ulong Rounds = 6;

    /// <summary>Where the shuffle <paramref name="seed"/> sends <paramref name="index"/>; every index is sent somewhere else.</summary>
    public static int Of(int index, int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        var halfBits = (BitOperations.Log2((uint)Math.Max(count - 1, 1)) / 2) + 1;
        var at = (uint)index;
        do
        {
            at = Shuffle(at, halfBits, seed);
        }
        while (at >= (uint)count);

        return (int)at;
    }

    private static uint Shuffle(uint at, int halfBits, ulong seed)
    {
        var mask = (1u << halfBits) - 1;
        var (left, right) = (at >> halfBits, at & mask);
        for (var round = 0UL; round < Rounds; round++)
        {
            (left, right) = (right, left ^ ((uint)SeededRandom.Mix(seed + round, right) & mask));
        }

        return (left << halfBits) | right;
    }
}
