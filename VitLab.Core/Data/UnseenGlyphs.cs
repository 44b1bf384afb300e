namespace VitLab.Data;

/// <summary>
/// Other ways people write the ten digits, held out: none of them is among <see cref="PenGlyphs"/>, and no training sees them.
/// Written down as there.
/// </summary>
internal static class UnseenGlyphs
{
    public static readonly PenGlyph[][] All =
    [
        [   // 0: two half arcs, begun at the foot, curled in at the top, with a flourish
            new(1, "54,0 24,10 8,46 20,86 46,100 / 52,2 82,16 92,54 78,88 44,99"),
            new(1, "36,98 10,66 14,24 48,0 84,22 92,62 68,96 44,96 28,84"),
            new(0.7f, "72,6 40,0 14,22 6,58 24,94 56,100 86,78 92,40 76,10 56,8 50,20 58,26"),
            new(1, "86,0 56,2 18,18 6,56 24,92 56,100 86,76 88,40 70,14 46,6"),
        ],
        [   // 1: with a curved foot, with a bent flag, with a flag set on afterwards, with a bent flag and a waved base
            new(1, "50,0 49,80 58,97 80,97"),
            new(1, "18,38 38,25 52,0! 50,100"),
            new(1, "50,2 50,100 / 50,4 14,36"),
            new(0.7f, "12,30 34,22 52,0! 52,98 / 4,98 40,95 96,99"),
        ],
        [   // 2: with two corners, the base drawn last, on a waved base
            new(0.7f, "8,8 88,4! 8,96! 94,94"),
            new(1, "12,22 40,0 80,12 74,44 40,74 12,96 / 4,97 96,97"),
            new(1, "16,30 22,6 54,0 80,18 70,52 34,82 8,96 40,86 66,98 98,86"),
        ],
        [   // 3: two arcs, a small head on a large belly with a curl at the foot, the waist drawn out to the left, angular
            new(1, "10,14 44,0 78,14 68,40 32,48 / 34,48 76,54 88,78 60,99 8,90"),
            new(1, "20,16 42,2 64,14 56,32 38,38! 74,42 92,66 74,94 40,100 10,90 16,74 34,78"),
            new(1, "10,10 46,0 80,16 60,42 12,50! 66,52 88,76 58,98 10,94"),
            new(0.5f, "10,6 76,2! 70,46! 34,48! 76,50! 78,94! 8,98"),
        ],
        [   // 4: a loop for the corner, a low L that the stem crosses, a triangle whose stem begins beside it
            new(1, "62,0 34,32 6,64 12,76 30,66 100,58 / 70,28 62,100"),
            new(1, "22,0 14,68! 98,64 / 70,20 66,100"),
            new(1, "58,0 4,68! 100,66 / 72,36 70,100"),
        ],
        [   // 5: square, with an overhanging roof, curled in at the foot, short neck on a large bowl
            new(0.5f, "90,2 18,2! 14,44! 78,44! 82,96! 6,98"),
            new(1, "20,4 16,44! 50,36 84,52 82,84 46,100 6,92 / 8,5 96,0"),
            new(1, "84,2 30,4! 22,42! 54,36 82,56 74,90 38,100 14,86 26,74"),
            new(1, "80,0 34,2! 26,28! 62,24 92,52 80,90 40,100 6,86"),
        ],
        [   // 6: upright like a b, hooked at the top, the loop drawn last
            new(1, "16,0 10,50 14,90 48,100 82,82 74,58 42,52 12,74"),
            new(1, "86,16 62,0 30,14 10,52 14,86 44,100 78,86 80,62 50,52 14,70"),
            new(1, "64,0 26,30 10,70 30,98 / 14,80 46,56 84,66 82,88 54,100 28,96"),
        ],
        [   // 7: a waved top, a stem that bows to the upright, a long slanted stem
            new(1, "6,15 28,4 56,11 90,3! 60,48 46,100"),
            new(1, "8,6 92,4! 62,30 52,60 52,100"),
            new(1, "6,8 98,2! 52,46 22,100"),
        ],
        [   // 8: a small head on a large ring, crossed loops, an S with a line up
            new(1, "50,2 30,8 30,30 52,40 72,28 70,8 48,2 / 50,40 16,56 12,88 50,100 88,88 84,56 48,40"),
            new(1, "12,10 50,0 88,10 50,50 12,90 50,100 88,90 50,50 12,10"),
            new(0.7f, "82,10 48,0 20,20 48,46 80,72 52,100 14,88 / 84,8 50,48 14,90"),
        ],
        [   // 9: a ring with a stem beside it, a 6 turned about, angular
            new(1, "76,10 46,0 16,18 18,44 50,52 76,36 78,12 / 82,12 80,100"),
            new(1, "76,34 52,52 22,42 18,14 50,0 80,14 88,48 70,84 26,100"),
            new(0.5f, "80,6! 22,4! 18,46! 78,44! 82,4! 78,98"),
        ],
    ];
}
