namespace VitLab.Data;

/// <summary>
/// How people write the ten digits: several allographs each. A skeleton is points "x,y" in a box of 100 × 100, y downward, joined by a
/// smooth curve; "!" after a point makes it a corner, "/" lifts the pen.
/// </summary>
internal static class PenGlyphs
{
    private static readonly PenGlyph[][] s_glyphs =
    [
        [   // 0: closed, with overlap, with gap, started at the side, slashed
            new(4, "50,2 22,14 8,50 22,88 50,98 78,88 92,50 78,14 52,2"),
            new(3, "70,8 45,2 18,20 8,55 22,90 52,98 82,84 92,48 80,16 58,4 38,8"),
            new(2, "36,10 20,24 8,56 24,90 54,98 84,80 90,44 74,12 48,4 30,16"),
            new(1, "56,0 26,12 8,48 20,86 48,98 78,86 92,54 84,22 66,8"),
            new(0.1f, "50,2 22,14 8,50 22,88 50,98 78,88 92,50 78,14 52,2 / 86,6 14,94"),
        ],
        [   // 1: plain, with flag, with flag and base
            new(9, "50,0 50,50 50,100"),
            new(0.7f, "26,24 52,2! 50,50 50,100"),
            new(0.5f, "28,22 52,2! 52,98 / 22,98 80,98"),
            new(0.2f, "50,2 50,98 / 22,98 78,98"),
        ],
        [   // 2: sharp corner, loop at the foot, flat, round foot
            new(3, "10,26 24,6 52,0 80,12 84,34 62,62 34,84 8,97! 40,96 70,96 96,96"),
            new(3, "12,24 30,4 58,2 78,20 72,48 48,74 22,94 8,90 12,76 30,78 56,92 78,97 98,90"),
            new(1.5f, "14,20 40,4 74,8 76,30 48,60 12,92! 50,94 94,90"),
            new(1, "14,30 20,10 48,0 76,14 74,40 50,68 16,90 20,96 52,90 92,98"),
        ],
        [   // 3: corner in the middle, smooth, flat top, small loop
            new(3, "12,14 34,2 66,4 80,22 66,42 40,48! 70,54 88,74 72,94 40,99 8,88"),
            new(3, "14,12 40,0 74,10 74,34 46,48 36,46 60,50 86,66 80,90 46,100 10,90"),
            new(0.6f, "14,4 50,3 84,3! 62,24 44,42! 74,50 88,72 70,96 34,98 8,86"),
            new(1, "12,16 40,2 74,14 66,40 42,52 36,46 48,44 76,56 84,80 56,98 14,92"),
        ],
        [   // 4: open, closed, in one stroke, round
            new(4, "20,2 14,30 12,56! 44,58 88,52 / 78,0 74,40 68,100"),
            new(1, "62,0! 36,34 6,68! 50,67 98,64 / 62,0 62,50 60,100"),
            new(1, "70,100 72,50 74,2! 40,36 6,66! 50,68 96,64"),
            new(2, "16,8 12,40 24,54 56,52 78,40 84,4! 80,50 74,100"),
        ],
        [   // 5: hat drawn last, one stroke, smooth
            new(3, "22,4 18,44! 44,36 78,46 86,70 66,94 34,99 8,88 / 22,4 56,4 94,2"),
            new(2, "92,2 58,4 26,6! 18,44! 46,36 80,48 84,74 62,96 30,99 6,88"),
            new(2, "88,4 52,4 28,16 24,38 50,46 78,58 80,82 52,99 12,94"),
        ],
        [   // 6: curved, straight, wide loop
            new(3, "74,2 44,16 20,48 14,76 30,98 62,98 82,80 74,60 48,56 22,74"),
            new(3, "62,0 36,30 18,64 24,92 52,100 80,86 78,64 50,58 22,76"),
            new(2, "84,4 50,10 18,42 10,74 32,98 70,94 88,70 70,48 38,56 18,78"),
        ],
        [   // 7: plain, with serif, with bar, round, hooked
            new(4, "8,8 50,6 90,4! 70,40 48,100"),
            new(1, "12,24 10,6! 50,6 90,4! 66,46 50,100"),
            new(1, "8,8 50,6 90,4! 70,40 48,100 / 34,50 84,46"),
            new(2, "6,14 30,4 70,2 90,10 76,40 54,70 44,100"),
            new(1, "4,22 14,6 44,10 88,2! 62,50 52,100"),
        ],
        [   // 8: as an S that returns, from the middle, two rings, open at the top
            new(3, "80,12 50,0 20,16 30,40 66,58 84,80 54,100 18,84 30,60 66,42 84,18 76,6"),
            new(2, "50,46 20,28 28,6 56,0 78,16 68,38 50,46 22,64 14,86 46,100 80,88 82,66 50,46"),
            new(1, "50,2 24,12 26,38 50,48 76,36 74,10 50,2 / 50,48 18,62 18,90 50,100 82,90 82,62 50,48"),
            new(2, "84,8 56,2 26,12 28,36 60,54 84,78 60,100 22,90 22,66 54,48 92,20"),
        ],
        [   // 9: straight tail, curved tail, without corner
            new(4, "78,14 50,2 18,16 14,40 40,54 70,40 80,12! 78,50 72,100"),
            new(1.5f, "80,16 52,2 20,16 18,42 46,54 76,36 82,16! 84,60 68,92 40,100 14,90"),
            new(2, "76,20 50,4 18,20 20,46 50,52 74,32 78,10 76,40 66,100"),
        ],
    ];

    /// <summary>The allographs of a digit.</summary>
    public static ReadOnlySpan<PenGlyph> Of(int digit) => s_glyphs[digit];

    /// <summary>One of a digit's allographs, by its frequency.</summary>
    /// <param name="share">Uniform in 0…1.</param>
    public static PenGlyph Choose(int digit, float share)
    {
        var glyphs = s_glyphs[digit];
        var at = share * glyphs.Sum(glyph => glyph.Weight);
        foreach (var glyph in glyphs)
        {
            if ((at -= glyph.Weight) < 0)
            {
                return glyph;
            }
        }

        return glyphs[^1];
    }
}
